// Owns the tables of what is taken out of a text and of what stays, in English, French and German.
import Testing

@testable import Privacy

/// Redacts a text and gives it back as a string.
func redacted(_ text: String, _ rules: RedactionRules = RedactionRules()) -> String {
  var redactor = Redactor(rules)
  var output: [UInt8] = []
  var text = text
  text.withUTF8 { _ = redactor.redact(UnsafeRawBufferPointer($0), into: &output) }
  return String(decoding: output, as: UTF8.self)
}

struct Passage: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String
  init(_ text: String, _ expected: String) {
    self.text = text
    self.expected = expected
  }
  var testDescription: String { text }
}

@Suite struct RedactionTests {
  @Test(arguments: [
    Passage("write to john@example.com please", "write to [e-mail] please"),
    Passage("j.o'brien+hotel@mail.example.co.uk.", "[e-mail]."),
    Passage("Écrivez à hélène.müller@exämple.fr, merci", "Écrivez à [e-mail], merci"),
    Passage("用户@例子.公司", "[e-mail]"),
    Passage("<anna@example.com>;<b@example.org>", "<[e-mail]>;<[e-mail]>"),
    Passage("mailto:anna@example.com?subject=x", "mailto:[e-mail]?subject=x"),
    Passage("0612345678@example.fr", "[e-mail]"),
    Passage("contact : « léa_22@exemple.fr »", "contact : « [e-mail] »"),
    Passage("\"john doe\"@example.com", "[e-mail]"),
    Passage("root@[192.168.0.1] is up", "[e-mail] is up"),
    Passage("a@b.io", "[e-mail]"),
    Passage("JOHN@EXAMPLE.COM", "[e-mail]"),
    Passage("two@example.com,three@example.com", "[e-mail],[e-mail]"),
  ])
  func anEmailAddressIsTakenOut(_ passage: Passage) {
    #expect(redacted(passage.text) == passage.expected)
  }

  @Test(arguments: [
    "two coffees @ 3.50 each", "3@2.50", "@reception was kind", "meet me at 5@the bar", "a @ b",
    "100@", "@", "@@@@", "user@localhost", "we paid 12@4.5€ each",
  ])
  func whatIsNoEmailAddressStays(_ text: String) {
    #expect(redacted(text) == text)
  }

  @Test(arguments: [
    Passage("appelez-moi au 06 12 34 56 78 svp", "appelez-moi au [phone] svp"),
    Passage("06.12.34.56.78", "[phone]"),
    Passage("06-12-34-56-78", "[phone]"),
    Passage("06\u{A0}12\u{A0}34\u{A0}56\u{A0}78", "[phone]"),
    Passage("06\u{202F}12\u{202F}34\u{202F}56\u{202F}78", "[phone]"),
    Passage("0612345678", "[phone]"),
    Passage("Tél. 01 42 34 56 78, chambre 214", "Tél. [phone], chambre 214"),
    Passage("+33 6 12 34 56 78", "[phone]"),
    Passage("+33612345678", "[phone]"),
    Passage("+33 (0)6 12 34 56 78", "[phone]"),
    Passage("0033 6 12 34 56 78", "[phone]"),
    Passage("(+33) 6 12 34 56 78", "[phone]"),
    Passage("0 800 123 456", "[phone]"),
    Passage("chambre 214 06 12 34 56 78", "chambre 214 [phone]"),
    Passage("rappeler 01 42 34 56 78/01 42 34 56 79", "rappeler [phone]/[phone]"),
    Passage("020 7946 0958", "[phone]"),
    Passage("call 07700 900123 now", "call [phone] now"),
    Passage("+44 20 7946 0958", "[phone]"),
    Passage("+44 (0) 20 7946 0958", "[phone]"),
    Passage("01632 960 001", "[phone]"),
    Passage("+1 415 555 2671", "[phone]"),
    Passage("(415) 555-2671", "[phone]"),
    Passage("415-555-2671", "[phone]"),
    Passage("1-415-555-2671", "[phone]"),
    Passage("415.555.2671", "[phone]"),
    Passage("my number (415-555-2671) works", "my number ([phone]) works"),
    Passage("+49 30 901820", "[phone]"),
    Passage("030/123 45 67", "[phone]"),
    Passage("0171 1234567", "[phone]"),
    Passage("(030) 1234-5678", "[phone]"),
    Passage("+32 2 123 45 67", "[phone]"),
    Passage("02 123 45 67", "[phone]"),
    Passage("+41 22 730 51 11", "[phone]"),
    Passage("079 123 45 67", "[phone]"),
    Passage("+39 06 6982 1234", "[phone]"),
    Passage("+34 612 345 678", "[phone]"),
    Passage("+352 26 12 34", "[phone]"),
    Passage("tel 555 0123 4", "tel [phone]"),
    Passage("mon portable : 612345678", "mon portable : [phone]"),
    Passage("phone: 5551234567", "phone: [phone]"),
    Passage("le 12/05/2026 au 06 12 34 56 78", "le 12/05/2026 au [phone]"),
    Passage("my order 88123 is late, call 0612345678", "my order 88123 is late, call [phone]"),
  ])
  func aTelephoneNumberIsTakenOut(_ passage: Passage) {
    #expect(redacted(passage.text) == passage.expected)
  }

