// Owns a deployment inside of this process: mock brokers with the topics, the layout and start positions.
import Console
import Kafka
import Privacy
import Roles
import Secrets

/// What `run --embedded` runs on. Ends with the process.
final class EmbeddedDeployment {
  let cluster: Cluster
  /// Keys made with it mean nothing outside of this process.
  let secret = Secret("an embedded deployment keeps nothing")
  var brokers: [String] { embedded.bootstrapServers }

  private let embedded: EmbeddedCluster

  init(_ invocation: Invocation, _ terminal: Terminal) throws {
    embedded = try EmbeddedCluster()
    cluster = try Cluster(invocation, terminal, brokers: embedded.bootstrapServers)
    let partitions = invocation.given(TopicsCommand.partitions) ?? 4
    let catalogue = TopicCatalogue(prefix: cluster.prefix, partitions: Int32(clamping: partitions))
    var found = DeploymentSurvey()
    for specification in catalogue.specifications {
      let name = specification.topic.name(prefix: cluster.prefix)
      try embedded.create(topic: name, partitions: specification.partitions)
      // Mock brokers answer no question about topics; what was just made is known.
      found.topics[name] = ExistingTopic(
        partitions: specification.partitions, settings: specification.settings)
    }
    let layout = Layout(
      catalogue: catalogue, keyVersion: Int(SubjectKeyMaker.keyVersion),
      secretFingerprint: try SubjectKeyMaker(secret: secret).fingerprint())
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    try DeploymentSetup(cluster.configuration, catalogue).apply(plan, layout: layout, from: .earliest) { _ in
    }
  }

  func close() { embedded.close() }
}
