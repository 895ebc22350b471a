// Owns what the records tell of each claim: asked for once, answered, how it stands in the end.
import Events
import Roles
import Streams

/// A claim as its answers leave it, in the words of its case.
struct ClaimCourse {
  /// How often its budgets were asked.
  private(set) var requests = 0
  private(set) var terminal = 0
  /// Whether DELEGATION has said something about it.
  private(set) var isDecided = false
  /// The answer by which it stands; nil before the first.
  private(set) var state: Events.Delegation.Answer?
  /// The policies under which it was asked for, and under which it was answered first.
  private(set) var epochs: (asked: Int64, answered: Int64) = (0, 0)
  /// What is left of what was asked for; of one that came back whole what it was.
  private(set) var amount: Int64 = 0
  /// Until when the approval holds or the referral waits; 0 for never.
  private(set) var expiresAt: Int64 = 0

  fileprivate mutating func ask(under epoch: Int64) {
    requests += 1
    epochs.asked = epoch
  }

  /// Answers to one claim stand in one partition, in the order in which they were decided.
  fileprivate mutating func hear(_ answer: Events.Delegation, isOfBudgets: Bool) {
    if answer.answer.isTerminal { terminal += 1 }
    // A NO to an act leaves the claim as it stood.
    guard answer.answer != .refused else { return }
    if isOfBudgets { isDecided = true }
    expiresAt = answer.expiresAt
    if state == nil { (amount, epochs.answered) = (answer.amount, answer.epoch) }
    if answer.answer == .settled { amount = min(amount, answer.amount) }
    if answer.answer == .returned, state == .settled, answer.amount < amount {
      amount -= answer.amount
    } else {
      state = answer.answer
    }
  }
}

/// Every claim that `claims` and `delegations` tell of.
struct ClaimCourses {
  private(set) var byClaim: [String: ClaimCourse] = [:]
  /// The cases of claims.
  private(set) var caseOf: [String: String] = [:]
  /// What DELEGATION answered, by the answer's id.
  private(set) var answers: [String: (word: Events.Delegation.Answer, caseID: String)] = [:]
  /// What each signal led CASEWORK to: requests, and answers of its own.
  private(set) var led: [Int32: [Int64: Int]] = [:]

  init(_ log: MemoryLog) throws(Finding) {
    let claims = ClaimDecoder()
    for record in log.records(Topic.claims.rawValue) {
      try record.read("a claim") { value throws(EventRefusal) in
        let claim = try claims.decode(value)
        guard claim.kind == .request else { return }
        byClaim[claim.claim.string, default: ClaimCourse()].ask(under: claim.epoch)
        caseOf[claim.claim.string] = claim.caseID.string
        led[claim.cause.partition, default: [:]][claim.cause.offset, default: 0] += 1
      }
    }
    let decoder = DelegationDecoder()
    for record in log.records(Topic.delegations.rawValue) {
      let isOfBudgets = record.header("ce_source") == BudgetLaw.source
      try decoder.read(record) { answer in
        byClaim[answer.claim.string, default: ClaimCourse()].hear(answer, isOfBudgets: isOfBudgets)
        if isOfBudgets {
          answers[answer.id.string] = (answer.answer, answer.caseID.string)
        } else {
          led[answer.cause.partition, default: [:]][answer.cause.offset, default: 0] += 1
        }
      }
    }
  }
}

extension MemoryRecord {
  /// What a decoder makes of the value; what cannot be read is a finding.
  @discardableResult
  func read<T>(
    _ what: String, _ decode: (UnsafeRawBufferPointer) throws(EventRefusal) -> T
  ) throws(Finding) -> T {
    let result: Result<T, EventRefusal> = (value ?? []).withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in try decode(bytes) }
    }
    do throws(EventRefusal) {
      return try result.get()
    } catch {
      throw Finding(.differs, "\(what) that cannot be read (\(error.field) \(error.reason)): \(self)")
    }
  }
}
