// Owns amounts as an author writes them: `150 EUR`, `150.50 EUR`, `1500 JPY`, `1.250 KWD`.

enum MoneyText {
  /// What is wrong with a text, for a finding.
  struct Mistake: Error, Hashable {
    var message: String
  }

  /// Minor units beyond which no amount has a meaning; thousands of such amounts add up in 64 bits.
  static let largest: Int64 = 1_000_000_000_000_000

  /// A number without separators, a space, and a code of ISO 4217; at most as many decimals as the currency has.
  static func parse(_ text: String) -> Result<PolicyDocument.Money, Mistake> {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let number = DecimalText(words[0]) else { return mistake(notAnAmount(text)) }
    guard words.count > 1 else { return mistake("\"\(text)\" has no currency; allowed: such as \(text) EUR") }
    guard words.count == 2, !words[1].isEmpty else { return mistake(notAnAmount(text)) }
    let currency = words[1]
    if let unknown = unknownCurrency(currency) { return mistake(unknown) }
    let digits = Currency.digits(of: currency) ?? 0
    guard number.decimals.count <= digits else {
      let allowed = digits == 0 ? "none" : "at most \(digits)"
      return mistake("\"\(text)\" has too many decimals: \(currency) has \(allowed)")
    }
    guard let minor = number.scaled(by: digits), minor.magnitude <= largest else {
      return mistake("\"\(text)\" is too large; allowed: at most \(Currency.text(largest, currency))")
    }
    return .success(.init(minor: minor, currency: currency))
  }

  /// What is wrong with a currency's code; nil when nothing is.
  static func unknownCurrency(_ code: String) -> String? {
    guard Currency.digits(of: code) == nil else { return nil }
    return "unknown currency \"\(code)\"\(Suggestion.didYouMean(code, among: Currency.codes))"
      + "; allowed: a code of ISO 4217 in capital letters, such as EUR"
  }

  private static func notAnAmount(_ text: String) -> String {
    "\"\(text)\" is not an amount; allowed: a number without separators and a currency, such as 1500 EUR or 150.50 EUR"
  }

  private static func mistake(_ message: String) -> Result<PolicyDocument.Money, Mistake> {
    .failure(Mistake(message: message))
  }
}

/// A plain decimal number: `-12`, `0.5`. No exponent, no separators, no leading zero, digits on both sides of the point.
struct DecimalText {
  var isNegative: Bool
  var whole: [UInt8]
  var decimals: [UInt8]

  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    whole = Array(bytes.prefix(while: isDigit))
    bytes = bytes.dropFirst(whole.count)
    guard !whole.isEmpty, whole.count == 1 || whole[0] != UInt8(ascii: "0") else { return nil }
    decimals = []
    guard !bytes.isEmpty else { return }
    guard bytes.removeFirst() == UInt8(ascii: "."), !bytes.isEmpty, bytes.allSatisfy(isDigit) else {
      return nil
    }
    decimals = Array(bytes)
  }

  /// The number with so many digits after the point, without the point; nil when 64 bits do not hold it. `digits` is
  /// not below the count of decimals.
  func scaled(by digits: Int) -> Int64? {
    var value: Int64 = 0
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digits - decimals.count))
    for digit in whole + decimals + zeros {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(Int64(digit) - 48)
      if overflows || carries { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }
}

extension Cursor {
  /// An amount with its currency.
  package func money(_ findings: Findings) -> Located<PolicyDocument.Money>? {
    guard let text = text(findings) else { return nil }
    switch MoneyText.parse(text.value) {
    case .success(let money): return Located(money, at: place)
    case .failure(let mistake):
      findings.error(place, mistake.message)
      return nil
    }
  }

  /// A currency by itself.
  func currency(_ findings: Findings) -> Located<String>? {
    guard let text = text(findings) else { return nil }
    guard let unknown = MoneyText.unknownCurrency(text.value) else { return text }
    findings.error(place, unknown)
    return nil
  }

  /// What one unit of a currency is in another, in billionths.
  func rate(_ findings: Findings) -> Located<Int64>? {
    guard let text = text(findings) else { return nil }
    let number = DecimalText(text.value)
    guard let number, !number.isNegative, number.whole.count <= 9, number.decimals.count <= 9,
      let billionths = number.scaled(by: 9), billionths > 0
    else {
      findings.error(
        place,
        "\"\(text.value)\" is not a rate; allowed: a number above zero with at most nine digits before and after the point, such as 1.0432"
      )
      return nil
    }
    return Located(billionths, at: place)
  }
}
