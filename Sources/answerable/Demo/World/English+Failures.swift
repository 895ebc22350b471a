// Owns what is written in English when a service fails, by employees at work, and by partners.

extension English {
  static func failure(of service: Service) -> [String] {
    switch service {
    case .lift:
      [
        "Lift out of order since this morning, my mother cannot come down.",
        "Still no lift. Fifth floor, two suitcases, thanks a lot.",
        "We were stuck in the lift, very frightening.",
      ]
    case .heating:
      [
        "No heating, 15 degrees in the room with a baby.", "Heating broken and not one more blanket.",
        "Freezing night, nobody answers on 9.",
      ]
    case .water:
      [
        "No hot water this morning, a cold shower before a meeting.",
        "Water is leaking over the bed, our things are soaked!",
        "Water running down the corridor, it is slippery and dangerous.",
      ]
    case .wifi:
      [
        "No Wi-Fi at all, I have to hand in work tonight.", "Wi-Fi down on the whole floor, no information.",
        "Network down, impossible to work.",
      ]
    case .payment:
      [
        "The card terminal is broken and they ask for cash!",
        "Charged twice because of the terminal, I want a refund.",
        "Forty minutes to pay, the terminal refuses every card.",
      ]
    case .access:
      [
        "The key card does not open the door any more, an hour in the corridor.",
        "Badges refused at the entrance, half of the team stands in the rain.",
      ]
    }
  }

  static func work(_ touchpoint: Touchpoint, _ tone: Tone) -> [String] {
    switch (touchpoint, tone) {
    case (.wifi, .bad):
      ["Network down twice during the client call.", "The Wi-Fi in the east wing cannot carry a meeting."]
    case (.meetingRoom, .bad):
      [
        "Rooms booked and never used, we meet on the stairs.",
        "Another unplugged screen, eight people lost twenty minutes.",
      ]
    case (.lift, .bad):
      [
        "Service lift broken, we carry the linen up on foot.",
        "Lift blocked: a colleague in a wheelchair waits downstairs.",
      ]
    case (.housekeeping, .bad):
      [
        "No sheets since yesterday, we cannot finish the rooms.",
        "Too many rooms each, my back is giving in.",
      ]
    case (.checkIn, .bad):
      [
        "Alone at the desk at six with two coaches, I cannot cope.",
        "The desk software freezes at every arrival.",
      ]
    case (_, .bad):
      ["We keep reporting the same thing and nothing changes.", "Nobody has answered us since Monday."]
    case (_, .mixed):
      ["All right, but the equipment is getting old.", "Good team, too few people in the evening."]
    case (_, .good):
      ["Good week, our manager listens.", "Thanks for the new equipment, it changes everything."]
    }
  }

  static func partner(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Our invoices have been unpaid for sixty days and nobody answers.",
        "Our engineer waited an hour to be let in.",
      ]
    case .mixed:
      ["Order received, delivery note incomplete.", "Good contact, difficult access for deliveries."]
    case .good: ["Paid on time, thank you.", "Very responsive team on site."]
    }
  }
}
