// Owns reading what casework published, off the hot path: the JSON of a committed record, member by member.
import Events
import Foundation
import Roles

/// Why a record of casework cannot be read. Never happens unless another version wrote it.
struct UnreadableRecord: Error, CustomStringConvertible {
  let description: String
}

/// The members of a record's value.
struct RecordFields {
  private let object: [String: Any]
  /// Where the record stands, for messages.
  private let place: String

  init(_ record: ScannedRecord) throws(UnreadableRecord) {
    place = "\(record.partition.topic)-\(record.partition.partition)@\(record.offset)"
    guard let value = record.value,
      let object = (try? JSONSerialization.jsonObject(with: Data(value))) as? [String: Any]
    else { throw UnreadableRecord(description: "\(place): is no JSON object") }
    self.object = object
  }

  private init(_ object: [String: Any], _ place: String) {
    self.object = object
    self.place = place
  }

  func text(_ name: String) -> String { object[name] as? String ?? "" }
  func number(_ name: String) -> Int64? { (object[name] as? NSNumber)?.int64Value }
  func flag(_ name: String) -> Bool { (object[name] as? NSNumber)?.boolValue ?? false }
  /// Milliseconds since 1970; 0 when absent.
  func time(_ name: String) -> Int64 { (object[name] as? String).flatMap { RFC3339.milliseconds($0) } ?? 0 }
  func texts(_ name: String) -> [String] { object[name] as? [String] ?? [] }
  func numbers(_ name: String) -> [Int32] {
    (object[name] as? [NSNumber] ?? []).map { Int32(truncatingIfNeeded: $0.int64Value) }
  }
  func inner(_ name: String) -> RecordFields? {
    (object[name] as? [String: Any]).map { RecordFields($0, place) }
  }
  func list(_ name: String) -> [RecordFields] {
    (object[name] as? [[String: Any]] ?? []).map { RecordFields($0, place) }
  }
  func int32(_ name: String) -> Int32 { Int32(clamping: number(name) ?? 0) }

  /// One of a closed set; nil when absent. Throws for a word that this version does not know.
  func word<W: CaseIterable>(_ name: String, _ wire: (W) -> ByteSlice) throws(UnreadableRecord) -> W? {
    let text = text(name)
    if text.isEmpty { return nil }
    if let word = W.allCases.first(where: { wire($0).string == text }) { return word }
    throw UnreadableRecord(description: "\(place): \(name) \"\(text)\" is no word of this version")
  }

  func required<W: CaseIterable>(_ name: String, _ wire: (W) -> ByteSlice) throws(UnreadableRecord) -> W {
    if let word = try word(name, wire) { return word }
    throw UnreadableRecord(description: "\(place): has no \(name)")
  }
}
