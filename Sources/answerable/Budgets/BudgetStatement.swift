// Owns the statement of one budget at a moment: balance, holds, and the movements of its window.
import Delegation
import Events
import Policy
import Roles

/// Amounts are minor units of `balance.currency`.
struct BudgetStatement {
  struct Hold {
    var claim: String
    var amount: Int64
    /// Nil where the approval is older than what the topic keeps.
    var approval: BudgetBook.Approval?
  }

  var root: String
  var balance: Ledger.Balance
  /// `7 days`, `calendar month`; empty for a budget that left the policy.
  var window: String
  /// Of what is held: by claims whose approvals have left the topic.
  var broughtForward: Int64
  /// Latest approval last.
  var holds: [Hold]
  /// Those of days in the window and of what is held, in their order.
  var movements: [BudgetBook.Movement]
  var at: Int64

  /// Of every pot of a root, or of the budget `only` and its holders. Budgets that nothing was booked on count by the
  /// policy alone.
  static func all(
    _ book: BudgetBook, _ policy: CompiledPolicy, only: String?, named document: PolicyDocument,
    at time: Int64
  ) -> [BudgetStatement] {
    var pots = Set(book.pots)
    for budget in document.delegation?.budgets ?? [] where budget.root == book.root && budget.per == nil {
      pots.insert(budget.id)
    }
    if let only {
      pots = pots.filter { $0 == only || $0.hasPrefix(only + "/") }
      // A holder who never asked has all of it, and so has a budget of holders that nobody asked.
      if pots.isEmpty { pots = [only] }
    }
    return pots.sorted().map { statement(of: $0, book, policy, at: time) }
  }

  private static func statement(
    of pot: String, _ book: BudgetBook, _ policy: CompiledPolicy, at time: Int64
  ) -> BudgetStatement {
    let account = book.ledger.accounts[pot] ?? Ledger.Account()
    let rules = policy.delegation.budget(ofPot: pot)
    var balance = Ledger.Balance()
    if let known = book.ledger.balance(of: pot, policy, at: time) {
      balance = known
    } else {
      (balance.id, balance.currency, balance.held) = (pot, account.currency, account.held)
      balance.overdrawn = account.held
    }
    let first = rules?.windowFirstDay(at: time) ?? .min
    return BudgetStatement(
      root: book.root, balance: balance, window: rules?.window.words ?? "",
      broughtForward: account.broughtForward,
      holds: account.holds.map { Hold(claim: $0, amount: $1, approval: book.approvals[$0]) }
        .sorted { ($0.approval?.at ?? 0, $0.claim) < ($1.approval?.at ?? 0, $1.claim) },
      movements: book.movements.filter {
        $0.budget == pot && ($0.day >= first || account.holds[$0.claim] != nil)
      },
      at: time)
  }
}
