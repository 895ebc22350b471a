// Owns a deployment on a cluster that lives inside this process: for a first look without a Kafka.
import Kafka
import Privacy
import Secrets
import Streams

/// A whole deployment in this process, on librdkafka's mock cluster. Real clients can connect to it.
///
/// It is for trying things out: nothing survives the process, old records are trimmed, and the mock keeps no
/// offsets that are committed in transactions, so a worker that loses its partitions reads them again from
/// their start. Exactly once is promised on a real Kafka only.
public final class EmbeddedDeployment {
  private let cluster: EmbeddedCluster
  /// `host:port` to give to other processes.
  public let bootstrapServers: [String]

  /// Starts the cluster with every topic, the layout recorded and all roles at the beginning.
  public init(_ catalogue: TopicCatalogue, secret: Secret) throws {
    cluster = try EmbeddedCluster()
    bootstrapServers = cluster.bootstrapServers
    for specification in catalogue.specifications {
      try cluster.create(
        topic: specification.topic.name(prefix: catalogue.prefix), partitions: specification.partitions)
    }
    let configuration = Configuration(bootstrapServers: bootstrapServers)
    let log = try KafkaLog(configuration)
    let layout = try Layout.computed(on: log, prefix: catalogue.prefix, secret: secret)
    try layout.record(on: log, prefix: catalogue.prefix)
    let admin = try Admin(configuration)
    defer { admin.close() }
    for role in RoleName.allCases {
      try admin.commit(
        group: role.group(prefix: catalogue.prefix), role.startPositions(in: catalogue, layout: layout))
    }
  }

  /// Stops the cluster; everything on it is gone.
  public func close() { cluster.close() }
}

extension RoleName {
  /// Start positions at the beginning of every source partition.
  func startPositions(in catalogue: TopicCatalogue, layout: Layout) -> [TopicPartition: CommittedOffset] {
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for topic in sources {
      for partition in 0..<catalogue.specification(of: topic).partitions {
        let place = TopicPartition(topic: topic.name(prefix: catalogue.prefix), partition: partition)
        offsets[place] = layout.start(at: 0)
      }
    }
    return offsets
  }
}
