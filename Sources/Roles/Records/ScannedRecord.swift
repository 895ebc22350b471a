// Owns a record as tools see it: copied out of the log, so that it can be kept, listed and replayed.
import Events
import Kafka
import Streams

/// A record copied out of a log.
public struct ScannedRecord: Sendable, Hashable {
  public struct Header: Sendable, Hashable {
    public var name: String
    public var value: [UInt8]?

    public init(name: String, value: [UInt8]?) {
      self.name = name
      self.value = value
    }
  }

  public var partition: TopicPartition
  public var offset: Int64
  /// Milliseconds since 1970, UTC.
  public var timestamp: Int64
  public var key: [UInt8]?
  public var value: [UInt8]?
  public var headers: [Header]

  /// Copies a borrowed record of `topic`.
  public init(_ record: RecordView, topic: String) {
    partition = TopicPartition(topic: topic, partition: record.partition)
    offset = record.offset
    timestamp = record.timestamp
    key = record.key.map(Array.init)
    value = record.value.map(Array.init)
    headers = record.headers.map {
      Header(name: String(decoding: $0.name, as: UTF8.self), value: $0.value.map(Array.init))
    }
  }

  /// The last header of that name as text; nil when absent or without a value.
  public func header(_ name: String) -> String? {
    headers.last { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether it is a mark on `signals`: how far INTAKE has read, which is no decision and about which none is made.
  public var isMark: Bool {
    headers.last { $0.name == "ce_id" }?.value?.starts(with: Mark.idPrefix.utf8) == true
  }
}

extension MemoryRecord {
  /// As `ScannedRecord.isMark`, of a log in memory.
  package var isMark: Bool { header("ce_id")?.hasPrefix(Mark.idPrefix) == true }
}
