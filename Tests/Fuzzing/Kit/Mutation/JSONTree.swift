// Owns JSON as a tree that keeps every scalar as it is written, so that changes can write what no encoder would.

/// A member of an object; its name is raw bytes, quotes included.
struct JSONMember {
  var name: [UInt8]
  var value: JSONTree
}

/// JSON whose scalars and names are raw bytes, quotes included.
indirect enum JSONTree {
  case raw([UInt8])
  case array([JSONTree])
  case object([JSONMember])

  /// Reads JSON that is known to be good; nil when it is not.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let tree = reader.value(), reader.next() == nil else { return nil }
    self = tree
  }

  static func written(_ text: String) -> JSONTree { .raw(Array(text.utf8)) }

  /// The bytes; with `spaces`, white space wherever it may stand.
  func write(to bytes: inout [UInt8], spaces: [UInt8] = []) {
    bytes += spaces
    switch self {
    case .raw(let raw): bytes += raw
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(to: &bytes, spaces: spaces)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += spaces + member.name + spaces
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes, spaces: spaces)
      }
      bytes.append(UInt8(ascii: "}"))
    }
    bytes += spaces
  }

  /// How many nodes are below this one.
  var count: Int {
    switch self {
    case .raw: 0
    case .array(let items): items.reduce(0) { $0 + 1 + $1.count }
    case .object(let members): members.reduce(0) { $0 + 1 + $1.value.count }
    }
  }

  /// The way to a node below this one, as indices of members and items; `number` is from 0, in the order of writing.
  func path(to number: Int) -> [Int] {
    var (rest, path) = (number, [Int]())
    _ = descend(&rest, &path)
    return path
  }

  private func descend(_ rest: inout Int, _ path: inout [Int]) -> Bool {
    for (index, child) in children.enumerated() {
      path.append(index)
      if rest == 0 { return true }
      rest -= 1
      if child.descend(&rest, &path) { return true }
      path.removeLast()
    }
    return false
  }

  var children: [JSONTree] {
    switch self {
    case .raw: []
    case .array(let items): items
    case .object(let members): members.map(\.value)
    }
  }

  /// Changes the node at the end of a path; a change that leaves nil takes it out.
  mutating func change(_ path: ArraySlice<Int>, _ body: (inout JSONTree?) -> Void) {
    guard let index = path.first else {
      var whole: JSONTree? = self
      body(&whole)
      self = whole ?? .written("")
      return
    }
    let rest = path.dropFirst()
    switch self {
    case .raw: break
    case .array(var items):
      guard index < items.count else { return }
      var child: JSONTree? = items[index]
      if rest.isEmpty { body(&child) } else { child?.change(rest, body) }
      if let child { items[index] = child } else { items.remove(at: index) }
      self = .array(items)
    case .object(var members):
      guard index < members.count else { return }
      var child: JSONTree? = members[index].value
      if rest.isEmpty { body(&child) } else { child?.change(rest, body) }
      if let child { members[index].value = child } else { members.remove(at: index) }
      self = .object(members)
    }
  }
}

/// Reads good JSON and does not insist on it.
private struct Reader {
  let bytes: [UInt8]
  var at = 0

  mutating func next() -> UInt8? {
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    return at < bytes.count ? bytes[at] : nil
  }

  mutating func value() -> JSONTree? {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [JSONMember] = []
      at += 1
      while let byte = next(), byte != UInt8(ascii: "}") {
        guard let name = string(), next() == UInt8(ascii: ":") else { return nil }
        at += 1
        guard let value = value() else { return nil }
        members.append(JSONMember(name: name, value: value))
        if next() == UInt8(ascii: ",") { at += 1 }
      }
      at += 1
      return .object(members)
    case UInt8(ascii: "["):
      var items: [JSONTree] = []
      at += 1
      while let byte = next(), byte != UInt8(ascii: "]") {
        guard let item = value() else { return nil }
        items.append(item)
        if next() == UInt8(ascii: ",") { at += 1 }
      }
      at += 1
      return .array(items)
    case UInt8(ascii: "\""): return string().map { .raw($0) }
    default:
      let start = at
      while at < bytes.count, bytes[at] > 0x20, !",]}:".utf8.contains(bytes[at]) { at += 1 }
      return at > start ? .raw(Array(bytes[start..<at])) : nil
    }
  }

  private mutating func string() -> [UInt8]? {
    let start = at
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    guard at < bytes.count else { return nil }
    at += 1
    return Array(bytes[start..<at])
  }
}
