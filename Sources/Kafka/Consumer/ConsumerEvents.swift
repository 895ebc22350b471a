// Owns what a consumer delivers: the calls it makes on its owner, on the owner's thread, inside poll and close.

/// Receives what a poll brings. Nothing is ever called outside of a poll or a close.
public protocol ConsumerEvents {
  /// One record. Pointers are valid for the length of the call.
  mutating func record(_ record: RecordView)
  /// Every record below `offset` that this consumer may see now has been delivered.
  mutating func endReached(_ partition: TopicPartition, offset: Int64)
  /// Partitions were added, incrementally; they are part of the assignment already. Possibly none.
  mutating func assigned(_ partitions: [TopicPartition])
  /// Partitions are about to be taken away; with `lost` they are somebody else's already. Possibly none.
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool)
  /// An error outside of any call. `partition` names where, if it concerns one: with `noOffset` the group
  /// has no committed offset for it, with `offsetReset` the `offset` is out of the log's range.
  mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64)
}
