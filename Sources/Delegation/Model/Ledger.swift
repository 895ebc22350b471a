// Owns what the records on `delegations` add up to: the book of somebody who sees nothing else.
import Events
import Policy
import StateBytes

/// Adds up movements, record by record in the order of each case, and finds what does not balance. It knows no state of
/// any task: what it says of a budget follows from the records alone.
public struct Ledger: Sendable {
  /// One pot. Amounts are minor units of `currency`.
  public struct Account: Sendable, Hashable {
    public var currency = ""
    public var root = ""
    public var held: Int64 = 0
    /// By days since 1970 of the budget's clock; what came out of the overdraft is part of what was spent.
    public var spent: [Int32: Int64] = [:]
    public var drawn: [Int32: Int64] = [:]
    /// What is held, by claim.
    public var holds: [String: Int64] = [:]
    /// What was held of it, by claims whose approvals the records do not tell any more; part of `held` until they end.
    public var broughtForward: Int64 = 0
    /// Whether what was brought forward is all that there was: a record that is complete has shown it.
    var isAligned = false
    public init() {}

    /// As a task keeps it.
    func kept(in currency: ByteSlice) -> BudgetAccount {
      var kept = BudgetAccount()
      kept.currency = currency
      kept.held = held
      kept.days = spent.sorted { $0.key < $1.key }.map { number, spent in
        var day = BudgetAccount.Day(number: number)
        day.spent = spent
        return day
      }
      return kept
    }

