// Owns what is written in English when a service fails, by employees at work, and by partners.

extension English {
  static func failure(of service: Service, isLeak: Bool) -> [String] {
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
    case .water where isLeak:
      [
        "Water is leaking over the bed, our things are soaked!",
        "A leak in the ceiling, we had to change floors in the middle of the night.",
        "Water running down the corridor, it is slippery and dangerous.",
      ]
    case .water:
      [
        "No hot water this morning, a cold shower before a meeting.",
        "No hot water, and nobody knows when it will be back.",
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
    case (.workspace, let tone): about(.workspace, tone)
    case (_, .bad):
      ["We keep reporting the same thing and nothing changes.", "Nobody has answered us since Monday."]
    case (_, .mixed):
      ["All right, but the equipment is getting old.", "Good team, too few people in the evening."]
    case (_, .good):
      ["Good week, our manager listens.", "Thanks for the new equipment, it changes everything."]
    }
  }

  /// A partner who is paid, or is not.
  static func payment(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "Our invoices have been unpaid for sixty days and nobody answers.",
        "Paid the wrong amount again, and no reply to three reminders.",
      ]
    case .mixed: ["Paid in the end, two weeks late.", "The order number was missing, as always."]
    case .good: ["Paid on time, thank you.", "Question about an invoice settled in one call."]
    }
  }

  /// A partner who has to get into the building.
  static func access(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      ["Our engineer waited an hour to be let in.", "The machine room was locked, we had to come twice."]
    case .mixed:
      ["Good contact, difficult access for deliveries.", "Work done, nobody there to sign for it."]
    case .good: ["Very responsive team on site.", "Keys ready at the desk, well prepared."]
    }
  }

  /// A guest about all of it.
  static func stay(_ tone: Tone) -> [String] {
    switch tone {
    case .bad: ["Not what we paid for.", "So many small things went wrong that we left a day early."]
    case .mixed: ["Fine for one night.", "Some very good, some careless."]
    case .good: ["A lovely stay from start to end.", "Everything simple and kind."]
    }
  }
}
