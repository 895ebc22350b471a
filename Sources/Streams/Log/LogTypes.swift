// Owns the vocabulary every log shares. Coordinates and record views are those of the Kafka layer, so
// that a record passes from the client to a processor without being converted.
import Kafka

public typealias TopicPartition = Kafka.TopicPartition
public typealias CommittedOffset = Kafka.CommittedOffset
public typealias HeaderView = Kafka.HeaderView
public typealias RecordView = Kafka.RecordView
public typealias Isolation = Kafka.Isolation

/// A handle to a topic that a member produces to; obtained once, used for every record.
public struct OutputTopic: Hashable, Sendable {
  /// Index into the outputs the member was opened with.
  public let index: Int
  @inlinable
  public init(index: Int) { self.index = index }
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
