// Owns the vocabulary every log shares: coordinates, record views, offsets with their metadata.
import Kafka

/// One partition of one topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var topic: String
  public var partition: Int32

  public init(topic: String, partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.topic, a.partition) < (b.topic, b.partition)
  }

  /// `signals-3`
  public var description: String { "\(topic)-\(partition)" }
}

/// A committed offset of a consumer group: the *next* offset to read, and what was stored with it.
public struct CommittedOffset: Hashable, Sendable {
  public var offset: Int64
  /// Free text kept by the broker beside the offset; the task header travels in it. Empty when absent.
  public var metadata: String

  public init(offset: Int64, metadata: String) {
    self.offset = offset
    self.metadata = metadata
  }
}

/// A header of a record, borrowed from the client's memory for the length of one call.
public struct HeaderView {
  public let name: UnsafeRawBufferPointer
  /// Nil for a header that was sent without a value.
  public let value: UnsafeRawBufferPointer?

  public init(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
    self.name = name
    self.value = value
  }
}

/// A record, borrowed from the client's memory: every pointer is valid only inside the call that
/// receives it. Copy what must outlive that call.
public struct RecordView {
  /// Index into the topics given to `LogMember.subscribe` or `LogReader.assign`, in their order.
  public let topicIndex: Int
  public let partition: Int32
  public let offset: Int64
  /// Milliseconds since 1970, UTC: append time where the topic is configured so, else create time.
  public let timestamp: Int64
  /// Nil when the record has no key.
  public let key: UnsafeRawBufferPointer?
  /// Nil for a tombstone.
  public let value: UnsafeRawBufferPointer?
  /// In the order they were sent; repeated names are kept.
  public let headers: UnsafeBufferPointer<HeaderView>

  public init(
    topicIndex: Int, partition: Int32, offset: Int64, timestamp: Int64,
    key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    self.topicIndex = topicIndex
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
    self.headers = headers
  }

  /// The value of the last header of that name, as consumers by convention read it; nil when absent
  /// or without a value.
  @inlinable
  public func header(_ name: StaticString) -> UnsafeRawBufferPointer? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for header in headers.reversed()
    where header.name.count == wanted.count && header.name.elementsEqual(wanted) {
      return header.value
    }
    return nil
  }
}

/// A handle to a topic that a member produces to; obtained once, used for every record.
public struct OutputTopic: Hashable, Sendable {
  /// Index into the outputs the member was opened with.
  public let index: Int
  public init(index: Int) { self.index = index }
}

/// Which records a reader may see.
public enum Isolation: Sendable, Hashable {
  /// Only committed transactions; reading stops at the last stable offset.
  case readCommitted
  /// Everything up to the high watermark.
  case readUncommitted
}

/// What is known after a commit was attempted.
public enum CommitOutcome: Sendable, Hashable {
  case committed
  /// Certainly not committed: abort, go back to the committed offsets, begin again.
  case mustAbort(KafkaError)
  /// Nobody here can tell (a time-out, a coordinator that went away): the truth is in `committed()`.
  case unknown(KafkaError)
  /// Another instance owns the transactional id or the partitions.
  case fenced(KafkaError)
  /// The producer is dead.
  case fatal(KafkaError)
}
