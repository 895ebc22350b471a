// Owns how hand-written events name a case before anybody knows its id: as `@NAME` of an event that opened or joined it.
import Foundation

enum CaseNames {
  /// The name behind the `@` in the field `case`; nil where the event names no case so.
  static func named(in value: some Sequence<UInt8>) -> String? {
    guard let object = object(Array(value)), let text = object["case"] as? String, text.hasPrefix("@") else {
      return nil
    }
    return String(text.dropFirst())
  }

  /// The event with the case's id in place of its name.
  static func replaced(in value: [UInt8], by id: String) -> [UInt8] {
    guard var object = object(value) else { return value }
    object["case"] = id
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
