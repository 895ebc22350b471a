// Owns JSON as a tree that tests can mutate; numbers are kept as text, members in order.

indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// As it is to be written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let value): Self.quoted(value)
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// How many nodes it has, itself included.
  var nodes: Int {
    switch self {
    case .array(let items): 1 + items.reduce(0) { $0 + $1.nodes }
    case .object(let members): 1 + members.reduce(0) { $0 + $1.1.nodes }
    default: 1
    }
  }

  /// The same tree with its `index`th node (in preorder) changed; nil from `change` removes it.
  func changing(_ index: Int, _ change: (JSONValue) -> JSONValue?) -> JSONValue? {
    if index == 0 { return change(self) }
    var left = index - 1
    func pass(_ child: JSONValue) -> JSONValue? {
      defer { left -= child.nodes }
      return left >= 0 && left < child.nodes ? child.changing(left, change) : child
    }
    switch self {
    case .array(let items): return .array(items.compactMap(pass))
    case .object(let members):
      return .object(members.compactMap { name, value in pass(value).map { (name, $0) } })
    default: return self
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .number(String(value)) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
}

/// splitmix64: the same seed gives the same tests everywhere.
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
