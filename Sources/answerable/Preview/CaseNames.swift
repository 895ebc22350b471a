// Owns how hand-written events name a case before anybody knows its id: as `@NAME` of an event that opened or joined it.
import Foundation

enum CaseNames {
  /// The name behind the `@` in the field; nil where the event names no case, or no claim, so.
  static func named(in value: some Sequence<UInt8>, field: String = "case") -> String? {
    guard let object = object(Array(value)), let text = object[field] as? String, text.hasPrefix("@") else {
      return nil
    }
    return String(text.dropFirst())
  }

  /// The id that an event carries.
  static func id(in value: [UInt8]) -> String? {
    ((try? JSONSerialization.jsonObject(with: Data(value))) as? [String: Any])?["id"] as? String
  }

  /// The event with the id of the case, or of the claim, in place of its name.
  static func replaced(in value: [UInt8], field: String = "case", by id: String) -> [UInt8] {
    guard var object = object(value) else { return value }
    object[field] = id
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return value }
    return [UInt8](data)
  }

  private static func object(_ value: [UInt8]) -> [String: Any]? {
    // Most events have none: they are not read twice for it.
    guard value.contains(UInt8(ascii: "@")) else { return nil }
    return (try? JSONSerialization.jsonObject(with: Data(value))) as? [String: Any]
  }
}
