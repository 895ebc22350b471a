// Owns what every refusal must be: a sentence for a person, on one line, without a word of what was sent.
import Events

/// A refusal says what is wrong, where, and what is allowed, and repeats nothing from outside: reasons stand in headers, logs
/// and on screens, where personal data must not be.
enum RefusalLaw {
  /// - Parameter payload: everything that was sent.
  static func check(_ refusal: EventRefusal, payload: [[UInt8]]) throws(Violation) {
    if refusal.reason.isEmpty { throw Violation("\(refusal.code.rawValue) has no reason") }
    for text in [refusal.field, refusal.reason] {
      if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
        throw Violation("a control character in: \(refusal)")
      }
      if text.utf8.count > 300 { throw Violation("a refusal of \(text.utf8.count) bytes: \(refusal)") }
    }
    if refusal.code == .invalidJSON || refusal.code == .invalidUTF8, !refusal.field.hasPrefix("ce_"),
      !refusal.reason.contains(" at byte ")
    {
      throw Violation("says that bytes are wrong and not where: \(refusal)")
    }
    // A byte's number is no payload, though the same digits may stand there too.
    let sentence = refusal.reason.split(separator: " at byte ", maxSplits: 1).first ?? ""
    let said = words(Array("\(refusal.field) \(sentence)".utf8)).subtracting(speech)
    guard !said.isEmpty else { return }
    for bytes in payload {
      if let repeated = said.intersection(words(bytes)).min(by: { $0.lexicographicallyPrecedes($1) }) {
        let word = String(decoding: repeated, as: UTF8.self)
        throw Violation("repeats \"\(word)\" from what was sent: \(refusal)")
      }
    }
  }

  /// Runs of letters, digits and bytes beyond ASCII that are long enough to tell something, in lower case.
  private static func words(_ bytes: [UInt8]) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for word in bytes.split(whereSeparator: { !isWordByte($0) }) where word.count >= 4 {
      found.insert(word.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// The words that refusals are made of: the contracts' own and plain English.
  private static let speech: Set<[UInt8]> = {
    let contract =
      EventInputs.names.filter { $0 != "unknown" } + EventInputs.outputNames
      + EventInputs.words.prefix { $0 != "1.0" }
    let english = """
      application json base64 batch beyond boolean byte bytes capital case character characters closed closing \
      cloudevents code colon comma complete content contains control data deeper differs digits double early empty \
      ends entries escape event field fraction from goes half hexadecimal integer invalid is larger letters levels \
      like longer malformed mean memory missing more must name needs nested null number object once array \
      four five pair quotes range raw read record requires send sent specversion stands alone string surrogate text \
      than that there three time times unknown used valid value whole with years your 2026-03-01T09:30:00Z 1970 9999 8388608 \
      9007199254740991 2147483647 2147483648 1048576 4096 1024 rfc3339 3339 4648 4217 utf marks true false beside also attribute \
      after before bracket bits enough traceparent datacontenttype base64 subject suffix dash take assignment signal \
      words key letter which take here both reason allowed first last line only this these none found what will have \
      padding base64url policy delegation yaml whoever asks count when asked wrote reads formats upgrade newer version
      """
    return Set((contract + [english]).flatMap { words(Array($0.utf8)) })
  }()
}
