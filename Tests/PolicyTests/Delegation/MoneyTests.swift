// Owns what is promised about amounts: each text is one amount or one finding, and no conversion traps.
import Events
import Testing

@testable import Policy

@Suite struct MoneyTests {
  /// As an author writes it, and what it is: minor units, or the beginning of what is said about it.
  private static let table: [(text: String, minor: Int64?, said: String)] = [
    ("150 EUR", 15_000, ""), ("150.50 EUR", 15_050, ""), ("150.5 EUR", 15_050, ""), ("0.01 EUR", 1, ""),
    ("1500 JPY", 1_500, ""), ("1.250 KWD", 1_250, ""), ("0.001 BHD", 1, ""), ("12 TND", 12_000, ""),
    ("0 EUR", 0, ""), ("0.00 EUR", 0, ""), ("-1 EUR", -100, ""), ("-0.05 CHF", -5, ""),
    ("10000000000000 EUR", 1_000_000_000_000_000, ""),
    ("10000000000000.01 EUR", nil, "\"10000000000000.01 EUR\" is too large"),
    ("1000000000000001 JPY", nil, "\"1000000000000001 JPY\" is too large"),
    ("99999999999999999999 EUR", nil, "\"99999999999999999999 EUR\" is too large"),
    ("9223372036854775808 KRW", nil, "\"9223372036854775808 KRW\" is too large"),
    ("1.001 EUR", nil, "\"1.001 EUR\" has too many decimals: EUR has at most 2"),
    ("1.5 JPY", nil, "\"1.5 JPY\" has too many decimals: JPY has none"),
    ("1.2345 KWD", nil, "\"1.2345 KWD\" has too many decimals: KWD has at most 3"),
    ("150", nil, "\"150\" has no currency; allowed: such as 150 EUR"),
    ("150 eur", nil, "unknown currency \"eur\" (did you mean \"EUR\"?)"),
    ("150 €", nil, "unknown currency \"€\""), ("150 XAU", nil, "unknown currency \"XAU\""),
    ("150 DEM", nil, "unknown currency \"DEM\""), ("EUR 150", nil, "\"EUR 150\" is not an amount"),
    ("150EUR", nil, "\"150EUR\" is not an amount"), ("1,500 EUR", nil, "\"1,500 EUR\" is not an amount"),
    ("1'500 CHF", nil, "\"1'500 CHF\" is not an amount"),
    ("1 500 EUR", nil, "\"1 500 EUR\" is not an amount"),
    ("+5 EUR", nil, "\"+5 EUR\" is not an amount"), ("007 EUR", nil, "\"007 EUR\" is not an amount"),
    (".5 EUR", nil, "\".5 EUR\" is not an amount"), ("5. EUR", nil, "\"5. EUR\" is not an amount"),
    ("1e3 EUR", nil, "\"1e3 EUR\" is not an amount"), ("1_000 EUR", nil, "\"1_000 EUR\" is not an amount"),
    ("٣ EUR", nil, "\"٣ EUR\" is not an amount"), ("5  EUR", nil, "\"5  EUR\" is not an amount"),
    ("- EUR", nil, "\"- EUR\" is not an amount"), ("--5 EUR", nil, "\"--5 EUR\" is not an amount"),
  ]

  @Test(arguments: table.indices) func anAmountIsReadToTheMinorUnitOrRefusedWithTheReason(_ row: Int) {
    let row = Self.table[row]
    switch MoneyText.parse(row.text) {
    case .success(let money): #expect(money.minor == row.minor, "\(row.text)")
    case .failure(let mistake):
      #expect(row.minor == nil && mistake.message.hasPrefix(row.said), "\(row.text): \(mistake.message)")
    }
  }

  @Test(arguments: UInt64(1)...200) func whatIsWrittenIsReadAgain(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let currency = random.pick(Currency.codes)
    let minor =
      Int64.random(in: -MoneyText.largest...MoneyText.largest, using: &random)
      >> Int64.random(in: 0...50, using: &random)
    #expect(
      try MoneyText.parse(Currency.text(minor, currency)).get() == .init(minor: minor, currency: currency))
  }

  @Test func theSmallestNumberOfMinorUnitsIsWrittenWithoutATrap() {
    #expect(Currency.text(.min, "EUR") == "-92233720368547758.08 EUR")
    #expect(Currency.text(.max, "XYZ") == "9223372036854775807 XYZ")
  }
}

@Suite struct ConversionTests {
  private static let rates = """
    [
      { from: CHF, to: EUR, rate: 1.0432, since: 2026-01-01 }, { from: CHF, to: EUR, rate: "1.05", since: 2026-07-01 },
      { from: EUR, to: CHF, rate: 0.9586, since: 2026-01-01 }, { from: EUR, to: JPY, rate: 171.25, since: 2026-01-01 },
      { from: JPY, to: EUR, rate: 0.005839416, since: 2026-01-01 }, { from: EUR, to: KWD, rate: 0.3587, since: 2026-01-01 },
      { from: JPY, to: KWD, rate: 0.0021, since: 2026-01-01 }, { from: KWD, to: JPY, rate: 477.5, since: 2026-01-01 },
      { from: USD, to: EUR, rate: 999999999.999999999, since: 2026-01-01 },
      { from: EUR, to: USD, rate: 0.000000001, since: 2026-01-01 }
    ]
    """

