// Owns what an audit asks of a cluster beyond the log itself: committed offsets, and how long topics keep records.
import Kafka
import Streams

/// Questions that a log does not answer.
public struct AuditSources {
  /// What a group committed, stable offsets only.
  public var committed:
    (_ group: String, _ partitions: [TopicPartition]) throws -> [TopicPartition: CommittedOffset]
  /// How long a topic keeps records, milliseconds; nil for ever, or where nobody knows.
  public var retention: (_ topic: String) throws -> Int64?
  /// Lets time pass until markers that are on their way have arrived.
  public var pause: () -> Void

  public init(
    committed:
      @escaping (_ group: String, _ partitions: [TopicPartition]) throws -> [TopicPartition:
      CommittedOffset],
    retention: @escaping (_ topic: String) throws -> Int64?, pause: @escaping () -> Void
  ) {
    self.committed = committed
    self.retention = retention
    self.pause = pause
  }

  /// Of a cluster, through its admin client.
  public init(_ admin: Admin) {
    self.init(
      committed: { group, partitions in try admin.committed(group: group, partitions) },
      retention: { topic in
        let properties = try admin.configuration(of: [topic])[topic] ?? [:]
        return properties["retention.ms"]?.value.flatMap { Int64($0) }.flatMap { $0 < 0 ? nil : $0 }
      },
      pause: { OSThread.sleep(milliseconds: 500) })
  }

  /// Of a log in memory, which keeps everything.
  public init(_ log: MemoryLog) {
    self.init(
      committed: { group, partitions in
        let all = log.groupOffsets(group)
        return all.filter { partitions.contains($0.key) }
      },
      retention: { _ in nil }, pause: { log.settle() })
  }
}
