// Owns the demo's world: a seed becomes a week of records, in the order in which their systems send them.
import Events

/// A week of a group of hotels and offices. The same seed gives the same bytes, on every machine.
struct World: Sendable {
  let seed: UInt64
  /// In order of sending.
  let records: [WireRecord]
  let outages: [Outage]

  /// - Parameters:
  ///   - seed: Names the week.
  ///   - subjectKey: The pseudonymous key of a subject, by its kind and id. Staff name cases by it, as a case's
  ///     id begins with its subject's key.
  init(seed: UInt64, subjectKey: (_ kind: String, _ id: String) -> String) {
    self.seed = seed
    outages = Outage.week(seed: seed)
    var drafts = Self.voices(seed: seed, outages: outages)
    var chance = Chance(seed: seed, part: "frontline")
    drafts += drafts.flatMap { Frontline.drafts(after: $0, &chance) }
    drafts = drafts.filter { $0.occurredAt >= WeekTime.start && $0.sentAt < WeekTime.end }
    // Sorting by time and then by position keeps the order of what happened in the same millisecond.
    let order = drafts.indices.sorted { (drafts[$0].sentAt, $0) < (drafts[$1].sentAt, $1) }
    records = Self.records(order.map { drafts[$0] }, seed: seed, subjectKey)
  }

  /// Guests, colleagues, partners and monitors.
  private static func voices(seed: UInt64, outages: [Outage]) -> [Draft] {
    var chance = Chance(seed: seed, part: "voices")
    var drafts: [Draft] = []
    for stay in Stay.week(seed: seed) { drafts += stay.drafts(outages: outages, &chance) }
    drafts += Workplace.drafts(seed: seed, outages: outages)
    for outage in outages { drafts += outage.drafts(&chance) }
    return drafts
  }

  /// Numbers the events, writes them, and lets one in three hundred or so go wrong on its way.
  private static func records(
    _ drafts: [Draft], seed: UInt64, _ subjectKey: (String, String) -> String
  ) -> [WireRecord] {
    var chance = Chance(seed: seed, part: "mistakes")
    var numbers: [EventKind: Int] = [:]
    var mistakes = Mistake.allCases
    return drafts.map { draft in
      let number = numbers[draft.kind, default: 1_000] + 1
      numbers[draft.kind] = number
      let record = draft.record(id: "\(prefix(draft.kind))-\(number)") { subject in
        "\(subjectKey(subject.kind, subject.id))-1"
      }
      guard chance.perMille(6) else { return record }
      // The mistake that was made longest ago comes first; one that has no place in this event waits.
      for (turn, mistake) in mistakes.enumerated() {
        guard let wrong = mistake.made(in: record) else { continue }
        mistakes.append(mistakes.remove(at: turn))
        return wrong
      }
      return record
    }
  }

  private static func prefix(_ kind: EventKind) -> String {
    switch kind {
    case .feedback: "fb"
    case .incident: "inc"
    case .caseUpdate: "act"
    case .remedy: "rem"
    }
  }
}