  private static func text(_ conversion: Conversion) -> String {
    switch conversion {
    case .amount(let money): "\(money.minor) \(money.currency.string)"
    case .noRate: "no rate"
    case .overflow: "overflow"
    }
  }

  private static let march: Int64 = 1_772_323_200_000
  private static let august: Int64 = 1_785_542_400_000
  private static let before: Int64 = 1_767_225_599_999

  private static let table: [(minor: Int64, from: String, to: String, at: Int64, expected: String)] = [
    (100, "EUR", "EUR", before, "100 EUR"), (.min, "EUR", "EUR", march, "\(Int64.min) EUR"),
    (10_000, "CHF", "EUR", march, "10432 EUR"), (10_000, "CHF", "EUR", august, "10500 EUR"),
    (10_000, "CHF", "EUR", before, "no rate"), (1, "CHF", "EUR", march, "2 EUR"),
    (0, "CHF", "EUR", march, "0 EUR"),
    (-1, "CHF", "EUR", march, "-2 EUR"), (-10_000, "CHF", "EUR", march, "-10432 EUR"),
    (1, "EUR", "CHF", march, "1 CHF"), (100, "EUR", "JPY", march, "172 JPY"),
    (400, "EUR", "JPY", march, "685 JPY"),
    (1_000, "JPY", "EUR", march, "584 EUR"), (1, "JPY", "EUR", march, "1 EUR"),
    (100, "EUR", "KWD", march, "359 KWD"), (10_000, "EUR", "KWD", march, "35870 KWD"),
    (1_000, "JPY", "KWD", march, "2100 KWD"), (1_000, "KWD", "JPY", march, "478 JPY"),
    (100, "GBP", "EUR", march, "no rate"), (100, "EUR", "GBP", march, "no rate"),
    (100, "JPY", "CHF", march, "no rate"),
    (100, "", "EUR", march, "no rate"), (100, "EUR", "", march, "no rate"),
    (.max, "USD", "EUR", march, "overflow"), (.min, "USD", "EUR", march, "overflow"),
    (10, "USD", "EUR", march, "10000000000 EUR"), (.max, "EUR", "USD", march, "9223372037 USD"),
    (.max, "EUR", "CHF", march, "8841524434528988089 CHF"), (.max, "CHF", "EUR", march, "overflow"),
    (.max, "EUR", "KWD", march, "overflow"), (.min, "EUR", "CHF", march, "-8841524434528988090 CHF"),
  ]

  @Test(arguments: table.indices) func anAmountIsConvertedExactlyAndRoundedUp(_ row: Int) throws {
    let row = Self.table[row]
    var sample = DelegationSample()
    sample.rates = Self.rates
    let policy = try sample.compiled()
    let found: String = row.from.utf8CString.withUnsafeBytes { from in
      row.to.utf8CString.withUnsafeBytes { to in
        let money = Money(minor: row.minor, currency: ByteSlice(.init(rebasing: from.dropLast())))
        return Self.text(
          policy.delegation.convert(money, to: ByteSlice(.init(rebasing: to.dropLast())), at: row.at))
      }
    }
    #expect(found == row.expected, "\(row.minor) \(row.from) → \(row.to)")
  }

  /// There and back never loses: both ways round up, so whoever converts twice has at least what they had.
  @Test(arguments: UInt64(1)...200) func aConversionNeverPaysLessThanTheExactAmount(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var sample = DelegationSample()
    let billionths = Int64.random(in: 1...2_000_000_000, using: &random)
    let decimals = String(String(1_000_000_000 + billionths % 1_000_000_000).dropFirst())
    let (from, to) = (random.pick(["EUR", "JPY", "KWD"]), random.pick(["CHF", "ISK", "TND"]))
    sample.rates = """
      [{ from: \(from), to: \(to), rate: "\(billionths / 1_000_000_000).\(decimals)", since: 2026-01-01 },
       { from: CHF, to: EUR, rate: 1, since: 2026-01-01 }, { from: EUR, to: CHF, rate: 1, since: 2026-01-01 }]
      """
    if from == "EUR", to == "CHF" {
      sample.rates = """
        [{ from: EUR, to: CHF, rate: "\(billionths / 1_000_000_000).\(decimals)", since: 2026-01-01 },
         { from: CHF, to: EUR, rate: 1, since: 2026-01-01 }]
        """
    }
    let policy = try sample.compiled()
    let minor = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
    let names = Array("\(from)\(to)".utf8)
    names.withUnsafeBytes { names in
      let from = ByteSlice(.init(rebasing: names[..<3]))
      let to = ByteSlice(.init(rebasing: names[3...]))
      guard
        case .amount(let money) = policy.delegation.convert(
          Money(minor: minor, currency: from), to: to, at: Self.march)
      else {
        Issue.record("there is a rate, and the amount is small")
        return
      }
      // minor × rate × 10^(digits of to − digits of from), all times 10^12 to stay whole.
      let scale = (Currency.digits(of: to) ?? 0) - (Currency.digits(of: from) ?? 0)
      let exact = (0..<3 + scale).reduce(Int128(minor) * Int128(billionths)) { product, _ in product * 10 }
      let unit = Int128(1_000_000_000_000)
      let paid = Int128(money.minor) * unit
      #expect(minor >= 0 ? paid >= exact && paid - exact < unit : paid <= exact && exact - paid < unit)
    }
  }
}
