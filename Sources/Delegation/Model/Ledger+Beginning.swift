// Owns what a ledger does about claims that began before its first record: their accounts are made from what leaves them.
import Events
import StateBytes

extension Ledger.Account {
  /// Makes the accounts of a claim whose beginning left hold what now leaves them.
  mutating func bringForward(_ movement: Delegation.Movement, for claim: String) {
    let (amount, day) = (movement.amount, movement.day)
    switch movement.from {
    case .held:
      let missing = max(0, minus(amount, holds[claim] ?? 0))
      holds[claim] = plus(holds[claim] ?? 0, missing)
      // Once it is known how much was held in all, that is part of it.
      guard !isAligned else { return broughtForward = max(0, minus(broughtForward, missing)) }
      held = plus(held, missing)
    case .spent:
      spent[day] = max(spent[day] ?? 0, amount)
      if movement.to == .overdraft { drawn[day] = max(drawn[day] ?? 0, amount) }
    case .room, .overdraft: break
    }
  }
}
