// Owns the order of what one task was asked: the place of a claim in its topic.
import Events
import Kafka

extension BudgetBook {
  /// Where a claim stands on `claims`. Those of one root stand in one partition, and are answered in their order.
  public struct ClaimPlace: Sendable, Hashable {
    public var partition: TopicPartition
    public var offset: Int64

    /// Nil of what no record caused: a timer.
    public init?(_ cause: Coordinates) {
      guard !cause.topic.isEmpty else { return nil }
      partition = TopicPartition(topic: cause.topic.string, partition: cause.partition)
      offset = cause.offset
    }

    func isBehindOrAt(_ other: ClaimPlace) -> Bool {
      partition == other.partition && offset >= other.offset
    }
  }
}
