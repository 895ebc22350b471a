// Owns a dead letter as a script reads it: one JSON object on one line.
import Events
import Roles

enum DeadLetterJSON {
  /// What help says of it.
  static let summary =
    "Print one JSON object each: place, reason, field, text, cause (topic, partition, offset, timestamp), role, "
    + "epoch, truncatedFrom where it was cut, and the refused record's key, headers and value."

  private struct Head: Encodable {
    struct Cause: Encodable {
      var topic: String
      var partition: Int32
      var offset: Int64
      var timestamp: String
    }
    var place: String
    var reason: String
    var field: String?
    var text: String
    var cause: Cause
    var role: String
    var epoch: Int64
    var truncatedFrom: Int?
    var key: String?
    var headers: [RecordJSON.Header]?
  }

  static func text(_ letter: DeadLetter, _ record: ScannedRecord) throws -> String {
    let head = try JSONLine.text(
      Head(
        place: Place(record).text, reason: letter.reason, field: letter.field.isEmpty ? nil : letter.field,
        text: letter.text,
        cause: .init(
          topic: letter.topic, partition: letter.partition, offset: letter.offset,
          timestamp: Clock.full(letter.timestamp)),
        role: letter.role, epoch: letter.epoch, truncatedFrom: letter.truncatedFrom,
        key: record.key.map { String(decoding: $0, as: UTF8.self) },
        headers: letter.original.isEmpty
          ? nil : letter.original.map { RecordJSON.Header($0.name, $0.value) }))
    return try RecordJSON.text(head, value: record.value)
  }
}
