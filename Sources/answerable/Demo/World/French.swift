// Owns what guests write in French.

enum French {
  static func about(_ touchpoint: Touchpoint, _ tone: Tone) -> [String] {
    switch (touchpoint, tone) {
    case (.booking, .bad):
      [
        "Réservation confirmée, puis annulée sans un mot. J'ai dû rappeler trois fois.",
        "Le prix a changé entre la réservation et la confirmation, 40 € de plus.",
        "Impossible de modifier ma réservation en ligne, et personne au téléphone.",
      ]
    case (.booking, .mixed):
      [
        "Réservation simple, mais le mail de confirmation est arrivé le lendemain.",
        "Site correct, un peu lent.",
      ]
    case (.booking, .good):
      ["Réservé en deux minutes, parfait.", "Très bon accueil au téléphone pour ma réservation."]
    case (.checkIn, .bad):
      [
        "Une heure d'attente à la réception et la chambre n'était pas prête.",
        "On nous a donné une chambre déjà occupée, très gênant.",
        "Une seule personne à l'accueil pour un car entier, et pas un mot d'excuse.",
        "Ma réservation était introuvable, on m'a laissé debout vingt minutes.",
      ]
    case (.checkIn, .mixed):
      [
        "Accueil aimable mais l'attente était longue.",
        "Arrivée correcte, il manquait juste un peu d'information.",
      ]
    case (.checkIn, .good):
      [
        "Accueil chaleureux malgré l'heure tardive, merci.", "Chambre prête en avance, très appréciable.",
        "La réception a pensé à l'anniversaire de ma fille, bravo !",
      ]
    case (.roomComfort, .bad):
      [
        "Chambre glaciale, le chauffage n'a jamais démarré.",
        "Bruit toute la nuit, impossible de dormir.",
        "Odeur de tabac dans la chambre, c'est inacceptable.",
        "L'eau coule du plafond de la salle de bain, une fuite que personne ne répare.",
      ]
    case (.roomComfort, .mixed):
      ["Bonne literie, mais la climatisation est bruyante.", "Chambre propre, un peu petite pour le prix."]
    case (.roomComfort, .good):
      ["Chambre calme et très confortable.", "Literie excellente, j'ai dormi comme un loir."]
    case (.housekeeping, .bad):
      [
        "Cheveux dans la douche et poubelle pleine à l'arrivée.", "Ménage pas fait depuis deux jours.",
        "Draps tachés. Décevant à ce prix-là.",
      ]
    case (.housekeeping, .mixed):
      ["Ménage fait, mais serviettes oubliées.", "Correct, la poussière sous le lit en moins."]
    case (.housekeeping, .good):
      ["Chambre impeccable tous les jours.", "Merci à la femme de chambre, toujours souriante."]
    case (.breakfast, .bad):
      [
        "Plus rien au buffet à 9 h, et le café froid.",
        "J'ai signalé mon allergie aux noix et on m'a servi un gâteau aux noix.",
        "File de vingt minutes pour un croissant.",
      ]
    case (.breakfast, .mixed): ["Bon pain, café moyen.", "Choix suffisant, salle trop bruyante."]
    case (.breakfast, .good):
      ["Petit-déjeuner copieux, produits locaux, bravo.", "Les confitures maison sont une merveille."]
    case (.wifi, .bad):
      [
        "Wifi inutilisable dans la chambre, j'ai raté une visioconférence.",
        "Déconnecté toutes les cinq minutes, impossible de travailler.",
      ]
    case (.wifi, .mixed):
      ["Wifi correct le matin, très lent le soir.", "Ça marche, mais il faut se reconnecter sans cesse."]
    case (.wifi, .good): ["Wifi rapide, rien à redire.", "Connexion parfaite même au dernier étage."]
    case (.invoice, .bad):
      [
        "Facturé deux fois la taxe de séjour, toujours pas remboursé.",
        "Le minibar m'est compté alors que je n'y ai pas touché. Je veux un remboursement.",
        "Troisième demande de facture corrigée, aucune réponse depuis six jours.",
        "Ma société refuse la facture : le numéro de TVA manque.",
      ]
    case (.invoice, .mixed): ["Facture reçue après relance.", "Une erreur de date, corrigée assez vite."]
    case (.invoice, .good): ["Facture claire, reçue aussitôt.", "Note de frais réglée en un mail, merci."]
    case (.checkOut, .bad):
      [
        "Trente minutes de queue pour rendre une carte, j'ai failli rater mon train.",
        "Personne à la réception à 6 h, alors que le départ était annoncé.",
      ]
    case (.checkOut, .mixed): ["Départ rapide, mais le taxi promis n'est pas venu.", "Correct, sans plus."]
    case (.checkOut, .good):
      ["Départ en une minute, parfait.", "On nous a gardé les bagages avec le sourire."]
    case (.meetingRoom, .bad):
      [
        "Le vidéoprojecteur n'a jamais fonctionné, réunion perdue avec un client.",
        "Salle réservée et déjà occupée à notre arrivée.", "Salle glaciale, le café promis n'est pas venu.",
      ]
    case (.meetingRoom, .mixed):
      ["Belle salle, mais l'écran est trop petit.", "Tout y était, avec vingt minutes de retard."]
    case (.meetingRoom, .good): ["Salle parfaite, équipe aux petits soins.", "Pause gourmande très réussie."]
    case (.lift, .bad):
      [
        "Ascenseur en panne, six étages à pied avec les valises et un enfant.",
        "Restée coincée dix minutes dans l'ascenseur, sans réponse à l'interphone.",
      ]
    case (.lift, .mixed):
      ["Un seul ascenseur sur deux, beaucoup d'attente.", "Ascenseur lent mais il marche."]
    case (.lift, .good):
      ["Ascenseurs rapides, pratique avec la poussette.", "Ascenseur réparé dans l'heure, chapeau."]
    case (.workspace, .bad):
      ["Mon bureau réservé était pris, les trois suivants aussi.", "Poubelles pas vidées depuis mardi."]
    case (.workspace, .mixed):
      ["Bons sièges, beaucoup trop de bruit.", "Bien, à condition d'arriver avant 9 h."]
    case (.workspace, .good): ["Coin calme, belle lumière.", "Les nouveaux bureaux sont un plaisir."]
    }
  }

  static func closing(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Nous ne reviendrons plus.", "J'attends une réponse.", "Merci de me rappeler aujourd'hui.",
        "C'est la deuxième fois cette année.", "Je le dirai autour de moi.",
      ]
    case .mixed: ["À améliorer.", "Dommage, le reste était bien.", "Peut mieux faire."]
    case .good: ["À bientôt !", "Nous reviendrons.", "Merci à toute l'équipe."]
    }
  }
}
