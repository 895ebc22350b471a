// Owns the conformance suite's run against a real broker: the in-memory log promises what this one keeps.
import Foundation
import Kafka
import LogConformance
import Streams
import Testing

/// The Kafka form of the log, on topics and groups of its own.
private struct BrokerFixture: LogFixture {
  let log: KafkaLog

  init() throws {
    var configuration = try TestBroker.configuration()
    // A member that does not poll goes on to send heartbeats from a thread of its own, until this has passed.
    configuration.consumer.maxPollInterval = .seconds(12)
    log = try KafkaLog(configuration)
  }

  func unique(_ stem: String) -> String { TestBroker.unique(stem) }

  func createTopic(_ stem: String, partitions: Int32, compacted: Bool) throws -> String {
    try TestBroker.topic(stem, partitions: partitions, properties: compacted ? Self.eager : [:])
  }

  /// Segments that roll with every append after a moment, and are cleaned whatever little they hold.
  private static let eager = [
    "cleanup.policy": "compact", "segment.ms": "100", "min.cleanable.dirty.ratio": "0.0",
    "delete.retention.ms": "0",
  ]

  func start(group: String, at offsets: [TopicPartition: Int64]) throws {
    let admin = try Admin(TestBroker.configuration())
    defer { admin.close() }
    try admin.commit(group: group, offsets.mapValues { CommittedOffset(offset: $0, metadata: "") })
  }

  /// Only closed segments are cleaned: a record after a moment closes the one that the check has written.
  func compact(_ topic: String) throws {
    pass(milliseconds: 300)
    let member = try log.member(
      MemberConfiguration(group: unique("closers"), transactionalID: unique("closer"), outputs: [topic]))
    var nobody = Recording()
    defer { member.close(&nobody) }
    try member.initTransactions()
    try member.begin()
    try member.send("closes the segment before it", key: "closer")
    _ = member.commit()
  }

  var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
  func pass(milliseconds: Int64) { Thread.sleep(forTimeInterval: Double(milliseconds) / 1000) }
  var pollWait: Int { 20 }
  /// Twelve seconds without a poll, and a moment for the group to hear of it.
  var expulsion: Int64 { 14_000 }
}

@Suite("Log, on a real broker", .realBroker, .serialized) struct KafkaLogConformanceTests {
  @Test(arguments: LogCheck<BrokerFixture>.all)
  private func theContractHolds(_ check: LogCheck<BrokerFixture>) throws {
    try check.run(BrokerFixture())
  }
}
