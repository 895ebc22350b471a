// Owns what a schema says of audiences: for each field of an object who is shown it, and the fields inside of it.

/// The fields of an object, or of the objects in an array; none for a scalar.
struct ProjectedFields {
  struct Field {
    /// Nobody, where the schema says nothing.
    var audiences: Set<Audience>
    var inside: ProjectedFields
  }
  private(set) var members: [String: Field] = [:]

  init() {}

  /// Reads the schema of a value: its `properties`, or those of an array's `items`.
  init(_ schema: JSONDocument, at node: Int) {
    var node = node
    while let items = Self.member("items", of: schema, node) { node = items }
    guard let properties = Self.member("properties", of: schema, node) else { return }
    Self.forEachMember(of: schema, properties) { name, property in
      var audiences: Set<Audience> = []
      if let words = Self.member("x-audience", of: schema, property) {
        Self.forEachEntry(of: schema, words) { entry in
          if let audience = Audience(rawValue: entry) { audiences.insert(audience) }
        }
      }
      members[name] = Field(audiences: audiences, inside: ProjectedFields(schema, at: property))
    }
  }

  private static func member(_ name: String, of document: JSONDocument, _ node: Int) -> Int? {
    var found: Int?
    forEachMember(of: document, node) { if $0 == name { found = $1 } }
    return found
  }

  /// Nothing when the node is no object.
  private static func forEachMember(of document: JSONDocument, _ node: Int, _ body: (String, Int) -> Void) {
    guard document.kind(node) == .object else { return }
    let end = document.next(node) &- 1
    var cursor = node &+ 1
    while cursor < end {
      body(ByteSlice(document.text(cursor)).string, cursor &+ 1)
      cursor = document.next(cursor &+ 1)
    }
  }

  /// The texts of an array; nothing when the node is none.
  private static func forEachEntry(of document: JSONDocument, _ node: Int, _ body: (String) -> Void) {
    guard document.kind(node) == .array else { return }
    let end = document.next(node) &- 1
    var cursor = node &+ 1
    while cursor < end {
      if document.kind(cursor) == .string { body(ByteSlice(document.text(cursor)).string) }
      cursor = document.next(cursor)
    }
  }
}
