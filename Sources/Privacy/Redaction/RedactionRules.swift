// Owns which kinds of personal data are taken out of free text, and how many of each were.

/// What the redactor takes out. Everything by default; a policy may switch a kind off.
public struct RedactionRules: Codable, Sendable, Hashable {
  /// E-mail addresses, internationalised ones included. Default true.
  public var emails: Bool
  /// Telephone numbers: international, and the national forms that cannot be mistaken for an amount, a
  /// date or an order number. Default true.
  public var phones: Bool
  /// Payment card numbers: 13–19 digits with a card issuer's first digits and a valid Luhn checksum
  /// (ISO/IEC 7812-1). Default true.
  public var cards: Bool
  /// International bank account numbers with their country's length and a valid checksum (ISO 13616).
  /// Default true.
  public var ibans: Bool

  public init(emails: Bool = true, phones: Bool = true, cards: Bool = true, ibans: Bool = true) {
    self.emails = emails
    self.phones = phones
    self.cards = cards
    self.ibans = ibans
  }
}

/// How many passages of each kind were replaced.
public struct RedactionCounts: Sendable, Hashable {
  public var emails = 0
  public var phones = 0
  public var cards = 0
  public var ibans = 0

  public init() {}
  public init(emails: Int = 0, phones: Int = 0, cards: Int = 0, ibans: Int = 0) {
    self.emails = emails
    self.phones = phones
    self.cards = cards
    self.ibans = ibans
  }

  /// All of them together.
  public var total: Int { emails &+ phones &+ cards &+ ibans }

  public static func + (a: Self, b: Self) -> Self {
    Self(
      emails: a.emails &+ b.emails, phones: a.phones &+ b.phones, cards: a.cards &+ b.cards,
      ibans: a.ibans &+ b.ibans)
  }
}
