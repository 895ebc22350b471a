// Owns budgets that answer by chance: every answer that DELEGATION can give to a claim as it stands, and no other.
import Events
import Streams

/// An answer on its way to its case.
struct BudgetAnswer: Hashable {
  var claim: String
  var caseID: String
  var answer: Delegation.Answer
  var action: String
  /// Of `settled` and `returned` what was paid or came back.
  var amount: Int64
  var currency: String
  var requester: String
  var expiresAt: Int64
  /// The reason's code; empty for the answer's own word.
  var code = ""
}

/// Decides the records on `claims` in their order; what it says of a claim is what DELEGATION could.
struct AnsweringBudgets {
  private struct Account {
    var answer: BudgetAnswer
    var phase = Delegation.Answer.declined
    var settled: Int64 = 0
    var returned: Int64 = 0
  }

  private var accounts: [String: Account] = [:]
  private var records: [ToldClaim] = []

  /// What casework sent.
  mutating func hear(_ told: [Told]) { records += told.flatMap(\.claims) }

  /// The answer to the next record, or what time does to a claim; nil where there is neither.
  mutating func next(at now: Int64, _ random: inout SeededRandom) -> BudgetAnswer? {
    if records.isEmpty || random.below(6) == 0 { return expire(&random) }
    let record = records.removeFirst()
    guard record.kind != .request else {
      let answer = BudgetAnswer(
        claim: record.claim, caseID: record.caseID, answer: .declined, action: record.action,
        amount: record.amount, currency: record.currency, requester: record.actor, expiresAt: 0)
      accounts[record.claim] = Account(answer: answer)
      let first = [Delegation.Answer.approved, .approved, .approved, .referred, .referred, .declined]
      let said = first[random.below(first.count)]
      if said == .declined {
        let codes = ["budget", "evidence", "budget-gone", "other-budgets"]
        accounts[record.claim]?.answer.code = codes[random.below(codes.count)]
      }
      return tell(said, of: record.claim, until: now + 2.days)
    }
    return act(record, at: now, &random)
  }

  private mutating func act(
    _ record: ToldClaim, at now: Int64, _ random: inout SeededRandom
  ) -> BudgetAnswer? {
    guard let account = accounts[record.claim] else { return nil }
    guard record.currency == account.answer.currency else { return tell(.refused, of: record.claim) }
    switch (record.kind, account.phase) {
    case (.approve, .referred):
      return tell(random.below(3) == 0 ? .refused : .approved, of: record.claim, until: now + 2.days)
    case (.decline, .referred): return tell(.declined, of: record.claim)
    case (.cancel, .referred): return tell(.cancelled, of: record.claim)
    case (.cancel, .approved): return tell(.returned, of: record.claim)
    case (.settle, .approved), (.settle, .lapsed):
      let amount = record.amount > 0 ? record.amount : account.answer.amount
      guard amount <= account.answer.amount else { return tell(.refused, of: record.claim) }
      accounts[record.claim]?.settled = amount
      return tell(.settled, of: record.claim, amount: amount)
    case (.giveBack, .settled):
      let rest = account.settled - account.returned
      let amount = record.amount > 0 ? record.amount : rest
      guard amount <= rest else { return tell(.refused, of: record.claim) }
      accounts[record.claim]?.returned += amount
      let answer = tell(.returned, of: record.claim, amount: amount)
      if amount < rest { accounts[record.claim]?.phase = .settled }
      return answer
    default: return tell(.refused, of: record.claim)
    }
  }

  private mutating func expire(_ random: inout SeededRandom) -> BudgetAnswer? {
    let waiting = accounts.filter { $0.value.phase == .referred || $0.value.phase == .approved }.keys.sorted()
    guard !waiting.isEmpty else { return nil }
    let claim = waiting[random.below(waiting.count)]
    return tell(accounts[claim]?.phase == .referred ? .expired : .lapsed, of: claim)
  }

  private mutating func tell(
    _ answer: Delegation.Answer, of claim: String, amount: Int64? = nil, until: Int64 = 0
  ) -> BudgetAnswer? {
    if answer != .refused { accounts[claim]?.phase = answer }
    guard var told = accounts[claim]?.answer else { return nil }
    told.answer = answer
    told.amount = amount ?? told.amount
    told.expiresAt = answer == .approved || answer == .referred ? until : 0
    return told
  }
}
