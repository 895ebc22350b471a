// Owns the view that an audience has of a record: the fields that the record's schema says are for it, and no others.

/// Prints what an audience is shown of a record. The schemas that the binary publishes decide (`x-audience`), so that
/// they and what is shown cannot differ. Not for hot paths. One for each thread.
public final class Projection {
  /// The records that have views.
  public enum Contract: String, Sendable, Hashable, CaseIterable {
    case assignment, escalation, journal, delegation
  }

  private var fields = ProjectedFields()
  private let parser = JSONParser(DecodingLimits())

  /// Throws `EventRefusal` when the published schema is not one, which its tests exclude.
  public init(_ contract: Contract) throws(EventRefusal) {
    let schema = Schemas.file(contract.rawValue) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    fields = ProjectedFields(try parser.parse(schema), at: JSONDocument.root)
  }

  /// The value as one line of JSON, with the audience's fields in their order. Fields that the schema does not know,
  /// those of a later version among them, are left out; so are objects of which nothing is left. Throws
  /// `EventRefusal` when the value is not a JSON object.
  public func project(
    _ value: UnsafeRawBufferPointer, for audience: Audience
  ) throws(EventRefusal) -> [UInt8] {
    let document = try parser.parse(value)
    let root = JSONDocument.root
    guard document.kind(root) == .object else {
      throw Refuse.wrongType("", expected: "an object", found: document.kind(root))
    }
    var buffer = OutputBuffer()
    if !write(document, root, fields, audience, to: &buffer) { buffer.append("{}") }
    return [UInt8](buffer.bytes)
  }

  /// Writes a value as far as it is shown; false, and nothing is written, when nothing of it is.
  private func write(
    _ document: JSONDocument, _ node: Int, _ fields: ProjectedFields, _ audience: Audience,
    to buffer: inout OutputBuffer
  ) -> Bool {
    switch document.kind(node) {
    case .object: writeObject(document, node, fields, audience, to: &buffer)
    case .array: writeArray(document, node, fields, audience, to: &buffer)
    // Where the schema has fields, anything without any is not what it says, and nobody's.
    default: fields.members.isEmpty && writeScalar(document, node, to: &buffer)
    }
  }

  private func writeObject(
    _ document: JSONDocument, _ node: Int, _ fields: ProjectedFields, _ audience: Audience,
    to buffer: inout OutputBuffer
  ) -> Bool {
    let start = buffer.count
    let end = document.next(node) &- 1
    var separator = UInt8(ascii: "{")
    var cursor = node &+ 1
    while cursor < end {
      let name = ByteSlice(document.text(cursor))
      let member = cursor &+ 1
      cursor = document.next(member)
      guard let field = fields.members[name.string], field.audiences.contains(audience) else { continue }
      let before = buffer.count
      buffer.append(separator)
      buffer.string(name)
      buffer.append(UInt8(ascii: ":"))
      if write(document, member, field.inside, audience, to: &buffer) {
        separator = UInt8(ascii: ",")
      } else {
        buffer.truncate(to: before)
      }
    }
    if buffer.count == start { return false }
    buffer.append(UInt8(ascii: "}"))
    return true
  }

  private func writeArray(
    _ document: JSONDocument, _ node: Int, _ fields: ProjectedFields, _ audience: Audience,
    to buffer: inout OutputBuffer
  ) -> Bool {
    let start = buffer.count
    let end = document.next(node) &- 1
    var separator = UInt8(ascii: "[")
    var cursor = node &+ 1
    while cursor < end {
      let before = buffer.count
      buffer.append(separator)
      if write(document, cursor, fields, audience, to: &buffer) {
        separator = UInt8(ascii: ",")
      } else {
        buffer.truncate(to: before)
      }
      cursor = document.next(cursor)
    }
    if buffer.count == start {
      if end > node &+ 1 { return false }
      buffer.append(separator)
    }
    buffer.append(UInt8(ascii: "]"))
    return true
  }

  private func writeScalar(_ document: JSONDocument, _ node: Int, to buffer: inout OutputBuffer) -> Bool {
    switch document.kind(node) {
    case .string: buffer.string(ByteSlice(document.text(node)))
    case .yes: buffer.append("true")
    case .no: buffer.append("false")
    case .null: buffer.append("null")
    default:
      if let integer = document.integer(node) {
        buffer.append(integer)
      } else {
        let text = Array("\(document.double(node) ?? 0)".utf8)
        text.withUnsafeBytes { buffer.append($0) }
      }
    }
    return true
  }
}
