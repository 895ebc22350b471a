// Owns the way from bytes to a tree that tests can mutate; members are sorted by name, numbers are whole.

extension JSONValue: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .number(String(value))
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      let members = try container.decode([String: JSONValue].self)
      self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  /// The names of all members, at every depth.
  var names: Set<String> {
    switch self {
    case .array(let items): items.reduce(into: []) { $0.formUnion($1.names) }
    case .object(let members):
      members.reduce(into: []) {
        $0.insert($1.0)
        $0.formUnion($1.1.names)
      }
    default: []
    }
  }
}
