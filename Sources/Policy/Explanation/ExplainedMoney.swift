// Owns amounts, rates and times as explanations tell them.
import Events

/// An amount in minor units, as scripts read it.
public struct ExplainedMoney: Sendable, Hashable, Encodable {
  public var minor: Int64
  public var currency: String

  public init(_ money: Money) {
    minor = money.minor
    currency = money.currency.string
  }

  /// `150 EUR`.
  public var text: String { Currency.text(minor, currency) }
}

/// A moment, which scripts read as `2026-03-02T09:30:00.000Z`.
public struct ExplainedTime: Sendable, Hashable, Encodable {
  /// Since 1970.
  public let milliseconds: Int64

  /// Nil for 0, which stands for never, and for the end of time.
  public init?(_ milliseconds: Int64) {
    guard milliseconds > 0, milliseconds < .max else { return nil }
    self.milliseconds = milliseconds
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(RFC3339.string(milliseconds))
  }
}

/// What one unit of a currency is in another, from a day on.
public struct ExplainedRate: Sendable, Hashable, Encodable {
  public var from: String
  public var to: String
  /// `1.0432`
  public var rate: String
  /// `2026-01-01`
  public var since: String
  /// `delegation.yaml:141`
  public var at: String
}

extension DelegationRules {
  /// The rate by which `convert` counts at a moment, in milliseconds; nil where it needs none or has none.
  public func explainRate(from: ByteSlice, to: ByteSlice, at time: Int64) -> ExplainedRate? {
    guard from != to, let rate = rate(from: from, to: to, at: time) else { return nil }
    return ExplainedRate(
      from: from.string, to: to.string, rate: Self.decimal(billionths: rate.billionths),
      since: String(RFC3339.string(rate.since).prefix(10)), at: rate.at.string)
  }

  private static func decimal(billionths: Int64) -> String {
    let unit: Int64 = 1_000_000_000
    var digits = String(String(unit + billionths % unit).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(billionths / unit)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}
