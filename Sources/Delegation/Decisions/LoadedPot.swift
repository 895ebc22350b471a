// Owns a pot of money at a moment: its account by the rules that its budget has now.
import Events
import Policy
import StateBytes

struct LoadedPot {
  let pot: Pot
  /// Nil for a budget that the policy does not have any more: its limit is 0.
  let rules: BudgetRules?
  var account = BudgetAccount()
  var isChanged = false

  init(_ pot: Pot, _ rules: DelegationRules) {
    self.pot = pot
    self.rules = rules.budget(pot.budget)
  }

  /// What amounts are in: an account keeps its currency.
  var currency: ByteSlice {
    account.isEmpty ? rules?.limit.currency ?? account.currency : account.currency
  }

  /// False where the policy counts in another currency than what is booked.
  var isInCurrency: Bool { account.isEmpty || rules.map { $0.limit.currency == currency } ?? true }

  var limit: Int64 { isInCurrency ? max(0, rules?.limit.minor ?? 0) : 0 }

  /// Of a budget that is gone, the longest window there is: nobody keeps more.
  func firstDay(at now: Int64) -> Int32 {
    if let rules { return rules.windowFirstDay(at: now) }
    return Int32(clamping: Int64(day(at: now)) - Int64(PolicyDocument.Delegation.Budget.longestWindow) + 1)
  }

  /// What was spent in the window.
  func spent(at now: Int64) -> Int64 { account.spent(from: firstDay(at: now)) }

  /// What can be held.
  func room(at now: Int64) -> Int64 { max(0, minus(limit, plus(account.held, spent(at: now)))) }

  func overdrawn(at now: Int64) -> Int64 { max(0, minus(plus(account.held, spent(at: now)), limit)) }

  /// When there is room for an amount if nothing else happens; nil for never.
  func time(ofRoomFor amount: Int64, from now: Int64) -> Int64? {
    guard let rules, isInCurrency else { return nil }
    if room(at: now) >= amount { return now }
    guard plus(account.held, amount) <= limit else { return nil }
    var spent = spent(at: now)
    for day in account.days where day.number >= firstDay(at: now) {
      spent = minus(spent, day.spent)
      // Days that leave together are all subtracted before the last of them is looked at: later ones only give more room.
      if plus(plus(account.held, spent), amount) <= limit { return rules.leavesWindow(day: day.number) }
    }
    return nil
  }

  /// When room returns next, and how much; zeros for never. What leaves the window pays back what is overdrawn first.
  func nextRoom(at now: Int64) -> (at: Int64, amount: Int64) {
    guard let rules else { return (0, 0) }
    var at: Int64 = 0
    var room = minus(0, overdrawn(at: now))
    for day in account.days where day.number >= firstDay(at: now) && day.spent > 0 {
      let leaves = rules.leavesWindow(day: day.number)
      if room > 0 && leaves != at { break }
      at = leaves
      room = plus(room, day.spent)
    }
    return room > 0 ? (at, room) : (0, 0)
  }

  /// Books a movement and says so.
  mutating func book(
    _ from: Delegation.Movement.Account, _ to: Delegation.Movement.Account, _ amount: Int64, day: Int32,
    _ moment: Moment, into movements: inout [Delegation.Movement]
  ) {
    guard amount > 0 else { return }
    var movement = Delegation.Movement()
    movement.budget = pot.id(moment)
    movement.from = from
    movement.to = to
    movement.amount = amount
    movement.day = day
    account.currency = currency
    account.book(movement)
    isChanged = true
    movements.append(movement)
  }

  func day(at now: Int64) -> Int32 { rules?.day(at: now) ?? Int32(clamping: now / 86_400_000) }

  /// As records show it.
  func shown(_ moment: Moment) -> Delegation.Budget {
    var shown = Delegation.Budget()
    let now = moment.now
    shown.id = pot.id(moment)
    shown.currency = currency
    shown.limit = limit
    shown.held = account.held
    shown.spent = spent(at: now)
    shown.left = room(at: now)
    shown.overdrawn = overdrawn(at: now)
    let first = firstDay(at: now)
    shown.windowFrom = rules?.time(ofDay: first) ?? max(0, Int64(first) * 86_400_000)
    (shown.roomAt, shown.roomThen) = nextRoom(at: now)
    return shown
  }
}

extension Pot {
  /// `repairs-lyon-1`, `vouchers/receptionist-2`.
  func id(_ moment: Moment) -> ByteSlice {
    if holder.isEmpty { return budget }
    return moment.texts.make {
      $0.add(budget)
      $0.add("/")
      $0.add(holder)
    }
  }

  /// That of a budget for who asks, or who says yes.
  init(
    _ budget: BudgetRules, person: ByteSlice, role: ByteSlice, team: ByteSlice, site: ByteSlice,
    cause: ByteSlice
  ) {
    self.init(budget: budget.id, holder: ByteSlice())
    switch budget.per {
    case .person: holder = person
    case .role: holder = role
    case .team: holder = team
    case .site: holder = site
    case .cause: holder = cause
    case nil: break
    }
  }
}
