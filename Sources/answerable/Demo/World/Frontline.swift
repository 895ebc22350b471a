// Owns what the staff report about their own work: acts on cases, and remedies they would like to give.
import Events

enum Frontline {
  /// Who in the group acts on a matter of that touchpoint.
  static func actor(for touchpoint: Touchpoint?, at site: Site, _ chance: inout Chance) -> ActorDraft {
    let (team, role): (String, String) =
      switch touchpoint {
      case .booking: ("reservations", "reservation-agent")
      case .checkIn, .checkOut: ("front-desk", "receptionist")
      case .roomComfort, .lift: ("building-technique", "technician")
      case .housekeeping: ("housekeeping", "housekeeper")
      case .breakfast: ("food-and-beverage", "restaurant-manager")
      case .wifi: ("it-network", "network-engineer")
      case .invoice: ("billing", "billing-clerk")
      case .meetingRoom: ("events-and-meetings", "event-host")
      case .workspace: ("office-services", "facility-manager")
      case nil: ("customer-care", "care-agent")
      }
    return ActorDraft(id: "\(role)-\(chance.between(1, 9))", role: role, team: team, site: site)
  }

  /// The acts and remedies that follow a complaint.
  static func drafts(after complaint: Draft, _ chance: inout Chance) -> [Draft] {
    guard case .feedback(let feedback) = complaint.body, let rating = feedback.rating,
      rating.value * 10 <= rating.scale * 4
    else { return [] }
    var drafts: [Draft] = []
    let actor = actor(for: feedback.touchpoint, at: feedback.site, &chance)
    if chance.perMille(15) {
      var time = complaint.sentAt + Int64(chance.between(8, 150)) * WeekTime.minute
      for act in acts(from: time, &chance) {
        drafts.append(
          Draft(
            occurredAt: time, delay: WeekTime.second, source: .serviceDesk,
            body: .caseUpdate(
              CaseUpdateDraft(subject: feedback.subject, actor: actor, act: act, text: note(act)))))
        time += Int64(chance.between(15, 260)) * WeekTime.minute
      }
    }
    if feedback.respondent == .customer, chance.perMille(90) {
      drafts.append(remedy(for: feedback, actor, after: complaint.sentAt, &chance))
    }
    return drafts
  }

  private static func acts(from time: Int64, _ chance: inout Chance) -> [ActDraft] {
    var acts: [ActDraft] = [.acknowledge]
    switch chance.weighted([4, 3, 2, 1]) {
    case 0: acts.append(.respond)
    case 1: acts.append(.promise(due: time + 6 * WeekTime.hour, what: "A call back within six hours"))
    case 2: acts.append(.wait(for: "the supplier's spare part", until: time + WeekTime.day))
    default: acts.append(.transfer(to: "customer-care", reason: "The guest has left the building"))
    }
    if chance.perMille(250) { acts.append(.progress) }
    if chance.perMille(600) { acts.append(.resolve(evidence: "Checked on site, guest informed")) }
    if chance.perMille(50) { acts.append(.reopen) }
    return acts
  }

  private static func note(_ act: ActDraft) -> String? {
    switch act {
    case .respond: "Called the guest back and apologised."
    case .progress: "Second visit planned."
    case .reopen: "Same fault again."
    default: nil
    }
  }

  private static func remedy(
    for feedback: FeedbackDraft, _ actor: ActorDraft, after time: Int64, _ chance: inout Chance
  ) -> Draft {
    let (action, low, high): (String, Int, Int) =
      switch feedback.touchpoint {
      case .roomComfort, .lift, .wifi:
        chance.perMille(400) ? ("engage-repair", 60, 320) : ("upgrade", 30, 120)
      case .invoice, .booking: ("refund", 10, 180)
      case .checkIn, .checkOut, nil: ("refund", 20, 90)
      case .housekeeping, .breakfast, .meetingRoom, .workspace: ("voucher", 10, 60)
      }
    return Draft(
      occurredAt: time + Int64(chance.between(5, 120)) * WeekTime.minute, delay: WeekTime.second,
      source: .frontlineApp,
      body: .remedy(
        RemedyDraft(
          subject: feedback.subject, namesCase: chance.perMille(400), actor: actor, action: action,
          amount: chance.between(low, high) * 100,
          currency: feedback.site.id == "geneva-1" ? "CHF" : "EUR",
          reason: chance.pick(["Goodwill", "Repeated fault", "Guest waited too long", "Geste commercial"]))))
  }
}
