// Owns which fields an event may have, as its published schema says: for suites, where a slip of the pen is told.
import Events
import Foundation

/// A field of a contract, or the whole of it.
struct ContractField: Sendable {
  var takesNumber = false
  var takesList = false
  /// Of an object; empty for everything else.
  var fields: [String: ContractField] = [:]

  /// What an event of a kind may have. Read from the schema that the binary carries, so that it knows what the decoder
  /// knows.
  static func contract(_ kind: EventKind) -> ContractField {
    guard let bytes = Schemas.file(kind.rawValue),
      let schema = try? JSONSerialization.jsonObject(with: Data(bytes))
    else { return ContractField() }
    return ContractField(schema: schema)
  }

  /// A text.
  init() {}

  private init(schema: Any) {
    let schema = schema as? [String: Any] ?? [:]
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
    takesNumber = types.contains("number") || types.contains("integer")
    takesList = types.contains("array")
    fields = (schema["properties"] as? [String: Any] ?? [:]).mapValues(ContractField.init(schema:))
  }
}
