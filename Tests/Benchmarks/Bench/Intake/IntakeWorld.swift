// Owns the deployment that INTAKE is measured on: topics, layout, policy, start positions, and the raw side's topic.
import Foundation
import Kafka
import Policy
import Privacy
import Roles
import Secrets
import Streams

/// A deployment under a prefix of its own.
struct IntakeWorld {
  static let secret = Secret("what benchmarks make subject keys with")
  static let partitions: Int32 = 4

  let broker: BenchBroker
  let prefix: String
  var signals: String { Topic.signals.name(prefix: prefix) }
  /// Where the raw side writes.
  var rawOutput: String { prefix + "raw" }

  init(on broker: BenchBroker) throws {
    self.broker = broker
    prefix = BenchBroker.prefix()
    let catalogue = TopicCatalogue(prefix: prefix, partitions: Self.partitions)
    let layout = Layout(
      catalogue: catalogue, keyVersion: Int(SubjectKeyMaker.keyVersion),
      secretFingerprint: try SubjectKeyMaker(secret: Self.secret).fingerprint())
    let setup = DeploymentSetup(broker.configuration, catalogue)
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: try setup.survey())
    try setup.apply(plan, layout: layout, from: .earliest, report: { _ in })
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    try admin.create([
      NewTopic(
        name: rawOutput, partitions: Self.partitions, replicationFactor: nil,
        configuration: catalogue.specification(of: .signals).settings)
    ])
    let folder = Self.policyFolder
    let check = PolicyLoader.load(folder: folder)
    guard let document = check.document else {
      throw BenchFailure("\(folder): \(check.errors.first.map { "\($0)" } ?? "no policy")")
    }
    _ = try PolicyTopic(KafkaLog(broker.configuration), prefix: prefix).publish(
      PolicyRecord(document, files: check.files, publishedAt: 0, by: "bench", note: ""))
  }

  static var policyFolder: String { EventTemplates.root.appendingPathComponent("Config/policy").path }

  private var sources: [TopicPartition] {
    RoleName.intake.sources.flatMap { topic in
      (0..<Self.partitions).map { TopicPartition(topic: topic.name(prefix: prefix), partition: $0) }
    }
  }

  /// Events in the source topics.
  func backlog() throws -> Int64 {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    var count: Int64 = 0
    for partition in sources {
      let bounds = try admin.watermarks(of: partition)
      count += bounds.upperBound - bounds.lowerBound
    }
    return count
  }

  /// Puts a side's group back to the beginning of every source, or on to its end.
  func rewind(_ side: Side, toEnd: Bool = false) throws {
    let admin = try Admin(broker.configuration)
    defer { admin.close() }
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for partition in sources {
      let bounds = try admin.watermarks(of: partition)
      offsets[partition] = CommittedOffset(
        offset: toEnd ? bounds.upperBound : bounds.lowerBound, metadata: "")
    }
    try admin.commit(group: group(side), offsets)
  }

  func group(_ side: Side) -> String {
    side == .intake ? RoleName.intake.group(prefix: prefix) : prefix + side.rawValue
  }

  func output(_ side: Side) -> String { side == .intake ? signals : rawOutput }

  /// Starts a side's worker in a process of its own, to end after `records` or, with 0, when it is told to.
  func start(_ side: Side, records: Int64) throws -> ChildProcess {
    let common = ["--brokers", broker.list, "--prefix", prefix, "--records", "\(records)"]
    switch side {
    case .intake: return try ChildProcess(["intake-worker"] + common)
    case .raw, .rawLikeSignals:
      let like = side == .rawLikeSignals ? ["--like-signals"] : []
      return try ChildProcess(["pass-through"] + common + ["--group", group(side)] + like)
    }
  }
}

/// Who is measured.
enum Side: String, CaseIterable {
  case intake
  case raw
  /// Raw C that writes records as large as signals.
  case rawLikeSignals = "raw-like-signals"

  var title: String {
    switch self {
    case .intake: "INTAKE"
    case .raw: "raw C"
    case .rawLikeSignals: "raw C, outputs like signals"
    }
  }
}
