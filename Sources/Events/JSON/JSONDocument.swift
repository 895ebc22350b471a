// Owns the reading of simdjson's tape: what stands at a node, where its neighbour is, its text or number.

/// A parsed text, borrowed from its parser until the parser's next call. Nodes are tape indices; the format is
/// simdjson's doc/tape.md, unchanged throughout 3.x.
struct JSONDocument {
  let tape: UnsafePointer<UInt64>
  let strings: UnsafeRawPointer

  /// The first node of the text: index 0 is the tape's own root word.
  static var root: Int { 1 }

  /// What a node is: the ASCII letter in the tape word's top byte.
  struct Kind: Equatable {
    let letter: UInt8
    static var object: Kind { Kind(letter: UInt8(ascii: "{")) }
    static var array: Kind { Kind(letter: UInt8(ascii: "[")) }
    static var arrayEnd: Kind { Kind(letter: UInt8(ascii: "]")) }
    static var objectEnd: Kind { Kind(letter: UInt8(ascii: "}")) }
    static var string: Kind { Kind(letter: UInt8(ascii: "\"")) }
    static var signed: Kind { Kind(letter: UInt8(ascii: "l")) }
    static var unsigned: Kind { Kind(letter: UInt8(ascii: "u")) }
    static var double: Kind { Kind(letter: UInt8(ascii: "d")) }
    static var yes: Kind { Kind(letter: UInt8(ascii: "t")) }
    static var no: Kind { Kind(letter: UInt8(ascii: "f")) }
    static var null: Kind { Kind(letter: UInt8(ascii: "n")) }

    /// For a person who reads a refusal.
    var name: String {
      switch self {
      case .object: "an object"
      case .array: "an array"
      case .string: "a string"
      case .signed, .unsigned, .double: "a number"
      case .yes, .no: "a boolean"
      default: "null"
      }
    }
  }

  @inline(__always) func kind(_ node: Int) -> Kind {
    Kind(letter: UInt8(truncatingIfNeeded: tape[node] >> 56))
  }

  /// The node after this one and all that it contains.
  @inline(__always) func next(_ node: Int) -> Int {
    let word = tape[node]
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): return node &+ 2
    default: return node &+ 1
    }
  }

  /// The text of a string node.
  @inline(__always) func text(_ node: Int) -> UnsafeRawBufferPointer {
    let start = strings + Int(truncatingIfNeeded: tape[node] & 0x00FF_FFFF_FFFF_FFFF)
    let count = Int(start.loadUnaligned(as: UInt32.self))
    return UnsafeRawBufferPointer(start: start + 4, count: count)
  }

  /// A number as an integer, exactly; nil when it has a fraction or is beyond ±(2^53 − 1), the range that
  /// every JSON implementation keeps exactly (RFC 8259 §6).
  @inline(__always) func integer(_ node: Int) -> Int64? {
    let bits = tape[node &+ 1]
    switch kind(node) {
    case .signed:
      let value = Int64(bitPattern: bits)
      return value >= -Self.exact && value <= Self.exact ? value : nil
    case .double:
      guard let value = Int64(exactly: Double(bitPattern: bits)) else { return nil }
      return value >= -Self.exact && value <= Self.exact ? value : nil
    default: return nil
    }
  }

  /// A number as a double, rounded to nearest.
  @inline(__always) func double(_ node: Int) -> Double? {
    let bits = tape[node &+ 1]
    switch kind(node) {
    case .signed: return Double(Int64(bitPattern: bits))
    case .unsigned: return Double(bits)
    case .double: return Double(bitPattern: bits)
    default: return nil
    }
  }

  @inline(__always) func isNumber(_ node: Int) -> Bool {
    let kind = kind(node)
    return kind == .signed || kind == .double || kind == .unsigned
  }

  static var exact: Int64 { 9_007_199_254_740_991 }
}
