// Owns the deployment that CASEWORK is measured on, and what it wrote there.
import Foundation
import Kafka
import Roles
import Streams

/// A deployment whose signals stand on their topic before anybody reads them.
struct CaseworkWorld {
  let deployment: IntakeWorld
  private var broker: BenchBroker { deployment.broker }
  private var prefix: String { deployment.prefix }

  init(on broker: BenchBroker) throws { deployment = try IntakeWorld(on: broker) }

  func sender(subjects: Int, isPaced: Bool) throws -> SignalSender {
    try SignalSender(
      SignalFeed(subjects: subjects), to: deployment.signals, brokers: broker.list, isPaced: isPaced)
  }

  /// Records in a topic, as its offsets count them.
  func count(_ topic: Topic) throws -> Int64 {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    return try partitions(of: topic).reduce(0) {
      let bounds = try admin.watermarks(of: $1)
      return $0 + bounds.upperBound - bounds.lowerBound
    }
  }

  /// Keeps every version of everything in the changelog, for at least a day.
  func keepChangelog() throws {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    try admin.alter(
      topic: Topic.caseworkChangelog.name(prefix: prefix), ["min.compaction.lag.ms": "86400000"])
  }

  /// What CASEWORK has written, by topic. `sent`: signals that did not come from it.
  func outputs(sent: Int64) throws -> [Topic: Int64] {
    var numbers: [Topic: Int64] = [:]
    for topic in RoleName.casework.outputs + [.caseworkChangelog] {
      numbers[topic] = try count(topic) - (topic == .signals ? sent : 0)
    }
    return numbers
  }

  /// CASEWORK's worker in a process of its own, to end once it has handled everything or, with 0 for `records`, when it is
  /// told to.
  func startCasework(records: Int64) throws -> ChildProcess {
    try ChildProcess([
      "casework-worker", "--brokers", broker.list, "--prefix", prefix, "--records", "\(records)",
    ])
  }

  /// Raw C over the same signals, with as many outputs for each as `outputs` are for `inputs`, and like them.
  func startRaw(_ group: String, records: Int64, outputs: [Topic: Int64], inputs: Int64, like: Bool = true)
    throws -> ChildProcess
  {
    let copies = outputs.values.reduce(0, +) * 100 / max(1, inputs)
    return try ChildProcess(
      [
        "pass-through", "--brokers", broker.list, "--prefix", prefix, "--records", "\(records)", "--group",
        prefix + group, "--sources", Topic.signals.rawValue, "--copies", "\(max(1, copies))",
      ] + (like ? ["--like", OutputSamples.text(outputs)] : []))
  }

  /// Puts a group of the raw side at the beginning of all signals, or at their end.
  func place(_ group: String, atEnd: Bool) throws {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for partition in partitions(of: .signals) {
      let bounds = try admin.watermarks(of: partition)
      offsets[partition] = CommittedOffset(
        offset: atEnd ? bounds.upperBound : bounds.lowerBound, metadata: "")
    }
    try admin.commit(group: prefix + group, offsets)
  }

  /// Removes its topics: one world is as large as another.
  func remove() throws {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    try admin.delete(admin.topics().keys.filter { $0.hasPrefix(prefix) })
  }

  private func partitions(of topic: Topic) -> [TopicPartition] {
    (0..<IntakeWorld.partitions).map {
      TopicPartition(topic: topic.name(prefix: prefix), partition: $0)
    }
  }
}
