// Owns the book that knows nothing but movements: an auditor without the code.
import Events
import Testing

/// What follows from the records alone.
struct Book {
  struct Account {
    var held: Int64 = 0
    var spent: [Int32: Int64] = [:]
    var drawn: [Int32: Int64] = [:]
  }

  private(set) var accounts: [String: Account] = [:]
  private(set) var heldBy: [String: Int64] = [:]
  private(set) var terminal: [String: Int] = [:]
  private(set) var settled: [String: Int] = [:]
  private(set) var latest: [String: Delegation.Answer] = [:]
  private var records: [String: Int] = [:]
  /// What was wrong, in words.
  private(set) var faults: [String] = []

  mutating func hear(_ said: Said) {
    for movement in said.movements { book(movement, said) }
    check(said)
    for budget in said.budgets { check(budget, said) }
    if said.answer == .approved {
      for movement in said.movements where said.budget(movement.budget)?.overdrawn != 0 {
        faults.append("\(said.id): approved beyond the limit of \(movement.budget)")
      }
      if said.requester == said.decider || (!said.requesterFor.isEmpty && said.requesterFor == said.decider) {
        faults.append("\(said.id): \(said.decider) approved their own")
      }
    }
  }

  private mutating func book(_ movement: Said.Movement, _ said: Said) {
    var account = accounts[movement.budget] ?? Account()
    guard movement.amount > 0 else {
      faults.append("\(said.id): a movement of \(movement.amount)")
      return
    }
    switch movement.from {
    case .held:
      account.held -= movement.amount
      heldBy[said.claim, default: 0] -= movement.amount
    case .spent: account.spent[movement.day, default: 0] -= movement.amount
    case .overdraft: account.drawn[movement.day, default: 0] += movement.amount
    case .room: break
    }
    switch movement.to {
    case .held:
      account.held += movement.amount
      heldBy[said.claim, default: 0] += movement.amount
    case .spent: account.spent[movement.day, default: 0] += movement.amount
    case .overdraft: account.drawn[movement.day, default: 0] -= movement.amount
    case .room: break
    }
    if account.held < 0 || account.spent.values.contains(where: { $0 < 0 })
      || account.drawn.values.contains(where: { $0 < 0 })
    {
      faults.append("\(said.id): \(movement.budget) has less than nothing")
    }
    accounts[movement.budget] = account
  }

  private mutating func check(_ said: Said) {
    let number = records[said.claim, default: 0] + 1
    records[said.claim] = number
    if said.id != "\(said.claim)-d\(number)" && said.code != "unknown-claim" {
      faults.append("\(said.id) is record \(number)")
    }
    if said.answer.isTerminal {
      terminal[said.claim, default: 0] += 1
      if terminal[said.claim] != 1 { faults.append("\(said.id): a second terminal answer") }
    }
    if said.answer == .settled {
      settled[said.claim, default: 0] += 1
      if settled[said.claim] != 1 { faults.append("\(said.id): paid twice") }
    }
    if said.answer != .refused { latest[said.claim] = said.answer }
    if latest[said.claim] != .approved, heldBy[said.claim, default: 0] != 0 {
      faults.append("\(said.id): holds \(heldBy[said.claim] ?? 0) and is not approved")
    }
  }

  private mutating func check(_ budget: Said.Budget, _ said: Said) {
    if budget.left + budget.held + budget.spent - budget.overdrawn != budget.limit || budget.left < 0 {
      faults.append("\(said.id): \(budget.id) does not balance")
    }
    let account = accounts[budget.id] ?? Account()
    if budget.held != account.held {
      faults.append("\(said.id): \(budget.id) shows \(budget.held) held, \(account.held) were booked")
    }
    let first = Int32(budget.windowFrom / Sample.day)
    let spent = account.spent.filter { $0.key >= first }.values.reduce(0, +)
    if budget.spent != spent {
      faults.append("\(said.id): \(budget.id) shows \(budget.spent) spent, \(spent) were booked")
    }
  }
}
