// Owns a reader of a Kafka cluster outside of any group: for restores, followers and people.
import Kafka

/// A reader. Made and used by one thread.
public final class KafkaReader: LogReader {
  @usableFromInline let consumer: Consumer
  /// Answers for the isolation that is not this reader's: a broker gives the end that the client may see.
  private var other: Consumer?
  private let configuration: Configuration
  private let isolation: Isolation
  private var isClosed = false
  /// Partitions whose position fell out of the log while reading, to be put back to its start.
  @usableFromInline var strays: [TopicPartition: Int64] = [:]

  init(_ configuration: Configuration, group: String, _ isolation: Isolation) throws(KafkaError) {
    consumer = try Consumer(reader: configuration, isolation: isolation, group: group)
    self.configuration = configuration
    self.isolation = isolation
  }

  public func assign(_ offsets: [TopicPartition: Int64], topics: [String]) throws(KafkaError) {
    strays = [:]
    var starts: [TopicPartition: Int64] = [:]
    for (partition, offset) in offsets {
      starts[partition] = max(offset, try consumer.watermarks(of: partition).lowerBound)
    }
    try consumer.assign(starts, topics: topics)
  }

  @inlinable
  public func poll<E: ReaderEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    let delivered = withUnsafeMutablePointer(to: &events) { pointer in
      var bridge = ReaderEventsBridge(pointer, self)
      return consumer.poll(milliseconds: milliseconds, limit: limit, &bridge)
    }
    if !strays.isEmpty { returnStrays(&events) }
    return delivered
  }

  /// Retention may pass a reader by: what was deleted reads as the log's start. An offset beyond the end is
  /// another matter, a truncated or re-created topic, and is reported.
  @usableFromInline
  func returnStrays<E: ReaderEvents>(_ events: inout E) {
    let found = strays
    strays = [:]
    for (partition, offset) in found {
      do throws(KafkaError) {
        let bounds = try consumer.watermarks(of: partition)
        guard offset < bounds.lowerBound else {
          throw KafkaError(
            code: .offsetReset, errorClass: .fatal, operation: "read \(partition)",
            reason: "offset \(offset) lies outside of \(bounds.lowerBound)..<\(bounds.upperBound)")
        }
        try consumer.seek([partition: bounds.lowerBound])
      } catch {
        events.failed(error)
      }
    }
  }

  public func bounds(of partition: TopicPartition, _ isolation: Isolation) throws(KafkaError)
    -> Range<Int64>
  {
    if isolation == self.isolation { return try consumer.watermarks(of: partition) }
    if let other { return try other.watermarks(of: partition) }
    let opened = try Consumer(reader: configuration, isolation: isolation, group: consumer.group)
    other = opened
    return try opened.watermarks(of: partition)
  }

  public func offset(of partition: TopicPartition, at milliseconds: Int64) throws(KafkaError) -> Int64 {
    try consumer.offset(of: partition, at: milliseconds)
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    var nobody = NoEvents()
    other?.close(&nobody)
    consumer.close(&nobody)
  }
}

/// Hands what a consumer delivers to a reader's events.
@usableFromInline
struct ReaderEventsBridge<E: ReaderEvents>: ConsumerEvents {
  @usableFromInline let events: UnsafeMutablePointer<E>
  @usableFromInline let reader: KafkaReader

  @inlinable
  init(_ events: UnsafeMutablePointer<E>, _ reader: KafkaReader) {
    self.events = events
    self.reader = reader
  }

  @inlinable
  mutating func record(_ record: RecordView) { events.pointee.record(record) }
  @inlinable
  mutating func endReached(_ partition: TopicPartition, offset: Int64) {
    events.pointee.endReached(partition, offset: offset)
  }
  @inlinable
  mutating func assigned(_ partitions: [TopicPartition]) {}
  @inlinable
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {}
  @inlinable
  mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64) {
    if error.code == .offsetReset, let partition {
      reader.strays[partition] = offset
    } else {
      events.pointee.failed(error)
    }
  }
}

/// Where nobody listens: a reader has no assignment to hear about while it closes.
private struct NoEvents: ConsumerEvents {
  mutating func record(_ record: RecordView) {}
  mutating func endReached(_ partition: TopicPartition, offset: Int64) {}
  mutating func assigned(_ partitions: [TopicPartition]) {}
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {}
  mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64) {}
}
