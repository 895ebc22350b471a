// Owns the personal data that people write into free text: made up, yet valid by its checksums.

/// E-mail addresses of reserved domains, telephone numbers of ranges kept free for fiction, card numbers with a
/// valid Luhn digit, and IBANs with valid check digits. None belongs to anybody.
enum PersonalData {
  enum Kind: Sendable, CaseIterable { case email, phone, card, iban }

  /// A sentence that gives it away, as people do.
  static func sentence(_ kind: Kind, _ tongue: Tongue, _ chance: inout Chance) -> String {
    switch (kind, tongue) {
    case (.email, .french): "Vous pouvez m'écrire à \(email(&chance))."
    case (.email, .english): "You can write to me at \(email(&chance))."
    case (.phone, .french): "Rappelez-moi au \(frenchPhone(&chance))."
    case (.phone, .english): "Call me on \(britishPhone(&chance))."
    case (.card, .french): "La carte débitée est la \(grouped(card(&chance)))."
    case (.card, .english): "The card you charged is \(grouped(card(&chance)))."
    case (.iban, .french): "Remboursez sur \(grouped(frenchIBAN(&chance)))."
    case (.iban, .english): "Refund it to \(grouped(germanIBAN(&chance)))."
    }
  }

  static func email(_ chance: inout Chance) -> String {
    let first = chance.pick([
      "camille", "lucas", "ines", "hugo", "emma", "oliver", "amelia", "noah", "sofia", "marc", "yasmine",
      "jan",
    ])
    let last = chance.pick([
      "martin", "bernard", "petit", "moreau", "smith", "taylor", "rossi", "meyer", "dubois", "nguyen",
      "garcia",
    ])
    return "\(first).\(last)@example.\(chance.pick(["com", "org", "net"]))"
  }

  /// 06 39 98 is kept free for fiction by the French regulator.
  static func frenchPhone(_ chance: inout Chance) -> String {
    let digits = chance.digits(4)
    return "06 39 98 \(digits[0])\(digits[1]) \(digits[2])\(digits[3])"
  }

  /// 07700 900000 to 900999 are kept free for fiction by the British one.
  static func britishPhone(_ chance: inout Chance) -> String {
    "+44 7700 900" + text(chance.digits(3))
  }

  /// Sixteen digits that begin as a French bank's Visa and end with the right Luhn digit.
  static func card(_ chance: inout Chance) -> String {
    let digits = [4, 9, 7, 0] + chance.digits(11)
    return text(digits + [luhnDigit(of: digits)])
  }

  static func frenchIBAN(_ chance: inout Chance) -> String { iban("FR", chance.digits(23)) }
  static func germanIBAN(_ chance: inout Chance) -> String { iban("DE", chance.digits(18)) }

  /// ISO/IEC 7812-1, annex B: every second digit from the right of the payload is doubled.
  static func luhnDigit(of payload: [Int]) -> Int {
    var sum = 0
    for (index, digit) in payload.reversed().enumerated() {
      let doubled = index % 2 == 0 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return (10 - sum % 10) % 10
  }

  /// ISO 13616: 98 minus the remainder by 97 of the account, the country (A is 10 … Z is 35) and `00`.
  private static func iban(_ country: String, _ account: [Int]) -> String {
    let letters = country.utf8.flatMap { [Int($0 - 55) / 10, Int($0 - 55) % 10] }
    let remainder = (account + letters + [0, 0]).reduce(0) { ($0 * 10 + $1) % 97 }
    let check = 98 - remainder
    return country + WeekTime.twoDigits(check) + text(account)
  }

  private static func text(_ digits: [Int]) -> String {
    String(decoding: digits.map { UInt8(ascii: "0") + UInt8($0) }, as: UTF8.self)
  }

  /// In groups of four, as people write them.
  private static func grouped(_ text: String) -> String {
    var result = ""
    for (index, character) in text.enumerated() {
      if index > 0 && index % 4 == 0 { result.append(" ") }
      result.append(character)
    }
    return result
  }
}
