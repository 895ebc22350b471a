// Owns the search for the place of a mistake in bytes that are known not to be JSON. Cold: simdjson says that a
// text is wrong and not where, and people who read dead letters need to know where.

/// The first mistake in a text, by RFC 8259's grammar.
struct JSONFault {
  /// Bytes before it.
  let offset: Int
  /// The field it is in, down to the depth of the contracts, when every name on the way is one of theirs; names from
  /// outside may be personal data and are not repeated.
  let field: String
  let kind: Kind

  enum Kind { case syntax(String), number, depth }

  /// Nil when the text is well-formed and nested no deeper than `depth` levels. Looks no deeper either: a text of
  /// brackets alone would cost many times its size.
  static func find(in bytes: UnsafeRawBufferPointer, depth: Int) -> JSONFault? {
    var scanner = Scanner(bytes: bytes, depth: depth)
    return scanner.run()
  }

  /// The first byte that begins no UTF-8 sequence; nil when all is valid.
  static func invalidUTF8(in bytes: UnsafeRawBufferPointer) -> Int? {
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset &+= scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}

private struct Scanner {
  let bytes: UnsafeRawBufferPointer
  let depth: Int
  /// As deep as any contract's field lies: `data.subject.kind`, `data.labels[3]`.
  private static let namedLevels = 3
  var at = 0
  /// The containers around the current place: a name for an object (nil: not one of ours), an index for an array.
  var stack: [Level] = []

  enum Level {
    case object(name: String?)
    case array(index: Int)
  }

  /// What the next token has to be.
  enum Expectation { case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd, nothing }

  mutating func run() -> JSONFault? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    var expected = Expectation.value
    while true {
      while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at &+= 1 }
      guard at < bytes.count else {
        if case .nothing = expected { return nil }
        return fault("ends too early")
      }
      let byte = bytes[at]
      switch expected {
      case .nothing: return fault("goes on after the value's end")
      case .colon:
        guard byte == UInt8(ascii: ":") else { return fault("a colon is missing") }
        at &+= 1
        expected = .value
      case .commaOrEnd:
        switch (byte, stack.last) {
        case (UInt8(ascii: ","), .array(let index)):
          stack[stack.count - 1] = .array(index: index &+ 1)
          at &+= 1
          expected = .value
        case (UInt8(ascii: ","), .object):
          at &+= 1
          expected = .name
        case (UInt8(ascii: "]"), .array), (UInt8(ascii: "}"), .object): expected = close()
        default: return fault("a comma or a closing bracket is missing")
        }
      case .name, .nameOrEnd:
        if case .nameOrEnd = expected, byte == UInt8(ascii: "}") {
          expected = close()
          continue
        }
        guard byte == UInt8(ascii: "\"") else { return fault("a field name in quotes is missing") }
        let start = at &+ 1
        if let fault = string() { return fault }
        let name = String(decoding: bytes[start..<(at &- 1)], as: UTF8.self)
        stack[stack.count - 1] = .object(name: Field.named(name) == nil ? nil : name)
        expected = .colon
      case .value, .valueOrEnd:
        switch byte {
        case UInt8(ascii: "]") where stack.last.isArray && expected == .valueOrEnd: expected = close()
        case UInt8(ascii: "{") where stack.count >= depth, UInt8(ascii: "[") where stack.count >= depth:
          return JSONFault(offset: at, field: "", kind: .depth)
        case UInt8(ascii: "{"):
          stack.append(.object(name: nil))
          at &+= 1
          expected = .nameOrEnd
        case UInt8(ascii: "["):
          stack.append(.array(index: 0))
          at &+= 1
          expected = .valueOrEnd
        default:
          if let fault = scalar(byte) { return fault }
          expected = stack.isEmpty ? .nothing : .commaOrEnd
        }
      }
    }
  }

  private mutating func close() -> Expectation {
    stack.removeLast()
    at &+= 1
    return stack.isEmpty ? .nothing : .commaOrEnd
  }

  private mutating func scalar(_ byte: UInt8) -> JSONFault? {
    switch byte {
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    default:
      for word in ["true", "false", "null"] where bytes[at...].starts(with: word.utf8) {
        at &+= word.utf8.count
        return nil
      }
      return fault("a value is missing or not one of JSON's")
    }
  }

  /// From the quote to after its partner.
  private mutating func string() -> JSONFault? {
    at &+= 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at &+= 1
        return nil
      case UInt8(ascii: "\\"):
        guard at &+ 1 < bytes.count else { return fault("ends too early") }
        if bytes[at &+ 1] == UInt8(ascii: "u") {
          guard let unit = hex(at &+ 2) else { return fault("a \\u escape needs four hexadecimal digits") }
          if unit >= 0xD800, unit < 0xE000 {
            guard unit < 0xDC00, at &+ 7 < bytes.count, bytes[at &+ 6] == UInt8(ascii: "\\"),
              bytes[at &+ 7] == UInt8(ascii: "u"), let low = hex(at &+ 8), low >= 0xDC00, low < 0xE000
            else { return fault("half a surrogate pair stands alone") }
            at &+= 6
          }
          at &+= 6
        } else {
          guard "\"\\/bfnrt".utf8.contains(bytes[at &+ 1]) else { return fault("an unknown escape") }
          at &+= 2
        }
      case 0..<0x20: return fault("a raw control character in a string")
      default: at &+= 1
      }
    }
    return fault("a string is not closed")
  }

  private func hex(_ start: Int) -> UInt16? {
    guard start &+ 4 <= bytes.count else { return nil }
    let digits = bytes[start..<(start &+ 4)]
    guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func number() -> JSONFault? {
    let start = at
    func digits() -> Int {
      var end = at
      while end < bytes.count, bytes[end] &- 0x30 < 10 { end &+= 1 }
      return end &- at
    }
    if bytes[at] == UInt8(ascii: "-") { at &+= 1 }
    let whole = digits()
    guard whole == 1 || (whole > 1 && bytes[at] != UInt8(ascii: "0")) else { return malformed(start) }
    at &+= whole
    var isWhole = true
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      isWhole = false
      at &+= 1
      let fraction = digits()
      guard fraction > 0 else { return malformed(start) }
      at &+= fraction
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      at &+= 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
      let exponent = digits()
      guard exponent > 0 else { return malformed(start) }
      at &+= exponent
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    let fits =
      isWhole ? Int64(text) != nil || UInt64(text) != nil : Double(text).map(\.isFinite) ?? false
    return fits ? nil : JSONFault(offset: start, field: path, kind: .number)
  }

  private func malformed(_ start: Int) -> JSONFault {
    JSONFault(offset: start, field: path, kind: .syntax("a number is malformed"))
  }

  private func fault(_ what: String) -> JSONFault {
    JSONFault(offset: at, field: path, kind: .syntax(what))
  }

  private var path: String {
    var path = ""
    for level in stack.prefix(Self.namedLevels) {
      switch level {
      case .object(let name):
        guard let name else { return "" }
        path += path.isEmpty ? name : "." + name
      case .array(let index): path += "[\(index)]"
      }
    }
    return path
  }
}

extension Scanner.Level? {
  fileprivate var isArray: Bool {
    if case .array = self { return true }
    return false
  }
}