  @Test(arguments: [
    "le 24/11/2026 à 10:30", "am 01.02.2026 10:30", "2026-11-24T09:42:00Z", "2026-11-24 09:42:11.123456",
    "01/02/26 10 30 00", "du 01-02-2026 au 03-02-2026", "between 01/02/2026 and 05/02/2026",
    "20261124094211", "1764000000000", "1 234 567,89 EUR", "12 000 000 €", "€12,345,678.90", "0.123456789",
    "chambre 214, étage 2", "rooms 214 215 216 217", "order 1234567", "order 0123456789",
    "commande n° 0612345678", "booking 415-555-2671", "réservation 0123456789 du 12/03/2026",
    "invoice 2026-000123456", "ticket #0612345678", "Order 112-3456789-1234567",
    "550e8400-e29b-41d4-a716-446655440000", "v1.2.3.4.5.6.7.8", "192.168.100.200:8080", "2026 2027 2028 2029",
    "75008 Paris, 10 rue 4", "+20 000 000", "+36 points and +18 points", "score 9/10, 8/10, 7/10",
    "between 10 and 12, 14 and 16", "00:12:34:56:78", "SIRET 732 829 320 00074", "5 000 000 000",
    "A0612345678B", "612 345 678 EUR",
  ])
  func datesAmountsRoomsAndOrdersStay(_ text: String) {
    #expect(redacted(text) == text)
  }

  @Test(arguments: [
    Passage("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
    Passage("4111111111111111", "[card]"),
    Passage("4111-1111-1111-1111 12/27", "[card] 12/27"),
    Passage("carte 5500 0000 0000 0004, exp. 01/28", "carte [card], exp. 01/28"),
    Passage("3782 822463 10005", "[card]"),
    Passage("378282246310005", "[card]"),
    Passage("3056 930902 5904", "[card]"),
    Passage("6011\u{A0}1111\u{A0}1111\u{A0}1117", "[card]"),
    Passage("2223003122003222", "[card]"),
    Passage("2 4111 1111 1111 1111", "2 [card]"),
    Passage("6304 5012 3456 7890 107", "[card]"),
    Passage("order 4111111111111111", "order [card]"),
    Passage("4222222222222", "[card]"),
  ])
  func aCardNumberWithItsChecksumIsTakenOut(_ passage: Passage) {
    #expect(redacted(passage.text) == passage.expected)
  }

  @Test(arguments: [
    "4111 1111 1111 1112", "1234567890123456", "9999999999999995", "20240512093000",
    "41111111111111111111111",
  ])
  func digitsWithoutIssuerOrChecksumStay(_ text: String) {
    #expect(redacted(text) == text)
  }

  @Test(arguments: [
    Passage("IBAN FR14 2004 1010 0505 0001 3M02 606", "IBAN [iban]"),
    Passage("FR1420041010050500013M02606.", "[iban]."),
    Passage("IBAN:DE89370400440532013000", "IBAN:[iban]"),
    Passage("gb82 west 1234 5698 7654 32", "[iban]"),
    Passage("NO93 8601 1117 947 merci", "[iban] merci"),
    Passage("BE68-5390-0754-7034", "[iban]"),
    Passage("MT84MALT011000012345MTLCAST001S", "[iban]"),
    Passage("« FR14\u{A0}2004\u{A0}1010\u{A0}0505\u{A0}0001\u{A0}3M02\u{A0}606 »", "« [iban] »"),
  ])
  func anAccountNumberWithItsChecksumIsTakenOut(_ passage: Passage) {
    #expect(redacted(passage.text) == passage.expected)
  }

  @Test(arguments: [
    "FR15 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505", "XX89370400440532013000",
    "DE893704004405320130001", "TVA FR40303265045",
  ])
  func whatIsNoAccountNumberStays(_ text: String) {
    #expect(redacted(text) == text)
  }

  @Test func aKindThatIsSwitchedOffStays() {
    let text = "a@b.io 06 12 34 56 78 4111111111111111 DE89370400440532013000"
    #expect(redacted(text, RedactionRules(emails: false, phones: false, cards: false, ibans: false)) == text)
    #expect(redacted(text, RedactionRules(emails: false)).contains("a@b.io"))
    #expect(redacted(text, RedactionRules(phones: false)).contains("06 12 34 56 78"))
    #expect(redacted(text, RedactionRules(cards: false)).contains("4111111111111111"))
    #expect(redacted(text, RedactionRules(ibans: false)).contains("DE89370400440532013000"))
  }

  @Test func everyReplacementIsCounted() {
    var redactor = Redactor()
    var output: [UInt8] = []
    var text = "a@b.io, c@d.io, 06 12 34 56 78, 4111111111111111, DE89370400440532013000"
    let counts = text.withUTF8 { redactor.redact(UnsafeRawBufferPointer($0), into: &output) }
    #expect(counts == RedactionCounts(emails: 2, phones: 1, cards: 1, ibans: 1))
    #expect(counts.total == 5)
  }

  @Test func theOutputIsAppendedToWhatIsThere() {
    var redactor = Redactor()
    var output = Array("before ".utf8)
    "a@b.io".utf8CString.withUnsafeBytes { text in
      _ = redactor.redact(UnsafeRawBufferPointer(rebasing: text.dropLast()), into: &output)
    }
    #expect(String(decoding: output, as: UTF8.self) == "before [e-mail]")
  }
}
