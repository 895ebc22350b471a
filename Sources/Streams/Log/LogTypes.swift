// Owns the vocabulary every log shares. Coordinates and record views are those of the Kafka layer, so
// that a record passes from the client to a processor without being converted.
import Kafka

public typealias TopicPartition = Kafka.TopicPartition
public typealias CommittedOffset = Kafka.CommittedOffset
public typealias HeaderView = Kafka.HeaderView
public typealias RecordView = Kafka.RecordView
public typealias Isolation = Kafka.Isolation
public typealias CommitOutcome = Kafka.CommitOutcome

/// A handle to a topic that a member produces to; obtained once, used for every record.
public struct OutputTopic: Hashable, Sendable {
  /// Index into the outputs the member was opened with.
  public let index: Int
  @inlinable
  public init(index: Int) { self.index = index }
}
