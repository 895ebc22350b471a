// Owns why a record that a role published cannot be read.
import Events

/// Never happens unless another version wrote it, or somebody who should not.
public struct UnreadableRecord: Error, CustomStringConvertible {
  public let description: String

  public init(_ record: ScannedRecord, _ refusal: EventRefusal) {
    let place = "\(record.partition.topic)-\(record.partition.partition)@\(record.offset)"
    description = "\(place): \(refusal.field.isEmpty ? "" : "\(refusal.field) ")\(refusal.reason)"
  }
}
