// Owns what is written in French when a service fails, by employees at work, and by partners.

extension French {
  static func failure(of service: Service) -> [String] {
    switch service {
    case .lift:
      [
        "Ascenseur en panne depuis ce matin, ma mère ne peut pas descendre.",
        "Toujours pas d'ascenseur. Cinquième étage, deux valises, merci bien.",
        "Nous sommes restés coincés dans l'ascenseur, c'était très angoissant.",
      ]
    case .heating:
      [
        "Pas de chauffage, 15 degrés dans la chambre avec un bébé.",
        "Chauffage en panne et pas une couverture de plus.", "Nuit glaciale, personne ne répond au 9.",
      ]
    case .water:
      [
        "Plus d'eau chaude ce matin, douche froide avant un rendez-vous.",
        "Une fuite d'eau au-dessus du lit, nos affaires sont trempées !",
        "L'eau coule dans le couloir, c'est dangereux, ça glisse.",
      ]
    case .wifi:
      [
        "Plus de wifi du tout, je dois rendre un travail ce soir.",
        "Wifi coupé à tout l'étage, aucune information.",
        "Réseau en panne, impossible de télétravailler.",
      ]
    case .payment:
      [
        "Le terminal de paiement est en panne, on me demande du liquide !",
        "Carte débitée deux fois à cause du terminal, je veux un remboursement.",
        "Quarante minutes pour payer, le terminal refuse toutes les cartes.",
      ]
    case .access:
      [
        "La carte n'ouvre plus la porte, une heure dans le couloir.",
        "Badges refusés à l'entrée, la moitié de l'équipe est dehors sous la pluie.",
      ]
    }
  }

  static func work(_ touchpoint: Touchpoint, _ tone: Tone) -> [String] {
    switch (touchpoint, tone) {
    case (.wifi, .bad):
      ["Réseau coupé deux fois pendant l'appel client.", "Le wifi de l'aile est ne tient pas une réunion."]
    case (.meetingRoom, .bad):
      [
        "Salles réservées et jamais libérées, on se réunit dans l'escalier.",
        "Encore un écran débranché, vingt minutes perdues à huit.",
      ]
    case (.lift, .bad):
      [
        "L'ascenseur de service est en panne, on monte le linge à pied.",
        "Ascenseur bloqué : un collègue en fauteuil attend en bas.",
      ]
    case (.housekeeping, .bad):
      [
        "Plus de draps depuis hier, on ne peut pas finir les chambres.",
        "Trop de chambres par personne, mon dos ne suit plus.",
      ]
    case (.checkIn, .bad):
      [
        "Seule à la réception à 18 h, deux cars, je n'y arrive plus.",
        "Le logiciel de réception se fige à chaque arrivée.",
      ]
    case (_, .bad):
      ["On signale toujours la même chose et rien ne change.", "Personne ne nous a répondu depuis lundi."]
    case (_, .mixed): ["Ça va, mais le matériel fatigue.", "Bonne équipe, trop peu de monde le soir."]
    case (_, .good):
      ["Bonne semaine, le chef nous écoute.", "Merci pour le nouveau matériel, ça change tout."]
    }
  }

  static func partner(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Nos factures restent impayées depuis soixante jours, et personne ne répond.",
        "Notre technicien a attendu une heure qu'on lui ouvre.",
      ]
    case .mixed:
      ["Commande reçue, bon de livraison incomplet.", "Bon contact, accès compliqué pour les livraisons."]
    case .good: ["Règlement reçu à l'heure, merci.", "Équipe très réactive sur place."]
    }
  }
}
