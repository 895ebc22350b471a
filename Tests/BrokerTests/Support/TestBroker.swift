// Owns what a test asks of a broker: the shared one of this process, topics of its own, a configuration.
import BrokerSupport
import Foundation
import Kafka

/// The broker of this test process: the one that runs already, or one that is started at the first use.
///
/// Tests that harm a broker make a `BrokerProcess` of their own.
enum TestBroker {
  private static let started: Result<BrokerProcess, any Error> = Result {
    guard let home = BrokerEnvironment.home else { throw BrokerFailure("KAFKA_HOME is not set") }
    return try BrokerProcess(home: home)
  }

  /// `host:port` of the shared broker.
  static func bootstrapServers() throws -> [String] {
    if let running = BrokerEnvironment.running { return running }
    return [try started.get().bootstrapServers]
  }

  /// For the shared broker, or another one; quick to notice members that went away.
  static func configuration(_ brokers: [String]? = nil) throws -> Configuration {
    var configuration = Configuration(bootstrapServers: try brokers ?? bootstrapServers())
    configuration.clientID = "tests"
    configuration.consumer.sessionTimeout = .seconds(6)
    configuration.consumer.heartbeatInterval = .seconds(1)
    return configuration
  }

  /// Creates a topic under a name nobody else has, and returns the name.
  static func topic(
    _ name: String, partitions: Int32 = 1, properties: [String: String] = [:], on brokers: [String]? = nil
  ) throws -> String {
    let unique = unique(name)
    let admin = try Admin(configuration(brokers))
    defer { admin.close() }
    try admin.create([
      NewTopic(name: unique, partitions: partitions, replicationFactor: 1, configuration: properties)
    ])
    return unique
  }

  /// A name nobody else has.
  static func unique(_ name: String) -> String { "\(name)-\(UUID().uuidString.prefix(8).lowercased())" }

  /// Commits where a group starts: without, its members are told that there is no offset.
  static func start(
    group: String, at offset: Int64 = 0, _ topic: String, partitions: Int32 = 1, on brokers: [String]? = nil
  ) throws {
    let admin = try Admin(configuration(brokers))
    defer { admin.close() }
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for partition in 0..<partitions {
      offsets[TopicPartition(topic: topic, partition: partition)] =
        CommittedOffset(offset: offset, metadata: "")
    }
    try admin.commit(group: group, offsets)
  }
}
