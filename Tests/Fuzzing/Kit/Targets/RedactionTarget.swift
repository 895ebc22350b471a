// Owns the target `redaction`: texts full of what looks like personal data, under every set of rules.
import Events
import Privacy

final class RedactionTarget: FuzzTarget {
  static let name = "redaction"
  static let summary = "free text: valid stays valid, a second pass changes nothing, nothing is lost between"
  static let share = 50
  static let batch = 20_000

  private let plain = ByteMutator(tokens: RedactionTarget.pieces)
  private var redactors: [[Bool]: Redactor] = [:]

  init() {}

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var text: [UInt8] = []
    let separators = [Array(" ".utf8), [], Array(", ".utf8), Array("\u{A0}".utf8)]
    for _ in 0..<(1 + random.below(random.once(in: 60) ? 2_000 : 14)) {
      text += Array(random.pick(Self.pieces).utf8) + random.pick(separators)
    }
    if random.once(in: 2) { plain.mutate(&text, with: text, &random) }
    var input = FuzzInput()
    // One flag each for e-mail addresses, telephones, cards, accounts.
    input.add(
      "rules", random.once(in: 4) ? String((0..<4).map { _ in random.pick(["0", "1"]) }.joined()) : "1111")
    input.add("text", text)
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    let flags = (input.first("rules") ?? []).map { $0 == UInt8(ascii: "1") }
    let on = (0..<4).map { $0 < flags.count ? flags[$0] : true }
    var redactor =
      redactors.removeValue(forKey: on)
      ?? Redactor(RedactionRules(emails: on[0], phones: on[1], cards: on[2], ibans: on[3]))
    defer { redactors[on] = redactor }
    let text = input.first("text") ?? []
    let (once, counts) = Self.redact(text, &redactor)
    let (twice, _) = Self.redact(once, &redactor)
    if counts.total == 0, once != text { throw Violation("changed, and nothing was counted") }
    if twice != once { throw Violation("a second pass changes it again") }
    if once.count > text.count + counts.total * "[e-mail]".utf8.count {
      throw Violation("grown by more than tokens")
    }
    if isUTF8(text), !isUTF8(once) { throw Violation("valid UTF-8 became invalid") }
    for (isOn, count, name) in [
      (on[0], counts.emails, "e-mail"), (on[1], counts.phones, "phone"), (on[2], counts.cards, "card"),
      (on[3], counts.ibans, "iban"),
    ] where !isOn && count > 0 { throw Violation("\(name) was taken out, and its rule is off") }
    return counts.total == 0 ? "unchanged" : "redacted"
  }

  private func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  private static func redact(_ text: [UInt8], _ redactor: inout Redactor) -> ([UInt8], RedactionCounts) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: text)
    var output: [UInt8] = []
    let counts = redactor.redact(UnsafeRawBufferPointer(copy), into: &output)
    return (output, counts)
  }

  private static let pieces =
    [
      "a@b.io", "hélène@exämple.fr", "x@", "@y.com", "a.b+c@d-e.co.uk", "06 12 34 56 78", "0612345678",
      "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "(415) 555-2671", "1-800-555-0199",
      "4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005", "5555555555554444", "4111111111111112",
      "FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "DE89",
      "24/11/2026", "2026-11-24", "12:30", "214", "1 234,50 €", "order", "commande n°", "tél.", "phone",
      "call me", "[phone]", "[e-mail]", "[card]", "[iban]", "[", "]", "room", " ", ", ", "-", ".", "/", "(",
      ")",
      "+", "@", "#", ":", "x", "7", "00", "0", "1111", "\"", "\n", "«", "»", "_", "mailto:", "<", ">", "é",
    ] + Edges.characters
}
