// Owns what an amount is in another currency: at a stated rate, rounded up, in whole numbers only.
import Events

/// What an amount comes to in another currency.
public enum Conversion {
  case amount(Money)
  /// The policy states no rate from the one to the other that has begun.
  case noRate
  /// No amount that can be booked: more minor units than 64 bits hold.
  case overflow
}

extension DelegationRules {
  /// `money` in `currency`, at the rate in force at `time`, in milliseconds; the same amount where it has that currency
  /// already. Rounded up to the minor unit, so that a budget never pays less than what was promised; an amount below
  /// zero is the negative of what its opposite comes to. Rates count in the direction in which the policy states them.
  public func convert(_ money: Money, to currency: ByteSlice, at time: Int64) -> Conversion {
    if money.currency == currency { return .amount(money) }
    guard let rate = rate(from: money.currency, to: currency, at: time), rate.divisor > 0 else {
      return .noRate
    }
    guard let minor = RateRules.converted(money.minor, billionths: rate.billionths, divisor: rate.divisor)
    else {
      return .overflow
    }
    return .amount(Money(minor: minor, currency: currency))
  }
}

extension RateRules {
  /// Away from zero to the next minor unit; nil when 64 bits do not hold it. `divisor` is above zero.
  static func converted(_ minor: Int64, billionths: Int64, divisor: Int64) -> Int64? {
    // 2^63 × 2^63 at most: the product fits in 128 bits.
    let product = Int128(minor.magnitude) * Int128(billionths.magnitude)
    let (whole, rest) = product.quotientAndRemainder(dividingBy: Int128(divisor))
    let magnitude = whole + (rest == 0 ? 0 : 1)
    return Int64(exactly: minor < 0 ? -magnitude : magnitude)
  }

  /// Billionths, times the minor units of one major unit of `from`, for each minor unit of one of `to`; 0 for a currency
  /// that is none.
  static func divisor(from: String, to: String) -> Int64 {
    guard let from = Currency.digits(of: from), let to = Currency.digits(of: to) else { return 0 }
    // 10^6 … 10^12.
    return (0..<9 + from - to).reduce(1) { product, _ in product * 10 }
  }
}
