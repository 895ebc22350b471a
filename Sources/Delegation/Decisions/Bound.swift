// Owns the question whether an amount is within a limit, in whatever currencies the two are.
import Events
import Policy

/// One limit that an amount has to be within.
struct Bound {
  enum Kind: Equatable {
    /// What one remedy may cost, and what several together may.
    case grant, split
    case ceiling
    /// Room of the pot with this index in the state.
    case pot(Int)
  }

  enum Verdict {
    /// What the amount comes to in the limit's currency.
    case within(Int64)
    case beyond(Int64)
    case noRate
    case overflow
  }

  var kind: Kind
  var limit: Money
  /// Counts beside the amount, in the claim's currency.
  var before: Int64 = 0
  var at = ByteSlice()

  /// Judges an amount of a currency, by the rates of the moment.
  func judge(_ amount: Int64, _ currency: ByteSlice, _ moment: Moment) -> Verdict {
    let (whole, overflow) = amount.addingReportingOverflow(before)
    if overflow { return .overflow }
    switch moment.rules.convert(Money(minor: whole, currency: currency), to: limit.currency, at: moment.now) {
    case .amount(let money): return money.minor <= limit.minor ? .within(money.minor) : .beyond(money.minor)
    case .noRate: return .noRate
    case .overflow: return .overflow
    }
  }

  func takes(_ amount: Int64, _ currency: ByteSlice, _ moment: Moment) -> Bool {
    if case .within = judge(amount, currency, moment) { return true }
    return false
  }
}

extension [Bound] {
  /// The largest amount below `amount` that is within all of them; 0 for none. Found by halving, so that whatever is said
  /// to pass does, at any rate and rounding.
  func largest(below amount: Int64, _ currency: ByteSlice, _ moment: Moment) -> Int64 {
    var low: Int64 = 0
    var high = amount
    // low passes or is 0, high does not.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if allSatisfy({ $0.takes(middle, currency, moment) }) { low = middle } else { high = middle }
    }
    return low
  }
}
