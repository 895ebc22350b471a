// Owns what delegation and casework ask a compiled policy about remedies: actions, grants, approvers, budgets, limits, rates.
import Events

/// The delegation side of a compiled policy. Shared by all threads; slices borrow from the policy.
///
/// `@unchecked`: everything is written once, in `init`, and the slices stand in the arena that it holds, which nobody
/// writes any more.
public final class DelegationRules: @unchecked Sendable {
  /// False where the policy has no delegation.yaml: nobody may say yes.
  public let isOn: Bool
  /// In the policy's order: the first grant that holds decides, approvers are asked one after the other.
  public let grants: [GrantRules]
  public let approvers: [ApproverRules]
  public let limits: [LimitRules]
  public let split: PolicyDocument.Delegation.Split
  public let keys: [KeyRules]
  private let actions: [ActionRules]
  private let budgets: [BudgetRules]
  private let rates: [RateRules]
  private let actionsByName: SymbolTable
  private let budgetsByID: SymbolTable
  /// What the slices stand in: it stays while this does.
  private let arena: Arena

  /// `arena` is the one of the policy that will own this.
  init(_ document: PolicyDocument, _ arena: Arena) {
    self.arena = arena
    let rules = document.delegation ?? PolicyDocument.Delegation()
    isOn = document.delegation != nil
    split = rules.split
    actions = rules.actions.map { ActionRules($0, arena) }
    grants = rules.grants.enumerated().map { GrantRules($1, number: $0, arena) }
    approvers = rules.approvers.enumerated().map { ApproverRules($1, number: $0, arena) }
    let clocks = rules.zones.mapValues(LocalClock.init)
    budgets = rules.budgets.map { BudgetRules($0, clocks[$0.zone] ?? LocalClock([]), arena) }
    limits = rules.limits.map { LimitRules($0, arena) }
    rates = rules.rates.map { RateRules($0, arena) }
    keys = rules.keys.map { KeyRules($0, arena) }
    var names = SymbolTable.Builder()
    for action in rules.actions { _ = names.symbol(action.id) }
    actionsByName = names.build(arena)
    var ids = SymbolTable.Builder()
    for budget in rules.budgets { _ = ids.symbol(budget.id) }
    budgetsByID = ids.build(arena)
  }

  /// Nil for something that nobody can ask for.
  public func action(_ id: ByteSlice) -> ActionRules? {
    let symbol = actionsByName.find(id)
    return symbol == SymbolTable.unknown ? nil : actions[Int(symbol) - 1]
  }

  /// Nil for a budget that the policy does not have (any more).
  public func budget(_ id: ByteSlice) -> BudgetRules? {
    let symbol = budgetsByID.find(id)
    return symbol == SymbolTable.unknown ? nil : budgets[Int(symbol) - 1]
  }

  /// The budget of a pot as records name it: all of the name, or what stands before a slash and the pot's holder.
  public func budget(ofPot name: String) -> BudgetRules? {
    var name = name[...]
    while true {
      let found = Array(name.utf8).withUnsafeBytes { budget(ByteSlice($0)) }
      if let found { return found }
      guard let slash = name.lastIndex(of: "/") else { return nil }
      name = name[..<slash]
    }
  }

  /// The rate in force at a moment; nil when the policy states none. The latest of those that have begun counts.
  func rate(from: ByteSlice, to: ByteSlice, at time: Int64) -> RateRules? {
    rates.last { $0.from == from && $0.to == to && $0.since <= time }
  }
}

/// An amount with its currency, in minor units.
public struct Money {
  public var minor: Int64
  public var currency: ByteSlice
  public init(minor: Int64, currency: ByteSlice) {
    self.minor = minor
    self.currency = currency
  }

  init(_ money: PolicyDocument.Money, _ arena: Arena) {
    self.init(minor: money.minor, currency: arena.text(money.currency).slice)
  }
}

public struct ActionRules {
  public let id: ByteSlice
  public let name: ByteSlice
  /// `delegation.yaml:12`.
  public let at: ByteSlice
  public let needs: [ByteSlice]
  /// Templates of budget ids.
  public let from: [ByteSlice]
  public let closesCase: Bool
  public let isSigned: Bool
  public let validFor: Int64
  public let referFor: Int64
  public let ceiling: Money?

  init(_ action: PolicyDocument.Delegation.Action, _ arena: Arena) {
    id = arena.text(action.id).slice
    name = arena.text(action.name).slice
    at = arena.text(action.at.text).slice
    needs = action.needs.map { arena.text($0).slice }
    from = action.from.map { arena.text($0).slice }
    closesCase = action.closesCase
    isSigned = action.signed
    validFor = action.validFor
    referFor = action.referFor
    ceiling = action.ceiling.map { Money($0, arena) }
  }
}

