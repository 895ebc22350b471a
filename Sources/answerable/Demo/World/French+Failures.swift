// Owns what is written in French when a service fails, by employees at work, and by partners.

extension French {
  static func failure(of service: Service, isLeak: Bool) -> [String] {
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
    case .water where isLeak:
      [
        "Une fuite d'eau au-dessus du lit, nos affaires sont trempées !",
        "Fuite au plafond de la chambre, on a dû changer d'étage en pleine nuit.",
        "L'eau coule dans le couloir, c'est dangereux, ça glisse.",
      ]
    case .water:
      [
        "Plus d'eau chaude ce matin, douche froide avant un rendez-vous.",
        "Pas d'eau chaude, et personne ne sait quand elle revient.",
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
    case (.workspace, let tone): about(.workspace, tone)
    case (_, .bad):
      ["On signale toujours la même chose et rien ne change.", "Personne ne nous a répondu depuis lundi."]
    case (_, .mixed): ["Ça va, mais le matériel fatigue.", "Bonne équipe, trop peu de monde le soir."]
    case (_, .good):
      ["Bonne semaine, le chef nous écoute.", "Merci pour le nouveau matériel, ça change tout."]
    }
  }

  /// A partner who is paid, or is not.
  static func payment(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Nos factures restent impayées depuis soixante jours, et personne ne répond.",
        "Encore un règlement du mauvais montant, trois relances sans réponse.",
      ]
    case .mixed:
      ["Payé, mais avec deux semaines de retard.", "Le numéro de commande manquait, comme d'habitude."]
    case .good: ["Règlement reçu à l'heure, merci.", "Question de facture réglée en un appel."]
    }
  }

  /// A partner who has to get into the building.
  static func access(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Notre technicien a attendu une heure qu'on lui ouvre.",
        "Local technique fermé à clé, il a fallu revenir.",
      ]
    case .mixed:
      ["Bon contact, accès compliqué pour les livraisons.", "Travaux faits, personne pour signer le bon."]
    case .good: ["Équipe très réactive sur place.", "Clés prêtes à l'accueil, bien préparé."]
    }
  }

  /// A guest about all of it.
  static func stay(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Pas à la hauteur du prix.",
        "Tant de petites choses de travers que nous sommes partis un jour plus tôt.",
      ]
    case .mixed: ["Correct pour une nuit.", "Du très bon et du négligé."]
    case .good: ["Un beau séjour du début à la fin.", "Tout était simple et attentionné."]
    }
  }
}
