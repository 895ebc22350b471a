// Owns cases.yaml as its author wrote it: each value by its path, and what each one may be.
import Events

struct CasesDraft: Sendable {
  /// By path: `deduplicate.window`.
  var durations: [String: Located<WorkingDuration>] = [:]
  var numbers: [String: Located<Int64>] = [:]
  var words: [String: Located<String>] = [:]
  var groupBy: [Located<String>]?
  var services: [Located<String>] = []
  /// Accounts and the points they add, in the order of the file.
  var adds: [(account: Located<Int64>, points: Located<Int64>)]?
}

/// What a value of cases.yaml is and may be.
enum CaseValue: Sendable {
  /// Elapsed or working time.
  case duration(least: WorkingDuration, most: WorkingDuration)
  case number(ClosedRange<Int64>)
  case thousandths(ClosedRange<Int64>)
  case word(noun: String, [String])
}

extension CasesDraft {
  private static let minute = WorkingDuration.time(60_000)

  /// Every value that is a scalar, by its path.
  static let values: [String: CaseValue] = [
    "open-from": .word(noun: "priority", LadderDraft.priorities),
    "deduplicate.window": .duration(least: minute, most: .days(90)),
    "deduplicate.at-most": .number(1...64),
    "group.within": .duration(least: minute, most: .days(365)),
    "gather.within": .duration(least: minute, most: .days(7)),
    "reopen.within": .duration(least: minute, most: .days(365)),
    "reopen.rungs": .number(0...16),
    "close.rating": .thousandths(0...10_000),
    "close.verify-within": .duration(least: minute, most: .days(90)),
    "close.otherwise": .word(noun: "answer", CaseRules.Unverified.allCases.map(\.rawValue)),
    "leases.acknowledgement": .duration(least: minute, most: .days(90)),
    "leases.ownership": .duration(least: minute, most: .days(90)),
    "longest.snooze": .duration(least: minute, most: .days(30)),
    "longest.silence": .duration(least: minute, most: .days(90)),
    "longest.wait": .duration(least: minute, most: .days(180)),
    "longest.promise": .duration(least: minute, most: .days(365)),
    "limit.escalations": .number(1...100_000),
    "limit.per": .duration(least: minute, most: .days(7)),
    "evidence-grace": .duration(least: .time(0), most: .time(3_600_000)),
    "evidence-wait": .duration(least: .time(0), most: .days(1)),
    "memory.half-life": .duration(least: .time(3_600_000), most: .days(365)),
    "memory.peak": .number(0...100),
    "memory.repeated-contact": .number(0...100),
    "memory.broken-promise": .number(0...100),
  ]

  /// Every field of a group, scalar or not; the empty group is `cases` itself.
  static let groups: [(name: String, fields: [String])] = [
    (
      "",
      [
        "open-from", "deduplicate", "group", "gather", "reopen", "close", "leases", "longest", "limit",
        "evidence-grace", "evidence-wait", "memory",
      ]
    ),
    ("deduplicate", ["window", "at-most"]),
    ("group", ["by", "within"]),
    ("gather", ["within", "services"]),
    ("reopen", ["within", "rungs"]),
    ("close", ["rating", "verify-within", "otherwise"]),
    ("leases", ["acknowledgement", "ownership"]),
    ("longest", ["snooze", "silence", "wait", "promise"]),
    ("limit", ["escalations", "per"]),
    ("memory", ["half-life", "peak", "adds", "repeated-contact", "broken-promise"]),
  ]
}

extension PolicyDocument.Cases {
  /// What was left out keeps its default.
  init(_ draft: CasesDraft) {
    func elapsed(_ path: String, _ value: inout Int64) {
      if let duration = draft.durations[path]?.value { value = duration.elapsed }
    }
    func working(_ path: String, _ value: inout WorkingDuration) {
      if let duration = draft.durations[path]?.value { value = duration }
    }
    func count(_ path: String, _ value: inout Int) {
      if let number = draft.numbers[path]?.value { value = Int(clamping: number) }
    }
    func points(_ path: String, _ value: inout Int32) {
      if let number = draft.numbers[path]?.value { value = Int32(clamping: number) }
    }
    if let word = draft.words["open-from"]?.value, let index = LadderDraft.priorities.firstIndex(of: word),
      let priority = Priority(rawValue: index + 1)
    {
      rules.openFrom = priority
    }
    elapsed("deduplicate.window", &rules.deduplicateWindow)
    count("deduplicate.at-most", &rules.deduplicateAtMost)
    if let groupBy = draft.groupBy {
      // In one order, so that two ways to write it are one policy.
      rules.groupBy = CaseRules.GroupBy.allCases.filter { by in groupBy.contains { $0.value == by.rawValue } }
    }
    elapsed("group.within", &rules.groupWithin)
    elapsed("gather.within", &rules.gatherWithin)
    rules.gatherServices = draft.services.map(\.value).sorted()
    elapsed("reopen.within", &rules.reopenWithin)
    count("reopen.rungs", &rules.reopenRungs)
    rules.closeRating = draft.numbers["close.rating"]?.value ?? rules.closeRating
    elapsed("close.verify-within", &rules.verifyWithin)
    if let word = draft.words["close.otherwise"]?.value, let unverified = CaseRules.Unverified(rawValue: word)
    {
      rules.unverified = unverified
    }
    working("leases.acknowledgement", &rules.acknowledgementLease)
    working("leases.ownership", &rules.ownershipLease)
    elapsed("longest.snooze", &rules.longestSnooze)
    elapsed("longest.silence", &rules.longestSilence)
    elapsed("longest.wait", &rules.longestWait)
    elapsed("longest.promise", &rules.longestPromise)
    count("limit.escalations", &rules.escalationLimit)
    elapsed("limit.per", &rules.escalationWindow)
    elapsed("evidence-grace", &rules.evidenceGrace)
    // As it is kept, so that to say what is usual anyway makes no other policy.
    let evidenceWait = draft.durations["evidence-wait"]?.value.elapsed
    rules.evidenceWait = evidenceWait == CaseRules.usualEvidenceWait ? nil : evidenceWait
    elapsed("memory.half-life", &memory.halfLife)
    points("memory.peak", &memory.peakShare)
    points("memory.repeated-contact", &memory.repeatedContact)
    points("memory.broken-promise", &memory.brokenPromise)
    if let adds = draft.adds {
      memory.adds = adds.map {
        .init(account: Int32(clamping: $0.account.value), points: Int32(clamping: $0.points.value))
      }
    }
  }
}
