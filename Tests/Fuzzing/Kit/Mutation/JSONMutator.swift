// Owns the changes that keep JSON well-formed, or nearly: members, types, edges, lengths, depth, escapes.

/// Changes trees. `words` are the values and `names` the members that the contract at hand knows.
struct JSONMutator {
  let names: [String]
  let words: [String]
  /// A tree of more nodes is not changed further.
  private static let largest = 20_000

  /// Up to four changes; `other` is where subtrees are taken from.
  func mutate(_ tree: inout JSONTree, with other: JSONTree, _ random: inout FuzzRandom) {
    for _ in 0..<random.below(5) {
      let count = tree.count
      guard (1...Self.largest).contains(count) else { return }
      tree.change(tree.path(to: random.below(count))[...]) { change(&$0, other, &random) }
    }
    if random.once(in: 4), case .object(var members) = tree {
      change(&members, &random)
      tree = .object(members)
    }
  }

  /// The bytes, now and then with white space or a byte order mark.
  func bytes(_ tree: JSONTree, _ random: inout FuzzRandom) -> [UInt8] {
    var bytes: [UInt8] = random.once(in: 50) ? [0xEF, 0xBB, 0xBF] : []
    tree.write(to: &bytes, spaces: random.once(in: 20) ? random.pick([[0x20], [0x0A, 0x09], [0x0D]]) : [])
    return bytes
  }

  private func change(_ node: inout JSONTree?, _ other: JSONTree, _ random: inout FuzzRandom) {
    switch random.below(14) {
    case 0, 1: node = nil
    case 2:
      node = .written(random.pick(["null", "\"\"", "true", "false", "{}", "[]", "[null]", "tru", "\"", ""]))
    case 3, 4: node = .written(random.pick(Edges.numbers))
    case 5: node = .written("\"\(random.pick(Edges.times))\"")
    case 6: node = .written("\"\(random.pick(words))\"")
    case 7: node = .written(string(random.pick(Edges.characters), random.pick(Edges.lengths), &random))
    case 8: node = node.map { insert(into: $0, &random) }
    case 9: node = node.map { nested($0, &random) }
    case 10:
      let count = other.count
      if count > 0 {
        var copy = other
        var taken: JSONTree?
        copy.change(other.path(to: random.below(count))[...]) { taken = $0 }
        node = taken
      }
    case 11: node = node.map { escaped($0, &random) }
    case 12:
      guard case .object(var members)? = node else { fallthrough }
      change(&members, &random)
      node = .object(members)
    default:
      guard case .array(let items)? = node else {
        node = .written("\"\(random.pick(words))\"")
        return
      }
      let count = random.pick([0, 1, 2, 63, 64, 65, random.once(in: 10) ? 4097 : 3])
      let item = items.first ?? .written("\"x\"")
      node = .array((0..<count).map { $0 < items.count ? items[$0] : item })
    }
  }

  /// Members twice, under another name, unknown ones, in another order.
  private func change(_ members: inout [JSONMember], _ random: inout FuzzRandom) {
    let index = random.below(members.count)
    let name = Array("\"\(random.pick(names))\"".utf8)
    switch random.below(4) {
    case 0 where !members.isEmpty: members.insert(members[index], at: random.below(members.count + 1))
    case 1 where !members.isEmpty: members[index].name = name
    case 2: members.shuffle(using: &random)
    default:
      let value = JSONTree.written(
        random.once(in: 2) ? "\"\(random.pick(words))\"" : random.pick(Edges.numbers))
      members.insert(JSONMember(name: name, value: value), at: random.below(members.count + 1))
    }
  }

  private func string(_ character: String, _ count: Int, _ random: inout FuzzRandom) -> String {
    let needsEscape = (character.unicodeScalars.first?.value ?? 0) < 0x20
    let text = needsEscape && !random.once(in: 3) ? "\\u0001" : character
    return "\"" + String(repeating: random.once(in: 2) ? "a" : text, count: count) + text + "\""
  }

  /// A character at an edge inside of a text.
  private func insert(into node: JSONTree, _ random: inout FuzzRandom) -> JSONTree {
    guard case .raw(var raw) = node, raw.count >= 2, raw[0] == UInt8(ascii: "\"") else { return node }
    let at = 1 + random.below(raw.count - 1)
    if random.once(in: 12) {
      raw.insert(contentsOf: random.pick(Edges.invalid), at: at)
    } else {
      raw.insert(contentsOf: Array(random.pick(Edges.characters + Self.escapes).utf8), at: at)
    }
    return .raw(raw)
  }

  private static let escapes = [
    "\\u0000", "\\u001f", "\\ud800", "\\udc00", "\\ud83d\\ude42", "\\ud83d\\u0041", "\\uffff", "\\u00e9",
    "\\n", "\\/", "\\\"", "\\\\", "\\x", "\\u12", "\\U0041",
  ]

  /// A text with some of its characters as `\u` escapes.
  private func escaped(_ node: JSONTree, _ random: inout FuzzRandom) -> JSONTree {
    guard case .raw(let raw) = node, raw.count >= 2, raw[0] == UInt8(ascii: "\"") else { return node }
    var text = [raw[0]]
    for byte in raw.dropFirst().dropLast() {
      if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\"), random.once(in: 2) {
        let digits = String(byte, radix: 16)
        text += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      } else {
        text.append(byte)
      }
    }
    return .raw(text + [raw[0]])
  }

  private func nested(_ node: JSONTree, _ random: inout FuzzRandom) -> JSONTree {
    let name = Array("\"\(random.pick(names))\"".utf8)
    let isArray = random.once(in: 2)
    return (0..<random.pick([1, 2, 5, 58, 60, 61, 62, 63, 64, 65, 100])).reduce(node) { inner, _ in
      isArray ? .array([inner]) : .object([JSONMember(name: name, value: inner)])
    }
  }
}
