// Owns the reading of one JSON object: where each known field stands, and each field by its type.

/// The known fields of one object, located in one pass; then read in the contract's order, so that of several
/// mistakes the same one is named whatever the order of the input. Null and the empty string mean absent.
struct ObjectReader {
  let document: JSONDocument
  /// Path of this object, ending in a dot unless empty: `subject.`
  let path: StaticString
  private let nodes: UnsafeMutablePointer<UInt32>
  private let seen: FieldSet

  /// Locates the known fields. `nodes` has room for every `Field`; unset entries are never read.
  init(
    _ document: JSONDocument, at node: Int, table: NameTable, known: FieldSet, path: StaticString,
    nodes: UnsafeMutablePointer<UInt32>
  ) throws(EventRefusal) {
    self.document = document
    self.path = path
    self.nodes = nodes
    guard document.kind(node) == .object else {
      throw Refuse.wrongType(Self.trimmed(path), expected: "an object", found: document.kind(node))
    }
    var seen = FieldSet()
    var cursor = node &+ 1
    let end = document.next(node) &- 1
    while cursor < end {
      let index = table.index(of: document.text(cursor))
      cursor &+= 1
      if index >= 0, known.contains(index) {
        if seen.contains(index) {
          throw Refuse.duplicate("\(path)\(Field.allCases[index].wireName)")
        }
        seen.insert(index)
        nodes[index] = UInt32(truncatingIfNeeded: cursor)
      }
      cursor = document.next(cursor)
    }
    self.seen = seen
  }

  /// The node of a field; nil when absent or null.
  @inline(__always) func node(_ field: Field) -> Int? {
    guard seen.contains(Int(field.rawValue)) else { return nil }
    let node = Int(nodes[Int(field.rawValue)])
    return document.kind(node) == .null ? nil : node
  }

  /// Whether the name stands there at all, null included.
  @inline(__always) func has(_ field: Field) -> Bool { seen.contains(Int(field.rawValue)) }

  /// A text of at most `limit`; empty when absent.
  @inline(__always) func text(_ field: Field, _ limit: TextLimit) throws(EventRefusal) -> ByteSlice {
    guard let node = node(field) else { return ByteSlice() }
    guard document.kind(node) == .string else {
      throw wrongType(field, expected: "a string", node)
    }
    let text = document.text(node)
    if text.count > limit.characters || !limit.controlsAllowed {
      if let fault = limit.fault(in: text, readable: true) {
        throw Refuse.text(fault, at: full(field), limit)
      }
    }
    return ByteSlice(text)
  }

  @inline(__always) func required(_ field: Field, _ limit: TextLimit) throws(EventRefusal) -> ByteSlice {
    let text = try text(field, limit)
    if text.isEmpty { throw missing(field) }
    return text
  }

  /// A time, milliseconds since 1970; nil when absent.
  @inline(__always) func time(_ field: Field) throws(EventRefusal) -> Int64? {
    guard let node = node(field) else { return nil }
    guard document.kind(node) == .string else {
      throw wrongType(field, expected: "a string with an RFC 3339 time", node)
    }
    let text = document.text(node)
    if text.isEmpty { return nil }
    guard let time = RFC3339.milliseconds(text) else { throw Refuse.time(full(field)) }
    return time
  }

  @inline(__always) func requiredTime(_ field: Field) throws(EventRefusal) -> Int64 {
    guard let time = try time(field) else { throw missing(field) }
    return time
  }

