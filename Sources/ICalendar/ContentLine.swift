// Owns the lines of an iCalendar file: folded ones are made whole, and every byte keeps its place.

/// `NAME;PARAMETERS:VALUE`, as RFC 5545, 3.1 puts it.
struct ContentLine: Sendable {
  /// Without its folds.
  private(set) var bytes: [UInt8] = []
  /// Where each of the file's lines begins in it; of a folded one, the space before it is left out.
  private var parts: [(offset: Int, line: Int)] = []
  /// A control character, which no line may have.
  private(set) var control: Int?
  /// It was cut: longer than any line that says when something is.
  private(set) var isTooLong = false
  private(set) var name: Range<Int> = 0..<0
  /// With the semicolon before it.
  private(set) var parameters: Range<Int> = 0..<0
  private(set) var value: Range<Int> = 0..<0
  /// Whether it has a name and a colon.
  private(set) var isProperty = false

  static let mostBytes = 1 << 16

  var line: Int { parts.first?.line ?? 1 }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  /// In capitals.
  var key: String { text(name).uppercased() }

  /// The line of the file and the column, in characters, both from 1.
  func place(of offset: Int) -> (line: Int, column: Int) {
    let index = parts.lastIndex { $0.offset <= offset } ?? 0
    let characters = bytes[parts[index].offset..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
    return (parts[index].line, characters + (index > 0 ? 2 : 1))
  }

  fileprivate mutating func append(_ part: ArraySlice<UInt8>, line: Int) {
    parts.append((bytes.count, line))
    let room = Self.mostBytes - bytes.count
    if part.count > room { isTooLong = true }
    let taken = part.prefix(room)
    if control == nil, let index = taken.firstIndex(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) {
      control = bytes.count + index - taken.startIndex
    }
    bytes += taken
  }

  fileprivate mutating func divide() {
    let end = bytes.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") } ?? 0
    let isName = bytes[..<end].allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
      default: false
      }
    }
    guard end > 0, isName else { return }
    var isQuoted = false
    for index in end..<bytes.count {
      if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if bytes[index] == UInt8(ascii: ":"), !isQuoted {
        (name, parameters, value, isProperty) = (0..<end, end..<index, index + 1..<bytes.count, true)
        return
      }
    }
  }
}

/// The content lines of a file, in order; empty lines are left out. Lines end with CRLF or LF.
struct ContentLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func next() -> ContentLine? {
    while position < bytes.count {
      var content = ContentLine()
      content.append(part(), line: line)
      line += 1
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
        position += 1
        content.append(part(), line: line)
        line += 1
      }
      if content.bytes.isEmpty { continue }
      content.divide()
      return content
    }
    return nil
  }

  /// Up to the line's end, which it goes past.
  private mutating func part() -> ArraySlice<UInt8> {
    let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    var part = bytes[position..<end]
    if end < bytes.count, part.last == 0x0D { part.removeLast() }
    position = end + 1
    return part
  }
}

/// Folds that stand within a character.
package enum FoldedText {
  /// A writer may fold between the bytes of a character (RFC 5545, 3.1). Such a fold is moved behind the character, so
  /// that the file is UTF-8 and no line has another number.
  package static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var mended: [UInt8] = []
    mended.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let fold = fold(in: bytes, at: index), missing(at: mended) > 0 {
        let rest = bytes[fold.upperBound...].prefix(missing(at: mended)).prefix { $0 & 0xC0 == 0x80 }
        mended += rest
        mended += bytes[fold]
        index = fold.upperBound + rest.count
      } else {
        mended.append(bytes[index])
        index += 1
      }
    }
    return mended
  }

  private static func fold(in bytes: [UInt8], at index: Int) -> Range<Int>? {
    var end = index
    if bytes[end] == 0x0D { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == 0x0A, bytes[end + 1] == 0x20 || bytes[end + 1] == 0x09 else {
      return nil
    }
    return index..<end + 2
  }

  /// Bytes that the last character lacks.
  private static func missing(at bytes: [UInt8]) -> Int {
    let rest = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
    guard rest < bytes.count else { return 0 }
    let length =
      switch bytes[bytes.count - 1 - rest] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return Swift.max(0, length - 1 - rest)
  }
}
