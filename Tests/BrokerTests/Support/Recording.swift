// Owns a listener that writes down what a member or reader hears, and ways to wait for it.
import Kafka
import Streams

/// A record as it was heard, copied.
struct HeardRecord: Equatable {
  var topicIndex: Int
  var partition: Int32
  var offset: Int64
  var timestamp: Int64
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [HeardHeader]

  init(_ view: RecordView) {
    topicIndex = view.topicIndex
    partition = view.partition
    offset = view.offset
    timestamp = view.timestamp
    key = view.key.map(Array.init)
    value = view.value.map(Array.init)
    headers = view.headers.map {
      HeardHeader(name: String(decoding: $0.name, as: UTF8.self), value: $0.value.map(Array.init))
    }
  }

  var text: String { String(decoding: value ?? [], as: UTF8.self) }
}

struct HeardHeader: Equatable {
  var name: String
  var value: [UInt8]?
}

/// Everything heard so far. `whenAssigned` and `whenRevoked` run inside the event, as a worker's code would.
struct Recording: MemberEvents, ReaderEvents {
  var records: [HeardRecord] = []
  var ends: [TopicPartition: Int64] = [:]
  var assignment: Set<TopicPartition> = []
  var revocations: [(partitions: [TopicPartition], lost: Bool)] = []
  var failures: [KafkaError] = []
  var whenAssigned: ([TopicPartition]) -> Void = { _ in }
  var whenRevoked: ([TopicPartition], Bool) -> Void = { _, _ in }

  var texts: [String] { records.map(\.text) }

  mutating func record(_ record: RecordView) { records.append(HeardRecord(record)) }
  mutating func endReached(_ partition: TopicPartition, offset: Int64) { ends[partition] = offset }
  mutating func assigned(_ partitions: [TopicPartition]) {
    assignment.formUnion(partitions)
    whenAssigned(partitions)
  }
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {
    revocations.append((partitions, lost))
    assignment.subtract(partitions)
    whenRevoked(partitions, lost)
  }
  mutating func failed(_ error: KafkaError) { failures.append(error) }
}

extension LogMember {
  /// Polls until `condition` holds, for at most `seconds`. Returns whether it came to hold.
  func poll(
    _ events: inout Recording, seconds: Int = 20, until condition: (Recording) -> Bool
  ) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition(events) {
      guard ContinuousClock.now < end else { return false }
      _ = poll(milliseconds: 50, limit: 1000, &events)
    }
    return true
  }

  /// Produces a text, without a key.
  func send(_ text: String, key: String? = nil, to output: Int = 0, partition: Int32? = nil)
    throws(KafkaError)
  {
    let value = Array(text.utf8)
    let key = key.map { Array($0.utf8) }
    try withBytes(key) { key throws(KafkaError) in
      try withBytes(value) { value throws(KafkaError) in
        try produce(
          OutputTopic(index: output), partition: partition, key: key, value: value,
          headers: UnsafeBufferPointer(start: nil, count: 0))
      }
    }
  }
}

extension LogReader {
  /// Polls until `condition` holds, for at most `seconds`. Returns whether it came to hold.
  func poll(
    _ events: inout Recording, seconds: Int = 20, until condition: (Recording) -> Bool
  ) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition(events) {
      guard ContinuousClock.now < end else { return false }
      _ = poll(milliseconds: 50, limit: 1000, &events)
    }
    return true
  }
}

/// The bytes of an array, borrowed for the length of the call; nil for nil.
func withBytes(
  _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws(KafkaError) -> Void
) throws(KafkaError) {
  guard let bytes else { return try body(nil) }
  var failure: KafkaError?
  bytes.withUnsafeBytes { buffer in
    do throws(KafkaError) { try body(buffer) } catch { failure = error }
  }
  if let failure { throw failure }
}
