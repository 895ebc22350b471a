// Owns what delegation keeps about one pot of money: what is held, and what was spent on which day.
import Events
import StateBytes

/// Four accounts between which amounts move: room, held, spent and overdraft. Held and spent are kept; room is what the
/// limit of the moment leaves, and what exceeds it is overdrawn, so that always
///
///     room + held + spent in the window − overdrawn = limit
///
/// Held plus everything that was ever spent within the kept days is never more than a record can carry.
public struct BudgetAccount {
  /// A day by the budget's clock.
  public struct Day: Hashable {
    /// Days since 1970.
    public var number: Int32
    public var spent: Int64 = 0
    /// How much of that came out of the overdraft.
    public var drawn: Int64 = 0
    /// How many bookings.
    public var entries: Int32 = 0
    public init(number: Int32) { self.number = number }
  }

  /// Longer than the longest window.
  public static let mostDays = 400

  /// What it counts in; empty before the first booking.
  public var currency = ByteSlice()
  public var held: Int64 = 0
  /// In the order of their numbers.
  public var days: [Day] = []
  public init() {}

  public var isEmpty: Bool { held == 0 && days.isEmpty }

  /// What was spent since a day.
  func spent(from first: Int32) -> Int64 {
    days.reduce(0) { $1.number >= first ? plus($0, $1.spent) : $0 }
  }

  /// Whether so much more can be booked at all, whatever the limit.
  func canCarry(_ amount: Int64) -> Bool {
    let (sum, overflow) = plus(held, spent(from: .min)).addingReportingOverflow(amount)
    return !overflow && sum <= Claim.largestAmount
  }

  /// Moves an amount. What cannot be is left out: an amount that is not above zero, more held than 64 bits hold, more
  /// taken than there is.
  mutating func book(_ movement: Delegation.Movement) {
    let amount = movement.amount
    guard amount > 0 else { return }
    switch movement.from {
    case .held: held = max(0, minus(held, amount))
    case .spent: change(movement.day) { $0.spent = max(0, minus($0.spent, amount)) }
    case .overdraft: change(movement.day) { $0.drawn = plus($0.drawn, amount) }
    case .room: break
    }
    switch movement.to {
    case .held: held = plus(held, amount)
    case .spent: change(movement.day) { $0.spent = plus($0.spent, amount) }
    case .overdraft: change(movement.day) { $0.drawn = max(0, minus($0.drawn, amount)) }
    case .room: break
    }
    if movement.to == .spent || movement.from == .spent {
      change(movement.day) { $0.entries = $0.entries == .max ? .max : $0.entries + 1 }
    }
  }

  private mutating func change(_ number: Int32, _ body: (inout Day) -> Void) {
    var index = days.count
    while index > 0, days[index - 1].number >= number { index -= 1 }
    if index == days.count || days[index].number != number { days.insert(Day(number: number), at: index) }
    body(&days[index])
    // Days beyond the longest window count nowhere any more.
    while let first = days.first, let last = days.last,
      days.count > Self.mostDays || last.number.subtractingReportingOverflow(first.number).overflow
        || last.number - first.number > Int32(Self.mostDays)
    {
      days.removeFirst()
    }
  }
}
