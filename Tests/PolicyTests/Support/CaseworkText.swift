// Owns writing ladders and the numbers of cases back as files; every value in full.
@testable import Policy

enum CaseworkText {
  static func ladders(_ ladders: [PolicyDocument.Ladder]) -> String {
    // The one of the defaults is not written: its last rung would be refused.
    let written = ladders.filter { $0 != .standard }
    return "ladders: {\n" + written.map(ladder).joined(separator: ",\n") + "\n}"
  }

  private static func ladder(_ ladder: PolicyDocument.Ladder) -> String {
    let calendars = ladder.calendars ?? ["", "", "", ""]
    let clocks = zip(zip(LadderDraft.priorities, calendars), ladder.clocks).map { named, clocks in
      let (priority, calendar) = named
      func text(_ clock: WorkingDuration?) -> String { clock.map { "\($0)" } ?? "none" }
      return "\(priority): { acknowledge: \(text(clocks.acknowledge)), respond: \(text(clocks.respond)), "
        + "resolve: \(text(clocks.resolve)), silence: \(text(clocks.silence))"
        + (calendar.isEmpty ? " }" : ", calendar: \(calendar) }")
    }
    let start = zip(LadderDraft.priorities, ladder.start).map { "\($0): \($1 + 1)" }
    let again = ladder.repeatEvery.map { ", repeat: { every: \($0), at-most: \(ladder.repeatAtMost) }" } ?? ""
    return """
      \(ladder.id): {
        by-priority: { \(clocks.joined(separator: ", ")) },
        start: { \(start.joined(separator: ", ")) },
        rungs: [\(ladder.rungs.map(rung).joined(separator: ", "))]\(again)
      }
      """
  }

  private static func rung(_ rung: RungRules) -> String {
    var fields: [String] = []
    if let word = RungRules.Condition.words.first(where: { $0.condition == rung.unless })?.word {
      fields.append("unless: \(word)")
    }
    if let after = rung.after { fields.append("after: \(after)") }
    switch rung.target {
    case .accountableOfOwner: fields.append("to: accountable of owner")
    case .roleOfOwner: fields.append("to: \(rung.role) of owner")
    case .role: fields.append("to: \(rung.audience == .owner ? "" : "role ")\(rung.role)")
    }
    fields.append("tell: \(rung.audience)")
    return "{ \(fields.joined(separator: ", ")) }"
  }

  static func cases(_ cases: PolicyDocument.Cases) -> String {
    let rules = cases.rules
    let memory = cases.memory
    func time(_ milliseconds: Int64) -> String { "\(WorkingDuration.time(milliseconds))" }
    let adds = memory.adds.map { "\($0.account): \($0.points)" }.joined(separator: ", ")
    let services =
      rules.gatherServices.isEmpty ? "" : ", services: [\(rules.gatherServices.joined(separator: ", "))]"
    return """
      cases:
        open-from: P\(rules.openFrom.rawValue)
        deduplicate: { window: \(time(rules.deduplicateWindow)), at-most: \(rules.deduplicateAtMost) }
        group: { by: [\(rules.groupBy.map(\.rawValue).joined(separator: ", "))], within: \(time(rules.groupWithin)) }
        gather: { within: \(time(rules.gatherWithin))\(services) }
        reopen: { within: \(time(rules.reopenWithin)), rungs: \(rules.reopenRungs) }
        close:
          rating: \(Thousandths.text(rules.closeRating))
          verify-within: \(time(rules.verifyWithin))
          otherwise: \(rules.unverified.rawValue)
        leases: { acknowledgement: \(rules.acknowledgementLease), ownership: \(rules.ownershipLease) }
        longest:
          snooze: \(time(rules.longestSnooze))
          silence: \(time(rules.longestSilence))
          wait: \(time(rules.longestWait))
          promise: \(time(rules.longestPromise))
        limit: { escalations: \(rules.escalationLimit), per: \(time(rules.escalationWindow)) }
        evidence-grace: \(time(rules.evidenceGrace))
        evidence-wait: \(time(rules.longestEvidenceWait))
        memory:
          half-life: \(time(memory.halfLife))
          peak: \(memory.peakShare)
          adds: { \(adds) }
          repeated-contact: \(memory.repeatedContact)
          broken-promise: \(memory.brokenPromise)
      """
  }
}
