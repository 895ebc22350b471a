// Owns how many digits a currency's minor unit has.
import Events

/// Source: ISO 4217:2015, list one, without funds, metals and codes for testing. Amounts are integers of minor units:
/// cents for EUR, yen for JPY, fils for KWD.
public enum Currency {
  /// Digits after the point: 0, 2 or 3. Nil for a code that is no currency in use.
  public static func digits(of code: String) -> Int? { byCode[code] }

  /// As `digits(of:)`, of a code's bytes.
  public static func digits(of code: ByteSlice) -> Int? { byCode[code.string] }

  /// An amount for a person, as a policy writes it: `150 EUR`, `150.50 EUR`, `1500 JPY`.
  public static func text(_ minor: Int64, _ code: String) -> String {
    let digits = digits(of: code) ?? 0
    let unit = (0..<digits).reduce(UInt64(1)) { product, _ in product * 10 }
    let decimals = minor.magnitude % unit
    // The unit's own digits behind a one: zeros that begin it stay.
    let point = decimals == 0 ? "" : "." + String(unit + decimals).dropFirst()
    return "\(minor < 0 ? "-" : "")\(minor.magnitude / unit)\(point) \(code)"
  }

  /// All of them, sorted.
  static let codes: [String] = byCode.keys.sorted()

  private static let byCode: [String: Int] = {
    var digits: [String: Int] = [:]
    for (number, codes) in [(0, none), (2, two), (3, three)] {
      for code in codes.split(separator: " ") { digits[String(code)] = number }
    }
    return digits
  }()

  private static let none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
  private static let two = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP \
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES \
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK \
    NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB \
    TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """
  private static let three = "BHD IQD JOD KWD LYD OMR TND"
}
