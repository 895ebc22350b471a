// Owns coordinates: a partition of a topic, and an offset of a group with its metadata.

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
  /// Free text kept by the broker beside the offset; empty when absent. Brokers refuse more than
  /// `offset.metadata.max.bytes`, 4,096 by default.
  public var metadata: String

  public init(offset: Int64, metadata: String) {
    self.offset = offset
    self.metadata = metadata
  }
}

/// Which records a reader may see.
public enum Isolation: Sendable, Hashable {
  /// Only committed transactions; reading stops at the last stable offset.
  case readCommitted
  /// Everything up to the high watermark.
  case readUncommitted
}
