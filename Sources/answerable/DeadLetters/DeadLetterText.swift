// Owns how a dead letter reads: one line for lists, everything for the one that is looked into.
import Console
import Events
import Roles

extension DeadLetter {
  /// Reads a record of the dead-letter topic.
  init(_ record: ScannedRecord) throws(EventRefusal) {
    try self.init(headers: record.headers.map { Header(name: $0.name, value: $0.value) })
  }
}

struct DeadLetterText {
  private let stream: TextStream

  init(_ stream: TextStream) { self.stream = stream }

  func printLine(_ letter: DeadLetter) {
    let time = stream.styled(Clock.minute(letter.timestamp), .dim)
    let field = letter.field.isEmpty ? "" : "\(TextWidth.printable(letter.field)): "
    stream.line(
      "\(time)  \(stream.styled("refused", .yellow, .bold)) \(letter.topic)-\(letter.partition)@\(letter.offset)"
        + "  \(stream.styled(letter.reason, .yellow))  \(field)\(TextWidth.printable(letter.text))")
  }

  /// Headers, and the value as it came.
  func print(_ letter: DeadLetter, _ record: ScannedRecord) {
    let rows: [(String, String)] = [
      ("place", Place(record).text),
      ("refused", "\(letter.reason)\(letter.field.isEmpty ? "" : ": \(letter.field)")"),
      ("why", letter.text), ("came in", "\(letter.topic)-\(letter.partition)@\(letter.offset)"),
      ("at", "\(Clock.full(letter.timestamp))"), ("by", "\(letter.role), policy epoch \(letter.epoch)"),
      ("key", record.key.map { String(decoding: $0, as: UTF8.self) } ?? "(none)"),
      ("cut", letter.truncatedFrom.map { "from \($0) bytes: it cannot be replayed" } ?? ""),
    ]
    for (name, value) in rows where !value.isEmpty {
      stream.line("\(stream.styled(TextWidth.pad(name, to: 8), .dim)) \(TextWidth.printable(value))")
    }
    for header in letter.original {
      let value = header.value.map { String(decoding: $0, as: UTF8.self) } ?? "(no value)"
      stream.line("\(stream.styled("header  ", .dim)) \(TextWidth.printable("\(header.name): \(value)"))")
    }
    stream.line()
    for line in record.value.map(Self.readable) ?? ["(no value)"] { stream.line(line) }
  }

  /// JSON on several lines where it is JSON; else the text as it is. Without what could move the cursor.
  private static func readable(_ value: [UInt8]) -> [String] {
    guard RawJSON.isJSON(value) else {
      return [value.isEmpty ? "(empty)" : TextWidth.printable(String(decoding: value, as: UTF8.self))]
    }
    return RawJSON.lines(value).map { TextWidth.printable($0) }
  }
}

/// Where a dead letter stands: `3:17`, partition and offset.
struct Place: Hashable {
  var partition: Int32
  var offset: Int64

  init(_ record: ScannedRecord) {
    partition = record.partition.partition
    offset = record.offset
  }

  /// Nil when the word is none.
  init?(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let partition = Int32(parts[0]), let offset = Int64(parts[1]), partition >= 0,
      offset >= 0
    else { return nil }
    self.partition = partition
    self.offset = offset
  }

  var text: String { "\(partition):\(offset)" }
}
