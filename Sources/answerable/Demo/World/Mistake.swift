// Owns how real systems get it wrong: what is done to a good event, and the refusal that has to follow.
import Events

/// A mistake of a sending system.
enum Mistake: Int, Sendable, CaseIterable {
  /// A connection that broke in the middle.
  case truncated
  /// A form that forgot a required field.
  case missingField
  /// A spreadsheet export that quotes its numbers.
  case wrongType
  /// A counter that ran over.
  case hugeNumber
  /// A rating beyond its scale.
  case offScale
  /// An old system that still writes Latin-1.
  case latin1
  /// A word that is no word of the contract.
  case unknownWord
  /// A time without a zone.
  case localTime
  /// Two values for one field.
  case duplicateField
  /// A record without a value.
  case empty

  /// The code of the refusal it has to meet.
  var code: EventRefusal.Code {
    switch self {
    case .truncated: .invalidJSON
    case .hugeNumber, .offScale: .outOfRange
    case .missingField: .missingField
    case .wrongType: .wrongType
    case .latin1: .invalidUTF8
    case .unknownWord: .unknownValue
    case .localTime: .invalidTime
    case .duplicateField: .duplicateField
    case .empty: .empty
    }
  }

  /// The event with the mistake made; nil when this event has nowhere to make it.
  func made(in record: WireRecord) -> WireRecord? {
    guard record.headers.isEmpty else { return nil }
    let text = String(decoding: record.value, as: UTF8.self)
    guard let value = value(text, record.value) else { return nil }
    var wrong = record
    wrong.value = value
    wrong.mistake = self
    return wrong
  }

  /// The bytes with the mistake in them, from the event as text and as bytes.
  private func value(_ text: String, _ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .truncated: Array(bytes.dropLast(bytes.count / 3))
    case .missingField: text.replacing(Self.member("subject", in: text)) { _ in "" }
    case .wrongType: text.replacing(Self.lastNumber(in: text)) { "\"\($0)\"" }
    case .hugeNumber: text.replacing(Self.lastNumber(in: text)) { _ in "1e400" }
    case .offScale: text.replacing(Self.rating(in: text)) { _ in "42" }
    case .latin1:
      text.utf8.contains(0xC3)
        ? text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?") } : nil
    case .unknownWord:
      text.replacing(text.firstRange(of: "\"customer\",\"channel\"")) { _ in "\"guest\",\"channel\"" }
    case .localTime: text.replacing(text.firstRange(of: "+01:00\"")) { _ in "\"" }
    case .duplicateField: text.replacing(text.firstRange(of: "\"site\":\"")) { "\"site\":\"lyon-1\",\($0)" }
    case .empty: []
    }
  }

  /// A member that holds an object, its comma included.
  private static func member(_ name: String, in text: String) -> Range<String.Index>? {
    guard let start = text.firstRange(of: "\"\(name)\":{"),
      let end = text[start.upperBound...].firstRange(of: "},")
    else { return nil }
    return start.lowerBound..<end.upperBound
  }

  /// The number of the last `value` there is: the rating's, or the subject's where nothing is rated.
  private static func lastNumber(in text: String) -> Range<String.Index>? {
    text.ranges(of: "\"value\":").last.flatMap { number(at: $0.upperBound, in: text) }
  }

  private static func rating(in text: String) -> Range<String.Index>? {
    guard text.contains("\"rating\":{") else { return nil }
    return lastNumber(in: text)
  }

  private static func number(at start: String.Index, in text: String) -> Range<String.Index>? {
    let digits = text[start...].prefix { $0.isNumber || $0 == "." }
    return digits.isEmpty ? nil : digits.startIndex..<digits.endIndex
  }
}

extension String {
  /// The bytes with what stands in that range exchanged; nil without a range.
  fileprivate func replacing(_ range: Range<Index>?, by text: (Substring) -> String) -> [UInt8]? {
    range.map {
      Array(String(self[..<$0.lowerBound]).utf8) + Array(text(self[$0]).utf8)
        + Array(self[$0.upperBound...].utf8)
    }
  }
}
