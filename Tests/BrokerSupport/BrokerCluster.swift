// Owns several nodes that are one cluster: replicated three times over, able to lose one of them.
import Foundation

/// A KRaft cluster of nodes that are broker and controller at once.
public final class BrokerCluster {
  public let nodes: [BrokerProcess]
  public var bootstrapServers: [String] { nodes.map(\.bootstrapServers) }
  /// How many copies topics should have.
  public var replicationFactor: Int { min(3, nodes.count) }

  /// Starts all nodes and blocks until each answers.
  public init(home: String, nodes count: Int, memory: String = "-Xmx384m") throws {
    let ports = try Ports.free(count * 2)
    let voters = (0..<count).map { "\($0 + 1)@127.0.0.1:\(ports[count + $0])" }.joined(separator: ",")
    let copies = min(3, count)
    // A transaction survives the loss of one node: two of three must have it.
    let least = max(1, copies - 1)
    nodes = try (0..<count).map { index in
      try BrokerProcess(home: home, memory: memory, port: ports[index], controllerPort: ports[count + index])
      {
        _ in
        """
        node.id=\(index + 1)
        controller.quorum.voters=\(voters)
        offsets.topic.replication.factor=\(copies)
        transaction.state.log.replication.factor=\(copies)
        transaction.state.log.min.isr=\(least)
        share.coordinator.state.topic.replication.factor=\(copies)
        share.coordinator.state.topic.min.isr=\(least)
        default.replication.factor=\(copies)
        min.insync.replicas=\(least)
        """
      }
    }
    for node in nodes { try node.launch() }
    for node in nodes { try node.waitUntilAnswering() }
  }

  /// Ends all nodes and removes their folders.
  public func remove() {
    for node in nodes { node.remove() }
  }
}
