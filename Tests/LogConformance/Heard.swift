// Owns a listener that keeps what a member or a reader is told.
import Kafka
import Streams

/// A record as it was heard, copied.
struct HeardRecord: Equatable {
  struct Header: Equatable {
    var name: String
    var value: [UInt8]?
  }

  var topicIndex: Int
  var partition: Int32
  var offset: Int64
  var timestamp: Int64
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [Header]

  init(_ view: RecordView) {
    topicIndex = view.topicIndex
    partition = view.partition
    offset = view.offset
    timestamp = view.timestamp
    key = view.key.map(Array.init)
    value = view.value.map(Array.init)
    headers = view.headers.map {
      Header(name: String(decoding: $0.name, as: UTF8.self), value: $0.value.map(Array.init))
    }
  }

  var text: String { String(decoding: value ?? [], as: UTF8.self) }
}

/// Everything heard so far.
struct Heard: MemberEvents, ReaderEvents {
  var records: [HeardRecord] = []
  var ends: [TopicPartition: Int64] = [:]
  var assignment: Set<TopicPartition> = []
  /// Every partition that was ever taken away, and whether it had been lost.
  var revoked: [TopicPartition: Bool] = [:]
  var failures: [KafkaError] = []
  /// Runs inside of a revocation, where a worker commits.
  var whenRevoked: (([TopicPartition], Bool) -> Void)?

  mutating func record(_ record: RecordView) { records.append(HeardRecord(record)) }
  mutating func endReached(_ partition: TopicPartition, offset: Int64) { ends[partition] = offset }
  mutating func assigned(_ partitions: [TopicPartition]) { assignment.formUnion(partitions) }
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {
    assignment.subtract(partitions)
    for partition in partitions { revoked[partition] = lost }
    whenRevoked?(partitions, lost)
  }
  mutating func failed(_ error: KafkaError) { failures.append(error) }

  var texts: [String] { records.map(\.text) }
  func texts(_ partition: Int32) -> [String] { records.filter { $0.partition == partition }.map(\.text) }
}
