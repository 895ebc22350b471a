// Owns the scripted lives of a remedy: short worlds in which each way through the saga is gone once, in the calm between
// one event and the next.
import Policy

/// A guest complains, somebody asks for a remedy, and what becomes of it. Hours pass between steps, at once.
package struct SagaStory: Sendable, CustomStringConvertible {
  enum Event: Sendable {
    case send(topic: String, key: String, value: [UInt8])
    /// The next policy is published.
    case policy
    /// Time passes, and timers fire.
    case wait
  }

  struct Step: Sendable {
    /// Milliseconds from the beginning.
    var at: Int64
    var event: Event
  }

  package let name: String
  /// The words of the answers that it comes to, in their order.
  package let answers: [String]
  private(set) var steps: [Step] = []

  package var description: String { name }

  private init(_ name: String, answers: [String]) {
    self.name = name
    self.answers = answers
  }

  /// The shipped policy, and one by which people may give half as much alone. An approval holds for three hours, a referral for
  /// two, and no clock of a case runs out meanwhile: a rung and a lapse that are due in the same hour are told in either order.
  static func policies(_ shipped: PolicyDocument) -> [PolicyDocument] {
    var calm = shipped
    for ladder in calm.ladders.indices {
      for index in calm.ladders[ladder].clocks.indices { calm.ladders[ladder].clocks[index].slow() }
    }
    var cases = calm.cases ?? PolicyDocument.Cases()
    cases.rules.acknowledgementLease = .days(10)
    cases.rules.ownershipLease = .days(10)
    calm.cases = cases
    for index in calm.delegation?.actions.indices ?? 0..<0 {
      calm.delegation?.actions[index].validFor = 3 * 3_600_000
      calm.delegation?.actions[index].referFor = 2 * 3_600_000
    }
    var careful = calm
    for index in careful.delegation?.grants.indices ?? 0..<0 {
      careful.delegation?.grants[index].upTo.minor /= 2
    }
    return [calm, careful]
  }

  /// - Parameter caseID: of the case that the first guest's first complaint opens.
  static func all(_ caseID: String) -> [SagaStory] {
    let (technician, manager) = ("technician-4", "duty-manager-2")
    return [
      SagaStory(
        "paid in part, given back in part, paid again",
        answers: ["approved", "settled", "returned", "refused"]
      )
      .asking(12_000, caseID)
      .acting("settle", by: technician, caseID, minute: 10, paid: 9_000)
      .acting("return", by: technician, caseID, minute: 20, paid: 3_000)
      .acting("settle", by: technician, caseID, minute: 30),
      SagaStory(
        "referred, approved under another policy", answers: ["referred", "refused", "approved", "settled"]
      )
      .asking(40_000, caseID)
      .then(.policy, minute: 8)
      .acting("approve", by: technician, caseID, minute: 9)
      .acting("approve", by: manager, caseID, minute: 10)
      .acting("settle", by: technician, caseID, minute: 12),
      SagaStory("granted by one policy, referred by the next", answers: ["approved", "referred", "declined"])
        .asking(12_000, caseID)
        .then(.policy, minute: 8)
        .asking(12_500, caseID, minute: 15)
        .acting("decline", by: manager, caseID, minute: 20, claim: 2),
      SagaStory("cancelled by who asked", answers: ["referred", "cancelled"])
        .asking(40_000, caseID)
        .acting("cancel", by: technician, caseID, minute: 8),
      SagaStory("approved and taken back", answers: ["approved", "returned"])
        .asking(12_000, caseID, currency: "CHF")
        .acting("cancel", by: technician, caseID, minute: 8),
      SagaStory("lapsed, and paid late", answers: ["approved", "lapsed", "settled"])
        .asking(12_000, caseID)
        .then(.wait, minute: 190)
        .acting("settle", by: technician, caseID, minute: 200),
      SagaStory("nobody says yes in time", answers: ["referred", "expired"])
        .asking(40_000, caseID)
        .then(.wait, minute: 130),
      SagaStory("the guest is forgotten", answers: ["referred", "cancelled"])
        .asking(40_000, caseID)
        .forgetting(minute: 8),
    ]
  }

  // MARK: Writing

  private func then(_ event: Event, minute: Int64) -> SagaStory {
    var story = self
    story.steps.append(Step(at: minute * 60_000, event: event))
    return story
  }

  private func sending(
    _ topic: String, _ key: String, _ fields: [(String, String)], _ more: String, minute: Int64
  )
    -> SagaStory
  {
    let time = CaseStories.time(CaseStories.start + minute * 60_000)
    let stamped = [("id", "\(topic)-\(steps.count)"), ("occurredAt", time), ("source", "desk")] + fields
    return then(.send(topic: topic, key: key, value: CaseStories.json(stamped, more)), minute: minute)
  }

  private static let guest = #""subject":{"kind":"customer","id":"guest-0"}"#

  /// A technician asks for a repair; first of all the guest complains.
  private func asking(_ amount: Int64, _ caseID: String, minute: Int64 = 5, currency: String = "EUR")
    -> SagaStory
  {
    let begun =
      steps.isEmpty
      ? sending(
        "feedback", "guest-0",
        [
          ("touchpoint", "room-comfort"), ("site", "lyon-1"), ("journey", "stay"),
          ("text", "Water is leaking"),
        ], Self.guest + #","rating":{"kind":"nps","value":0}"#, minute: 0) : self
    return begun.sending(
      "remedies", caseID, [("case", caseID), ("action", "engage-repair"), ("reason", "sorry")],
      Self.actor("technician-4") + #","amount":{"minor":\#(amount),"currency":"\#(currency)"}"#,
      minute: minute)
  }

  private func acting(
    _ word: String, by person: String, _ caseID: String, minute: Int64, claim: Int = 1, paid: Int64 = 0
  ) -> SagaStory {
    let needsReason = word == "decline" || word == "cancel"
    return sending(
      "case-updates", caseID,
      [("claim", "\(caseID)-r\(claim)"), ("act", word), ("reason", needsReason ? "as it is" : "")],
      Self.actor(person) + (paid > 0 ? #","amount":{"minor":\#(paid),"currency":"EUR"}"# : ""), minute: minute
    )
  }

  private func forgetting(minute: Int64) -> SagaStory {
    sending(
      "case-updates", "guest-0", [("act", "erase"), ("reason", "asked for")],
      Self.guest + "," + Self.actor("technician-4"), minute: minute)
  }

  private static func actor(_ id: String) -> String {
    #""actor":{"id":"\#(id)","role":"someone","team":"someones"}"#
  }
}

extension ClockRules {
  /// Each clock that there is, ten days long.
  fileprivate mutating func slow() {
    acknowledge = acknowledge.map { _ in .days(10) }
    respond = respond.map { _ in .days(10) }
    resolve = resolve.map { _ in .days(10) }
    silence = silence.map { _ in .days(10) }
  }
}
