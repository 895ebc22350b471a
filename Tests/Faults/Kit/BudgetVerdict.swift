// Owns the verdict on budgets after faults, from committed records alone: what was asked, what became of it, and what was
// booked.
import DecisionKit
import Delegation
import Foundation
import Kafka
import Roles
import Streams

package struct BudgetVerdict: Sendable {
  /// Records of `delegations` by their answer.
  package var answers: [String: Int] = [:]
  /// Remedies that were asked for, and claims that they became.
  package var remedies = 0
  package var claims = 0
  /// Everything that is wrong, as text.
  package var faults: [String] = []
  /// Minor units that are held and that were spent, over all pots.
  package var held: Int64 = 0
  package var spent: Int64 = 0
  /// How often each pot was drawn on.
  package var approvals: [String: Int] = [:]

  private struct Answer {
    var id: String
    var claim: String
    var causeID: String
    var cause: Referee.Cause?
    var answer: String
    var root: String
  }

  /// Reads a deployment. `remedies`: ids of what was asked for, each of which has to be answered; `limit`: minor units in
  /// each pot, whose window is longer than the run.
  package static func read<L: Log>(
    _ log: L, prefix: String, remedies: Set<String>, limit: Int64
  ) throws -> BudgetVerdict {
    let found = Found()
    let topics = [Topic.delegations, .claims].map { $0.name(prefix: prefix) }
    try RecordScan(log).read(topics) { record in
      found.add(record, isAnswer: record.partition.topic == topics[0])
      return true
    }
    var verdict = BudgetVerdict()
    verdict.remedies = remedies.count
    verdict.faults = found.faults
    verdict.judge(answers: found.answers, claims: found.claims, remedies)
    for root in Set(found.answers.map(\.root)).subtracting([""]).sorted() {
      verdict.add(try BudgetBook.read(log, prefix: prefix, root: root), limit)
    }
    return verdict
  }

  private final class Found {
    var answers: [Answer] = []
    /// Requests by the source id of their remedy, acts by their own.
    var claims: [Referee.Cause: (isRequest: Bool, claim: String)] = [:]
    var faults: [String] = []

    func add(_ record: ScannedRecord, isAnswer: Bool) {
      let place = Referee.Cause(
        topic: record.partition.topic, partition: record.partition.partition, offset: record.offset)
      guard let json = record.value.flatMap(jsonObject) else { return faults.append("\(place): no JSON") }
      func text(_ name: String) -> String { json[name] as? String ?? "" }
      guard isAnswer else {
        claims[place] = (text("kind") == "request", text("claim"))
        return
      }
      let cause = (json["cause"] as? [String: Any]).flatMap { cause -> Referee.Cause? in
        guard let topic = cause["topic"] as? String, let partition = cause["partition"] as? Int,
          let offset = cause["offset"] as? Int
        else { return nil }
        return Referee.Cause(topic: topic, partition: Int32(clamping: partition), offset: Int64(offset))
      }
      answers.append(
        Answer(
          id: text("id"), claim: text("claim"), causeID: text("causeId"), cause: cause,
          answer: text("answer"),
          root: text("root")))
    }
  }

  private mutating func judge(
    answers: [Answer], claims: [Referee.Cause: (isRequest: Bool, claim: String)], _ remedies: Set<String>
  ) {
    self.claims = claims.values.count { $0.isRequest }
    var ids: Set<String> = []
    var byCause: [Referee.Cause: Int] = [:]
    var told: [String: Int] = [:]
    for answer in answers {
      self.answers[answer.answer, default: 0] += 1
      if !ids.insert(answer.id).inserted { faults.append("\(answer.id): published twice") }
      if let cause = answer.cause { byCause[cause, default: 0] += 1 }
      if remedies.contains(answer.causeID) { told[answer.causeID, default: 0] += 1 }
    }
    for (place, claim) in claims where byCause[place] != 1 {
      faults.append("\(place): \(claim.claim) has \(byCause[place] ?? 0) answers")
    }
    for id in remedies where (told[id] ?? 0) == 0 { faults.append("\(id): asked for and never answered") }
  }

  /// What a root's records add up to, at every moment and at the end.
  private mutating func add(_ book: BudgetBook, _ limit: Int64) {
    faults += book.ledger.faults
    for (pot, account) in book.ledger.accounts.sorted(by: { $0.key < $1.key }) {
      let spent = account.spent.values.reduce(0, +)
      self.held += account.held
      self.spent += spent
      let holds = account.holds.values.reduce(0, +)
      if holds != account.held { faults.append("\(pot): \(account.held) held, \(holds) by its claims") }
      if account.held + spent > limit {
        faults.append("\(pot): \(account.held) held and \(spent) spent of \(limit)")
      }
    }
    for movement in book.movements where movement.from == .room && movement.to == .held {
      approvals[movement.budget, default: 0] += 1
    }
  }
}
