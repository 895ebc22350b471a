// Owns the law of budgets: what the answers booked balances at every moment, each claim has one answer and one terminal one,
// and each answer is told to its case.
import Delegation
import Events
import Foundation
import Roles
import Streams

/// Knows no state and no policy: the records on `claims`, `delegations` and `signals` alone.
struct BudgetLaw {
  /// Where answers come from that book something.
  static let source = RoleName.delegation.eventSource
  private let log: MemoryLog

  init(_ log: MemoryLog) { self.log = log }

  func check() throws(Finding) {
    let ledger = try ledger()
    if let fault = ledger.faults.first { throw Finding(.differs, "budgets: \(fault)") }
    try checkClaims(answers)
    try checkTold(answers)
  }

  private var answers: [MemoryRecord] {
    log.records(Topic.delegations.rawValue).filter { $0.header("ce_source") == Self.source }
  }

  /// What the answers add up to, in the order of decision: a root's claims are decided by one task, whose clock never goes back.
  func ledger() throws(Finding) -> Ledger {
    let answers = answers
    var times: [Int64] = []
    for answer in answers { times.append(try decoder.read(answer) { $0.at }) }
    var ledger = Ledger()
    for (place, isLast) in Ledger.order(decidedAt: times) {
      try decoder.read(answers[place]) { ledger.add($0, isLastOfMoment: isLast) }
    }
    return ledger
  }

  private func checkClaims(_ answers: [MemoryRecord]) throws(Finding) {
    var count: [TopicPartition: [Int64: Int]] = [:]
    for answer in answers {
      let cause = try decoder.read(answer) { ($0.cause.topic.string, $0.cause.partition, $0.cause.offset) }
      guard !cause.0.isEmpty else { continue }
      count[TopicPartition(topic: cause.0, partition: cause.1), default: [:]][cause.2, default: 0] += 1
    }
    let topic = Topic.claims.rawValue
    for claim in log.records(topic) {
      let answered = count[TopicPartition(topic: topic, partition: claim.partition)]?[claim.offset] ?? 0
      if answered != 1 {
        throw Finding(answered == 0 ? .lost : .doubled, "claim with \(answered) answers: \(claim)")
      }
    }
  }

  private func checkTold(_ answers: [MemoryRecord]) throws(Finding) {
    var told: [String: Int] = [:]
    for signal in log.records(Topic.signals.rawValue) where signal.header("ce_source") == Self.source {
      told[signal.header("ce_id") ?? "", default: 0] += 1
    }
    for answer in answers {
      let id = "\(ClaimAnswer.idPrefix)\(answer.header("ce_id") ?? "")"
      let count = told.removeValue(forKey: id) ?? 0
      if count != 1 { throw Finding(count == 0 ? .lost : .doubled, "signal \(id), told \(count) times") }
    }
    if let stray = told.keys.min() { throw Finding(.differs, "a signal tells of no answer: \(stray)") }
  }

  private let decoder = DelegationDecoder()
}
