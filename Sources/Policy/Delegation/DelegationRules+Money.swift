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
    // 2^63 × 2^63 at most: the product fits in 128 bits.
    let product = Int128(money.minor.magnitude) * Int128(rate.billionths.magnitude)
    let (whole, rest) = product.quotientAndRemainder(dividingBy: Int128(rate.divisor))
    let magnitude = whole + (rest == 0 ? 0 : 1)
    guard let minor = Int64(exactly: money.minor < 0 ? -magnitude : magnitude) else { return .overflow }
    return .amount(Money(minor: minor, currency: currency))
  }
}

extension RateRules {
  /// Billionths, times the minor units of one major unit of `from`, for each minor unit of one of `to`; 0 for a rate
  /// that no checked policy has.
  static func divisor(_ rate: PolicyDocument.Delegation.Rate) -> Int64 {
    guard let from = Currency.digits(of: rate.from), let to = Currency.digits(of: rate.to),
      rate.billionths > 0
    else {
      return 0
    }
    // 10^6 … 10^12.
    return (0..<9 + from - to).reduce(1) { product, _ in product * 10 }
  }
}
