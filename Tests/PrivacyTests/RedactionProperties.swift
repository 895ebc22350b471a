// Owns the laws of redaction, tried on seeded random texts: it is idempotent, safe on any bytes, and lets no
// seeded address, card or account through.
import Testing

@testable import Privacy

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct RedactionProperties {
  private static let fragments = [
    "a@b.io", "hélène@exämple.fr", "06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "(415) 555-2671",
    "4111 1111 1111 1111", "378282246310005", "FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000",
    "24/11/2026", "2026-11-24", "214", "1 234,50 €", "order", "commande n°", "tél.", "phone", "[phone]",
    "[e-mail]", "room", " ", " ", ", ", "-", ".", "/", "(", ")", "+", "@", "#", ":", "\u{A0}", "é", "x", "7",
    "00", "🙂", "\"", "\n", "«", "»", "]", "_",
  ]

  private static func soup(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...14, using: &generator)).map { _ in
      fragments.randomElement(using: &generator) ?? ""
    }
    .joined(separator: Bool.random(using: &generator) ? " " : "")
  }

  @Test func aSecondPassChangesNothing() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<40_000 {
      let text = Self.soup(&generator)
      let once = redacted(text)
      #expect(redacted(once) == once, "\(text)")
    }
  }

  @Test func anyBytesAreSafeAndGrowByNoMoreThanTheTokens() {
    var generator = SeededGenerator(seed: 2)
    let alphabet: [UInt8] = [
      0x30, 0x31, 0x34, 0x20, 0x2D, 0x2E, 0x2B, 0x28, 0x29, 0x40, 0x41, 0x66, 0x72, 0xC2, 0xA0, 0xE2, 0x80,
      0x91,
      0xC3, 0xA9, 0xF0, 0x9F, 0xFF, 0x00, 0x22, 0x5B, 0x5D, 0x2F, 0x2C,
    ]
    var redactor = Redactor()
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      var output: [UInt8] = []
      let counts = bytes.withUnsafeBytes { redactor.redact($0, into: &output) }
      #expect(output.count <= bytes.count &+ counts.total &* "[e-mail]".utf8.count)
      if counts.total == 0 { #expect(output == bytes) }
    }
  }

  @Test func aTextMayEndInTheMiddleOfACharacter() {
    for half: [UInt8] in [[0xD5], [0xE4, 0xB8], [0xF0, 0x90, 0x80]] {
      let bytes = Array("write to marie@example.fr".utf8) + half
      var redactor = Redactor()
      var output: [UInt8] = []
      _ = bytes.withUnsafeBytes { redactor.redact($0, into: &output) }
      #expect(output == Array("write to [e-mail]".utf8) + half)
    }
  }

  @Test func theFirstLookSeesWhatACountByByteSees() {
    var generator = SeededGenerator(seed: 4)
    for length in 0..<2_600 {
      var bytes = [UInt8](repeating: 0x61, count: length)
      for _ in 0..<Int.random(in: 0...9, using: &generator) where length > 0 {
        bytes[Int.random(in: 0..<length, using: &generator)] =
          [0x2F, 0x30, 0x39, 0x3A, 0xB0, 0xC0, 0x35, 0x31].randomElement(using: &generator) ?? 0
      }
      if length > 0, Int.random(in: 0..<8, using: &generator) == 0 {
        bytes[Int.random(in: 0..<length, using: &generator)] = 0x40
      }
      let expected = bytes.contains(0x40) || bytes.count(where: { (0x30...0x39).contains($0) }) >= 7
      #expect(bytes.withUnsafeBytes { Suspicion.isWarranted($0) } == expected, "\(bytes)")
    }
  }

  @Test func aSeededAddressCardOrAccountNeverLeaves() {
    var generator = SeededGenerator(seed: 3)
    let words = [
      "the room", "was cold", "la chambre 214", "12/03/2026", "NPS 0", "—", "42 €", "order 881", "é",
    ]
    for _ in 0..<10_000 {
      let secrets = [
        Self.email(&generator), Self.card(&generator), Self.iban(&generator),
      ]
      var parts: [String] = []
      for secret in secrets {
        parts.append(words.randomElement(using: &generator) ?? "")
        parts.append(secret)
      }
      parts.append(words.randomElement(using: &generator) ?? "")
      let output = redacted(parts.joined(separator: " "))
      for secret in secrets { #expect(!output.contains(secret), "\(parts)") }
      for word in ["12/03/2026", "order 881"] where parts.contains(word) { #expect(output.contains(word)) }
    }
  }

  private static func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
  }

  private static func email(_ generator: inout SeededGenerator) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789é+._-")
    var name = "m"
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      name.append(letters.randomElement(using: &generator) ?? "a")
    }
    return name + "z@"
      + (["example.com", "mail.exemple.fr", "ex-ample.co.uk"].randomElement(using: &generator) ?? "")
  }

  private static func card(_ generator: inout SeededGenerator) -> String {
    let body = (["4", "51", "6011", "35"].randomElement(using: &generator) ?? "4")
    let length = Int.random(in: 13...19, using: &generator)
    let stem = body + digits(length - 1 - body.count, &generator)
    var sum = 0
    for (index, character) in stem.reversed().enumerated() {
      let value = character.wholeNumberValue ?? 0
      sum += index.isMultiple(of: 2) ? (value > 4 ? value * 2 - 9 : value * 2) : value
    }
    return stem + String((10 - sum % 10) % 10)
  }

  private static func iban(_ generator: inout SeededGenerator) -> String {
    let account = digits(18, &generator)
    var remainder = 0
    for character in account + "131400" {
      remainder = (remainder * 10 + (character.wholeNumberValue ?? 0)) % 97
    }
    let check = 98 - remainder
    return "DE" + (check < 10 ? "0\(check)" : "\(check)") + account
  }
}
