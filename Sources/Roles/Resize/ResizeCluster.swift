// Owns what a resize asks of a cluster beyond the log itself.
import Kafka
import Streams

/// Groups and topics, as an administrator sees them.
public struct ResizeCluster {
  /// How many members a group has now.
  public var members: (_ group: String) throws -> Int
  public var committed:
    (_ group: String, _ partitions: [TopicPartition]) throws -> [TopicPartition: CommittedOffset]
  public var commit: (_ group: String, _ offsets: [TopicPartition: CommittedOffset]) throws -> Void
  public var create: (_ name: String, TopicSpecification) throws -> Void

  /// Of a log in memory.
  public init(_ log: MemoryLog) {
    members = { log.groupState($0)?.members ?? 0 }
    committed = { group, partitions in log.groupOffsets(group).filter { partitions.contains($0.key) } }
    commit = { group, offsets in try log.commit(offsets, group: group) }
    create = { name, topic in
      let stampedByLog = topic.settings["message.timestamp.type"] == "LogAppendTime"
      log.createTopic(
        name, partitions: topic.partitions, MemoryTopic(timestamps: stampedByLog ? .logAppend : .create))
    }
  }

  /// Of a cluster, through its admin client.
  ///
  /// - Parameter replicationFactor: of topics created; nil for the broker's default.
  public init(_ admin: Admin, replicationFactor: Int32? = nil) {
    members = { try admin.describe(group: $0).members.count }
    committed = { group, partitions in try admin.committed(group: group, partitions) }
    commit = { group, offsets in try admin.commit(group: group, offsets) }
    create = { name, topic in
      try admin.create([
        NewTopic(
          name: name, partitions: topic.partitions, replicationFactor: replicationFactor,
          configuration: topic.settings)
      ])
    }
  }
}
