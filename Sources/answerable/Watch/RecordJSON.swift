// Owns a record as a script reads it: one JSON object on one line, the value byte for byte where it is JSON.
import Foundation
import Roles

enum RecordJSON {
  /// What help says of it.
  static let summary =
    "Print one JSON object a record: topic, partition, offset, timestamp, key, headers (name, value) and value, "
    + "which is a text where it is not JSON."

  struct Header: Encodable {
    var name: String
    var value: String?

    init(_ name: String, _ value: [UInt8]?) {
      self.name = name
      self.value = value.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private struct Head: Encodable {
    var topic: String
    var partition: Int32
    var offset: Int64
    var timestamp: String
    var key: String?
    var headers: [Header]?
  }

  static func text(_ record: ScannedRecord) throws -> String {
    let head = try JSONLine.text(
      Head(
        topic: record.partition.topic, partition: record.partition.partition, offset: record.offset,
        timestamp: Clock.full(record.timestamp), key: record.key.map { String(decoding: $0, as: UTF8.self) },
        headers: record.headers.isEmpty ? nil : record.headers.map { Header($0.name, $0.value) }))
    return try text(head, value: record.value)
  }

  /// The object with one member more: the record's value.
  static func text(_ object: String, value: [UInt8]?) throws -> String {
    guard let bytes = value else { return object }
    return try object.dropLast() + ",\"value\":" + text(bytes) + "}"
  }

  /// Read and written again, numbers would change, and of two members with one name only one would be left. Line
  /// breaks of valid JSON stand between its parts only, where a space does as well.
  private static func text(_ bytes: [UInt8]) throws -> String {
    guard RawJSON.isJSON(bytes) else { return try JSONLine.text(String(decoding: bytes, as: UTF8.self)) }
    return String(decoding: bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }
}