    /// What was spent in a window that begins at a time. Records say when it begins and not by which clock, and no clock is
    /// 14 hours from UTC or more, with an hour left out at midnight 13: where that leaves two days, both sums.
    func spent(inWindowFrom time: Int64) -> Set<Int64> {
      let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)
      let first = plus(minus(time, 13 * hour), day - 1) / day
      let last = max(first, plus(time, 14 * hour) / day)
      return Set(
        (first...last).map { first in spent.reduce(0) { $1.key >= first ? plus($0, $1.value) : $0 } })
    }
  }

  /// How a pot stands at a moment, by a policy.
  public struct Balance: Sendable, Hashable {
    public var id = ""
    public var currency = ""
    public var limit: Int64 = 0
    public var held: Int64 = 0
    public var spent: Int64 = 0
    public var left: Int64 = 0
    public var overdrawn: Int64 = 0
    public var windowFrom: Int64 = 0
    /// When room returns next and how much; 0 for never.
    public var roomAt: Int64 = 0
    public var roomThen: Int64 = 0
    /// Whether the window begins before the records do: more was spent than they tell.
    public var isPartial = false
    public init() {}
  }

  private struct Course: Sendable {
    var records: Int64 = 0
    var terminal = 0
    var settled = 0
    var latest: Delegation.Answer?
    /// Its first answers are among those that left.
    var isCut = false
    /// What follows a beginning that left comes after a terminal answer: only a referral comes before one.
    var isAnswered: Bool { terminal > 0 || isCut }
  }

  /// What the records of a moment say is held of a budget and was spent in its window.
  private struct Shown: Sendable {
    struct State: Sendable, Hashable {
      var held: Int64
      var spent: Int64
      var windowFrom: Int64
    }
    var states: Set<State> = []
    var id = ""
  }

  /// By their names in records.
  public private(set) var accounts: [String: Account] = [:]
  /// What is wrong, each in a sentence with the record's id.
  public private(set) var faults: [String] = []
  /// Everything that was decided from this time on is among the records.
  public let completeFrom: Int64
  private var courses: [String: Course] = [:]
  private var shown: [String: Shown] = [:]

  /// - Parameter completeFrom: records that were decided before it may have left the topic: what they led to is brought
  ///   forward, as far as later ones show it, and is no fault. Default: nothing is missing.
  public init(completeFrom: Int64 = .min) { self.completeFrom = completeFrom }

  /// How many claims the records tell of, and how many of them have had their terminal answer.
  public var claims: Int { courses.count }
  public var answered: Int { courses.values.reduce(0) { $0 + ($1.isAnswered ? 1 : 0) } }
  /// Claims that have no terminal answer yet.
  public var waiting: [String] { courses.filter { !$0.value.isAnswered }.keys.sorted() }
  /// Claims whose first answers have left.
  public var withoutBeginning: [String] { courses.filter(\.value.isCut).keys.sorted() }

  /// Adds a record after all that were decided before it about the same budgets. Of what was decided at one moment the
  /// records of each claim have an order and those of different claims any: what is held and spent is compared at the last
  /// of the moment with what one of its records shows.
  public mutating func add(_ record: Delegation, isLastOfMoment: Bool = true) {
    let id = record.id.string
    let isCut = beginsBefore(record)
    for movement in record.movements { book(movement, record, id, isCut: isCut) }
    follow(record, id, isCut: isCut)
    for budget in record.budgets {
      compare(budget, record, id)
      let state = Shown.State(held: budget.held, spent: budget.spent, windowFrom: budget.windowFrom)
      shown[budget.id.string, default: Shown()].states.insert(state)
      shown[budget.id.string]?.id = id
    }
    guard isLastOfMoment else { return }
    // What is missing among the records of this time is not known.
    guard record.at >= completeFrom else { return shown.removeAll(keepingCapacity: true) }
    for (budget, shown) in shown.sorted(by: { $0.key < $1.key }) {
      if let fault = difference(budget, shown) { faults.append("\(shown.id): \(budget) shows \(fault)") }
    }
    shown.removeAll(keepingCapacity: true)
  }

  /// Whether the first of the claim's records, which are numbered from 1, has left.
  private func beginsBefore(_ record: Delegation) -> Bool {
    guard completeFrom > .min else { return false }
    if let course = courses[record.claim.string] { return course.isCut }
    let id = record.id.string
    return id.hasPrefix("\(record.claim.string)-d") && !id.hasSuffix("-d1")
  }

  private mutating func difference(_ budget: String, _ shown: Shown) -> String? {
    if completeFrom > .min, accounts[budget]?.isAligned != true {
      // Of several that one moment shows the last is not known: a later one says it.
      guard shown.states.count == 1, let state = shown.states.first else { return nil }
      align(budget, held: state.held)
    }
    let account = accounts[budget] ?? Account()
    func told(_ amounts: some Sequence<Int64>) -> String {
      Set(amounts).sorted().map(String.init).joined(separator: " or ")
    }
    let matching = shown.states.filter { $0.held == account.held }
    guard !matching.isEmpty else {
      return "\(told(shown.states.map(\.held))) held, \(account.held) were booked"
    }
    let isRight = matching.contains { shown in
      let booked = account.spent(inWindowFrom: shown.windowFrom)
      // Of a window that begins before the records only a part is known.
      return booked.contains(shown.spent)
        || isPartial(windowFrom: shown.windowFrom) && booked.contains { $0 < shown.spent }
    }
    guard !isRight else { return nil }
    let booked = told(matching.flatMap { account.spent(inWindowFrom: $0.windowFrom) })
    return "\(told(matching.map(\.spent))) spent, \(booked) were booked"
  }

  /// The first record from which on nothing is missing says what was held before.
  private mutating func align(_ budget: String, held: Int64) {
    var account = accounts[budget] ?? Account()
    account.isAligned = true
    let before = max(0, minus(held, account.held))
    account.held = plus(account.held, before)
    account.broughtForward = plus(account.broughtForward, before)
    accounts[budget] = account
  }

  private func isPartial(windowFrom time: Int64) -> Bool {
    completeFrom > .min && minus(time, 86_400_000) < completeFrom
  }

  /// The order in which to add records that were read from several partitions, those of each in order, by when they were
  /// decided; and which is the last of its moment. Of one task time orders them, since its clock never goes back.
  public static func order(decidedAt times: [Int64]) -> [(place: Int, isLastOfMoment: Bool)] {
    let places = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    return places.enumerated().map { number, place in
      (place, number + 1 == places.count || times[places[number + 1]] != times[place])
    }
  }

  /// How a pot stands by a policy; nil for one whose budget the policy does not have.
  public func balance(of id: String, _ policy: CompiledPolicy, at time: Int64) -> Balance? {
    guard let rules = policy.delegation.budget(ofPot: id) else { return nil }
    let account = accounts[id] ?? Account()
    var pot = LoadedPot(Pot(budget: rules.id, holder: ByteSlice()), policy.delegation)
    pot.account = account.kept(in: rules.limit.currency)
    var balance = Balance()
    balance.id = id
    balance.currency = pot.currency.string
    balance.limit = pot.limit
    balance.held = account.held
    balance.spent = pot.spent(at: time)
    balance.left = pot.room(at: time)
    balance.overdrawn = pot.overdrawn(at: time)
    balance.windowFrom = rules.time(ofDay: rules.windowFirstDay(at: time))
    (balance.roomAt, balance.roomThen) = pot.nextRoom(at: time)
    balance.isPartial = isPartial(windowFrom: balance.windowFrom)
    return balance
  }

  // MARK: Adding up

  private mutating func book(
    _ movement: Delegation.Movement, _ record: Delegation, _ id: String, isCut: Bool
  ) {
    let (budget, claim, amount) = (movement.budget.string, record.claim.string, movement.amount)
    guard amount > 0 else { return faults.append("\(id): a movement of \(amount) on \(budget)") }
    var account = accounts[budget] ?? Account()
    account.root = record.root.string
    if isCut { account.bringForward(movement, for: claim) }
    switch movement.from {
    case .room: break
    case .held:
      account.held = minus(account.held, amount)
      account.holds[claim] = minus(account.holds[claim] ?? 0, amount)
    case .spent: account.spent[movement.day] = minus(account.spent[movement.day] ?? 0, amount)
    case .overdraft: account.drawn[movement.day] = plus(account.drawn[movement.day] ?? 0, amount)
    }
    switch movement.to {
    case .room: break
    case .held:
      account.held = plus(account.held, amount)
      account.holds[claim] = plus(account.holds[claim] ?? 0, amount)
    case .spent: account.spent[movement.day] = plus(account.spent[movement.day] ?? 0, amount)
    case .overdraft: account.drawn[movement.day] = minus(account.drawn[movement.day] ?? 0, amount)
    }
    let held = account.holds[claim] ?? 0
    if held < 0 || (account.spent[movement.day] ?? 0) < 0 || (account.drawn[movement.day] ?? 0) < 0 {
      faults.append("\(id): more leaves an account of \(budget) than was in it")
    }
    if held == 0 { account.holds[claim] = nil }
    accounts[budget] = account
  }

  private mutating func follow(_ record: Delegation, _ id: String, isCut: Bool) {
    let claim = record.claim.string
    // A NO to an act about a claim that nobody knows tells of no claim.
    guard record.answer != .refused || courses[claim] != nil else { return }
    var course = courses[claim] ?? Course()
    course.records = plus(course.records, 1)
    course.isCut = isCut
    if record.answer.isTerminal { course.terminal += 1 }
    if record.answer == .settled { course.settled += 1 }
    if record.answer != .refused { course.latest = record.answer }
    if record.answer.isTerminal, course.terminal > 1 { faults.append("\(id): a second terminal answer") }
    if record.answer == .settled, course.settled > 1 { faults.append("\(id): paid a second time") }
    if record.answer == .approved, Self.isOwn(record) { faults.append("\(id): approved by who asked") }
    if course.latest != .approved {
      for budget in record.budgets where accounts[budget.id.string]?.holds[claim] != nil {
        faults.append("\(id): \(budget.id.string) holds money for what is not approved")
      }
    }
    courses[claim] = course
  }

  private static func isOwn(_ record: Delegation) -> Bool {
    guard !record.decider.id.isEmpty else { return false }
    let (one, other) = (record.requester, record.decider)
    return other.id == one.id || other.id == one.standsInFor || other.standsInFor == one.id
  }

  private mutating func compare(_ budget: Delegation.Budget, _ record: Delegation, _ id: String) {
    let name = budget.id.string
    accounts[name, default: Account()].currency = budget.currency.string
    let sum = minus(plus(plus(budget.left, budget.held), budget.spent), budget.overdrawn)
    if sum != budget.limit || budget.left < 0 {
      faults.append("\(id): \(name) does not balance: \(sum) of \(budget.limit)")
    }
    let moves = record.movements.contains { $0.budget == budget.id }
    if record.answer == .approved, moves, budget.overdrawn > 0 {
      faults.append("\(id): \(name) was approved beyond its limit")
    }
  }
}