public struct GrantRules {
  /// `delegation.grants[0]`.
  public let path: ByteSlice
  public let at: ByteSlice
  public let role: ByteSlice
  public let actions: [ByteSlice]
  public let sites: [ByteSlice]
  public let teams: [ByteSlice]
  public let priorities: [Priority]
  public let journeys: [ByteSlice]
  public let segments: [ByteSlice]
  public let states: [ByteSlice]
  public let upTo: Money
  public let from: [ByteSlice]
  public let needs: [ByteSlice]

  init(_ grant: PolicyDocument.Delegation.Grant, number: Int, _ arena: Arena) {
    func texts(_ list: [String]) -> [ByteSlice] { list.map { arena.text($0).slice } }
    path = arena.text("delegation.grants[\(number)]").slice
    at = arena.text(grant.at.text).slice
    role = arena.text(grant.role).slice
    actions = texts(grant.actions)
    sites = texts(grant.sites)
    teams = texts(grant.teams)
    priorities = grant.priorities.compactMap(Priority.init(rawValue:))
    journeys = texts(grant.journeys)
    segments = texts(grant.segments)
    states = texts(grant.states)
    upTo = Money(grant.upTo, arena)
    from = texts(grant.from)
    needs = texts(grant.needs)
  }
}

public struct ApproverRules {
  /// `delegation.beyond[0]`.
  public let path: ByteSlice
  public let at: ByteSlice
  public let role: ByteSlice
  /// Empty for any; `owner` for the case's.
  public let team: ByteSlice
  public let actions: [ByteSlice]
  /// Nil for any amount.
  public let upTo: Money?
  public let from: [ByteSlice]

  init(_ approver: PolicyDocument.Delegation.Approver, number: Int, _ arena: Arena) {
    path = arena.text("delegation.beyond[\(number)]").slice
    at = arena.text(approver.at.text).slice
    role = arena.text(approver.role).slice
    team = arena.text(approver.team ?? "").slice
    actions = approver.actions.map { arena.text($0).slice }
    upTo = approver.upTo.map { Money($0, arena) }
    from = approver.from.map { arena.text($0).slice }
  }
}

public struct BudgetRules {
  public let id: ByteSlice
  public let at: ByteSlice
  public let root: ByteSlice
  public let limit: Money
  public let overdraft: Int64
  public let window: PolicyDocument.Delegation.Budget.Window
  public let per: PolicyDocument.Delegation.Budget.Holder?
  let clock: LocalClock

  init(_ budget: PolicyDocument.Delegation.Budget, _ clock: LocalClock, _ arena: Arena) {
    id = arena.text(budget.id).slice
    at = arena.text(budget.at.text).slice
    root = arena.text(budget.root).slice
    limit = Money(budget.limit, arena)
    overdraft = budget.overdraft
    window = budget.window
    per = budget.per
    self.clock = clock
  }
}

public struct LimitRules {
  public let at: ByteSlice
  public let scope: PolicyDocument.Delegation.Limit.Scope
  public let actions: [ByteSlice]
  public let upTo: Money
  public let within: Int64

  init(_ limit: PolicyDocument.Delegation.Limit, _ arena: Arena) {
    at = arena.text(limit.at.text).slice
    scope = limit.scope
    actions = limit.actions.map { arena.text($0).slice }
    upTo = Money(limit.upTo, arena)
    within = limit.within
  }

  /// Whether it counts what is given by an action.
  public func takes(_ action: ByteSlice) -> Bool { actions.isEmpty || actions.contains(action) }
}

struct RateRules {
  let at: ByteSlice
  let from: ByteSlice
  let to: ByteSlice
  let billionths: Int64
  let divisor: Int64
  let since: Int64

  init(_ rate: PolicyDocument.Delegation.Rate, _ arena: Arena) {
    at = arena.text(rate.at.text).slice
    from = arena.text(rate.from).slice
    to = arena.text(rate.to).slice
    billionths = rate.billionths
    // A rate that no checked policy has is none.
    divisor = rate.billionths > 0 ? Self.divisor(from: rate.from, to: rate.to) : 0
    since = rate.since
  }
}

public struct KeyRules {
  public let id: ByteSlice
  /// Empty for a key of ours.
  public let person: ByteSlice
  /// 32 bytes, base64url.
  public let publicKey: ByteSlice
  public let from: Int64
  public let until: Int64

  init(_ key: PolicyDocument.Delegation.Key, _ arena: Arena) {
    id = arena.text(key.id).slice
    person = arena.text(key.person ?? "").slice
    publicKey = arena.text(key.publicKey).slice
    from = key.from
    until = key.until
  }

  /// Whether what it signed at a moment counts.
  public func counts(at time: Int64) -> Bool {
    PolicyDocument.Delegation.Key.counts(at: time, from: from, until: until)
  }
}