  /// A whole number within bounds; nil when absent.
  @inline(__always) func integer(_ field: Field, _ range: ClosedRange<Int64>) throws(EventRefusal) -> Int64? {
    guard let node = node(field) else { return nil }
    guard document.isNumber(node) else { throw wrongType(field, expected: "a whole number", node) }
    guard let value = document.integer(node), range.contains(value) else {
      throw EventRefusal(
        .outOfRange, field: full(field),
        reason: "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  @inline(__always) func requiredInteger(
    _ field: Field, _ range: ClosedRange<Int64>
  ) throws(EventRefusal) -> Int64 {
    guard let value = try integer(field, range) else { throw missing(field) }
    return value
  }

  /// A number as the nearest double; nil when absent.
  @inline(__always) func number(_ field: Field) throws(EventRefusal) -> Double? {
    guard let node = node(field) else { return nil }
    guard let value = document.double(node) else { throw wrongType(field, expected: "a number", node) }
    return value
  }

  func flag(_ field: Field) throws(EventRefusal) -> Bool {
    guard let node = node(field) else { return false }
    switch document.kind(node) {
    case .yes: return true
    case .no: return false
    default: throw wrongType(field, expected: "a boolean", node)
    }
  }

  /// A word of a closed set; nil when absent.
  @inline(__always) func word<Word>(
    _ field: Field, _ words: WordTable<Word>
  ) throws(EventRefusal) -> Word? {
    guard let node = node(field) else { return nil }
    guard document.kind(node) == .string else { throw wrongType(field, expected: "a string", node) }
    let text = document.text(node)
    if text.isEmpty { return nil }
    guard let word = words.word(text) else { throw Refuse.unknown(text, at: full(field), words.names) }
    return word
  }

  @inline(__always) func requiredWord<Word>(
    _ field: Field, _ words: WordTable<Word>
  ) throws(EventRefusal) -> Word {
    guard let word = try word(field, words) else { throw missing(field) }
    return word
  }

  /// Strings of an array, in order, into `list`; empty when absent.
  func texts(
    _ field: Field, _ limit: TextLimit, atMost: Int, into list: inout [ByteSlice]
  ) throws(EventRefusal) {
    list.removeAll(keepingCapacity: true)
    guard let start = node(field) else { return }
    guard document.kind(start) == .array else {
      throw wrongType(field, expected: "an array of strings", start)
    }
    let end = document.next(start) &- 1
    var cursor = start &+ 1
    while cursor < end {
      if list.count == atMost {
        throw EventRefusal(.tooLong, field: full(field), reason: "has more than \(atMost) entries")
      }
      guard document.kind(cursor) == .string else {
        throw Refuse.wrongType(entry(field, list.count), expected: "a string", found: document.kind(cursor))
      }
      let text = document.text(cursor)
      if text.isEmpty {
        throw EventRefusal(.missingField, field: entry(field, list.count), reason: "is empty")
      }
      if let fault = limit.fault(in: text, readable: true) {
        throw Refuse.text(fault, at: entry(field, list.count), limit)
      }
      list.append(ByteSlice(text))
      cursor = document.next(cursor)
    }
  }

  /// Whole numbers of an array, in order, into `list`; empty when absent.
  func numbers(
    _ field: Field, _ range: ClosedRange<Int32>, atMost: Int, into list: inout [Int32]
  ) throws(EventRefusal) {
    list.removeAll(keepingCapacity: true)
    guard let start = node(field) else { return }
    guard document.kind(start) == .array else {
      throw wrongType(field, expected: "an array of whole numbers", start)
    }
    let end = document.next(start) &- 1
    var cursor = start &+ 1
    while cursor < end {
      if list.count == atMost {
        throw EventRefusal(.tooLong, field: full(field), reason: "has more than \(atMost) entries")
      }
      guard document.isNumber(cursor) else {
        throw Refuse.wrongType(
          entry(field, list.count), expected: "a whole number", found: document.kind(cursor))
      }
      guard let number = document.integer(cursor).flatMap(Int32.init(exactly:)), range.contains(number) else {
        throw EventRefusal(
          .outOfRange, field: entry(field, list.count),
          reason: "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      list.append(number)
      cursor = document.next(cursor)
    }
  }

  @inline(never) func missing(_ field: Field) -> EventRefusal {
    let reason =
      !has(field)
      ? "is missing" : document.kind(Int(nodes[Int(field.rawValue)])) == .null ? "is null" : "is empty"
    return EventRefusal(.missingField, field: full(field), reason: reason)
  }

  @inline(never) private func wrongType(_ field: Field, expected: String, _ node: Int) -> EventRefusal {
    Refuse.wrongType(full(field), expected: expected, found: document.kind(node))
  }

  @inline(never) private func entry(_ field: Field, _ index: Int) -> String { "\(full(field))[\(index)]" }

  @inline(never) func full(_ field: Field) -> String { "\(path)\(field.wireName)" }

  private static func trimmed(_ path: StaticString) -> String {
    let text = "\(path)"
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
