// Owns the people who act on answers: approvers say yes or no, tills pay, some give back or take back.
import DecisionKit
import Foundation
import Kafka
import Roles
import Streams

/// Follows `delegations` on a thread of its own and acts on each answer; what is done follows from the claim's id alone.
/// Some acts are said twice on purpose: a second one has to be refused.
package final class RemedyDesk: @unchecked Sendable {
  // Unchecked: what is mutable is read and written under `lock`, except `producer`, which the one thread uses.
  private let lock = NSLock()
  private var isStopped = false
  private var failure: (any Error)?
  private var done: Set<String> = []
  private var count = 0
  private let ended = DispatchSemaphore(value: 0)
  private let producer: FrontlineProducer

  package init(log: KafkaLog, prefix: String) {
    producer = FrontlineProducer(log: log, prefix: prefix, name: "desk")
    let topic = Topic.delegations.name(prefix: prefix)
    Thread.detachNewThread { [self] in
      while !stopped {
        // Begun anew it sees everything again, and does nothing twice.
        try? RecordScan(log).follow([topic], from: .earliest, until: { self.stopped }) { record in
          self.see(record)
          return !self.stopped
        }
      }
      producer.close()
      ended.signal()
    }
  }

  /// How many acts were sent.
  package var acts: Int { lock.withLock { count } }

  package func stop() throws {
    lock.withLock { isStopped = true }
    ended.wait()
    if let failure = lock.withLock({ failure }) { throw failure }
  }

  private var stopped: Bool { lock.withLock { isStopped } }

  private func see(_ record: ScannedRecord) {
    guard let json = record.value.flatMap(jsonObject), let id = json["id"] as? String,
      let claim = json["claim"] as? String, let caseID = json["case"] as? String,
      let answer = json["answer"] as? String, lock.withLock({ done.insert(id).inserted })
    else { return }
    let minor = (json["amount"] as? [String: Any])?["minor"] as? Int ?? 0
    let acts = Self.acts(on: answer, claim: claim, minor: minor).enumerated().map { number, act in
      (
        caseID: caseID,
        json:
          #"{"id":"act-\#(id)-\#(number)","occurredAt":"2026-11-24T08:00:00Z","source":"desk","claim":"\#(claim)","#
          + #""actor":{"id":"\#(act.by)","role":"boss","team":"front-desk"},"act":"\#(act.word)"\#(act.more)}"#
      )
    }
    do {
      try producer.send(acts: acts)
      lock.withLock { count += acts.count }
    } catch {
      lock.withLock {
        failure = failure ?? error
        isStopped = true
      }
    }
  }

  private struct Said {
    var word: String
    var by: String
    var more = ""
  }

  private static func acts(on answer: String, claim: String, minor: Int) -> [Said] {
    let dice = claim.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    let till = BudgetPolicy.approver(0)
    func part(_ cents: Int) -> String { #","amount":{"minor":\#(cents),"currency":"EUR"}"# }
    switch (answer, dice / 7 % 10) {
    case ("referred", 0): return []
    case ("referred", 1):
      return [Said(word: "decline", by: BudgetPolicy.approver(1), more: #","reason":"no""#)]
    case ("referred", 2):
      // Two approvers at once: one of them is too late.
      return (0..<BudgetPolicy.approvers).map { Said(word: "approve", by: BudgetPolicy.approver($0)) }
    case ("referred", _): return [Said(word: "approve", by: BudgetPolicy.approver(Int(dice % 2)))]
    case ("approved", 0...4): return [Said(word: "settle", by: till)]
    case ("approved", 5): return [Said(word: "settle", by: till), Said(word: "settle", by: till)]
    case ("approved", 6...7):
      return [Said(word: "settle", by: till, more: part(max(1, minor / 3)))]
    case ("settled", 3...6): return [Said(word: "return", by: till, more: part(max(1, minor / 2)))]
    default: return []
    }
  }
}
