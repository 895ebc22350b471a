// Owns a deployment on the in-memory log: the same topics, layout and start positions as on a cluster, for
// the demo, previews and tests.
import Kafka
import Privacy
import Secrets
import Streams

extension MemoryLog {
  /// Creates the topics of a deployment, records its layout and sets the start positions of all roles: what
  /// `topics apply` does on a cluster.
  @discardableResult
  public func deploy(_ catalogue: TopicCatalogue, secret: Secret) throws -> Layout {
    for specification in catalogue.specifications {
      let stampedByLog = specification.settings["message.timestamp.type"] == "LogAppendTime"
      createTopic(
        specification.topic.name(prefix: catalogue.prefix), partitions: specification.partitions,
        MemoryTopic(timestamps: stampedByLog ? .logAppend : .create))
    }
    let layout = try Layout.computed(on: self, prefix: catalogue.prefix, secret: secret)
    try layout.record(on: self, prefix: catalogue.prefix)
    for role in RoleName.allCases {
      try commit(
        role.startPositions(in: catalogue, layout: layout), group: role.group(prefix: catalogue.prefix))
    }
    return layout
  }
}

extension Layout {
  /// Where a task begins that has never run: the offset, and a header of its own under this layout.
  func start(at offset: Int64) -> CommittedOffset {
    var header = TaskHeader(next: offset)
    header.layout = fingerprint
    return CommittedOffset(offset: offset, metadata: header.text)
  }
}
