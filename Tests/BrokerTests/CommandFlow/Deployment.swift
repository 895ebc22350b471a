// Owns a deployment of its own on the test broker, driven by the built binary and by stock clients alone.
import BrokerSupport
import FaultKit
import Foundation
import Glibc

/// A prefix, a folder and a worker, gone with the test.
final class FlowDeployment {
  let prefix = TestBroker.unique("flow") + "."
  let brokers: String
  let folder: URL
  private let secret: String
  private(set) var worker: WorkerProcess?

  /// The secret that the case ids in `Config/events` were made with.
  static let sampleSecret = "answerable-demo-secret"

  init(secret: String = "a secret for tests only") throws {
    self.secret = secret
    brokers = try TestBroker.bootstrapServers().joined(separator: ",")
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(TestBroker.unique("flow"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    worker?.send(SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  /// What a person would have exported.
  var environment: [String: String] {
    [
      "ANSWERABLE_BROKERS": brokers, "ANSWERABLE_PREFIX": prefix,
      "ANSWERABLE_SECRET": secret,
    ]
  }

  /// The project's own folder, for its `Config`.
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let policy = project.appendingPathComponent("Config/policy").path
  static let events = project.appendingPathComponent("Config/events").path

  /// Runs `answerable` to its end.
  func answerable(_ words: String..., environment: [String: String] = [:], input: String? = nil) throws
    -> Tool
  {
    try Tool(
      Tool.answerable, words, environment: self.environment.merging(environment) { $1 }, input: input,
      folder: folder)
  }

  /// Creates the topics, publishes a policy, the sample one unless told otherwise, and starts one worker.
  func start(partitions: Int = 2, roles: [String] = ["intake"], policy: String = policy) throws {
    for tool in [
      try answerable("topics", "apply", "--partitions", "\(partitions)"),
      try answerable("policy", "publish", policy),
    ] where tool.status != 0 { throw BrokerFailure(tool.story) }
    try run(roles)
  }

  /// Starts one worker of some roles.
  func run(_ roles: [String], environment: [String: String] = [:]) throws {
    worker = try WorkerProcess(
      ["run"] + roles, environment: self.environment.merging(environment) { $1 }, folder: folder,
      name: "worker")
  }

  /// Asks the worker to stop; its exit status, nil when it does not end.
  func drain() -> Int32? {
    worker?.send(SIGTERM)
    return worker?.wait(seconds: 20)
  }

  // MARK: Stock clients

  private static let python = URL(fileURLWithPath: "/usr/bin/python3")
  private static let client = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("client.py").path

  func python(_ words: [String], input: String? = nil) throws -> Tool {
    let tool = try Tool(Self.python, [Self.client] + words, input: input, folder: folder, seconds: 120)
    guard tool.status == 0 else { throw BrokerFailure(tool.story) }
    return tool
  }

  /// Produces records with the stock Python client; where each came to stand.
  func produce(_ records: [StockRecord]) throws -> [Place] {
    let input = try records.map { try $0.line(prefix: prefix) }.joined(separator: "\n")
    return try python(["produce", brokers], input: input).lines.map {
      try JSONDecoder().decode(Place.self, from: Data($0.utf8))
    }
  }

  /// Everything committed on topics, read with the stock Python client.
  func read(_ topics: String...) throws -> [StockRecord] {
    try python(["read", brokers] + topics.map { prefix + $0 }).lines.map {
      try JSONDecoder().decode(StockRecord.self, from: Data($0.utf8))
    }
  }

  /// Reads signals and dead letters until there are `count` of them, for at most `seconds`.
  func decisions(_ count: Int, seconds: Int = 40) throws -> [StockRecord] {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      let found = try read("signals", "dead-letters").filter { !$0.isMark }
      if found.count >= count { return found }
      guard ContinuousClock.now < end else {
        throw BrokerFailure("\(found.count) of \(count) decided within \(seconds) s\n\(worker?.log ?? "")")
      }
      usleep(200_000)
    }
  }

  /// Audits until nothing waits, for at most a minute.
  func settled(_ environment: [String: String] = [:]) throws -> Tool {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let audit = try answerable("audit", "--json", environment: environment)
      let waits = audit.out.matches(of: /"waiting":([0-9]+)/).contains { $0.1 != "0" }
      if !waits || ContinuousClock.now > end { return audit }
      usleep(300_000)
    }
  }

  /// Waits until every claim has been answered and its case has heard of it; false when that takes a minute.
  func answered() throws -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      let claims = try read("claims").count
      let answers = try read("signals").count { $0.header("ce_id")?.hasPrefix("answer-") == true }
      if answers >= claims, try settled().status == 0 { return true }
      usleep(300_000)
    }
    return false
  }

  /// Holds decisions against the schemas that the binary prints, with python3-jsonschema. Returns what it said: no
  /// line for a disagreement, and at the end the numbers.
  func validate(_ records: [StockRecord]) throws -> [String] {
    let schemas = folder.appendingPathComponent("schemas").path
    let printed = try answerable("schemas", "--dir", schemas)
    guard printed.status == 0 else { throw BrokerFailure(printed.story) }
    let input = try records.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    return try python(["validate", schemas], input: input.joined(separator: "\n")).lines
  }

  /// What kcat prints of a topic, read committed, one value a line.
  func kcat(_ topic: String) throws -> [String] {
    let tool = try Tool(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "kcat", "-C", "-b", brokers, "-t", prefix + topic, "-X", "isolation.level=read_committed", "-e", "-q",
      ],
      folder: folder)
    guard tool.status == 0 else { throw BrokerFailure(tool.story) }
    return tool.lines
  }
}

/// Where a record stands.
struct Place: Codable, Hashable {
  var topic: String
  var partition: Int32
  var offset: Int64
}

/// A record as the stock client takes and gives it.
struct StockRecord: Codable, Hashable {
  var topic: String
  var partition: Int32?
  var offset: Int64?
  var key: String?
  var value: String?
  /// Name, and the value in base64.
  var headers: [[String?]] = []

  /// A record to produce to `topic`, without the deployment's prefix.
  init(
    _ topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]?,
    headers: [(String, [UInt8]?)] = []
  ) {
    self.topic = topic
    self.partition = partition
    self.key = key.map { Data($0).base64EncodedString() }
    self.value = value.map { Data($0).base64EncodedString() }
    self.headers = headers.map { [$0.0, $0.1.map { Data($0).base64EncodedString() }] }
  }

  func line(prefix: String) throws -> String {
    var record = self
    record.topic = prefix + topic
    return String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
  }

  var keyBytes: [UInt8]? { key.flatMap { Data(base64Encoded: $0) }.map(Array.init) }
  var valueBytes: [UInt8]? { value.flatMap { Data(base64Encoded: $0) }.map(Array.init) }

  /// Whether it tells how far intake has read, and is no decision.
  var isMark: Bool { header("ce_id")?.hasPrefix("mark-") == true }

  /// The last header of a name, as text.
  func header(_ name: String) -> String? {
    headers.last { $0.first == name }?.last.flatMap { $0 }.flatMap { Data(base64Encoded: $0) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where the cause of a decision stands.
  var cause: Place? {
    guard let topic = header("cause-topic"), let partition = header("cause-partition").flatMap({ Int32($0) }),
      let offset = header("cause-offset").flatMap({ Int64($0) })
    else { return nil }
    return Place(topic: topic, partition: partition, offset: offset)
  }

  /// The value as JSON; nil when it is none.
  var json: [String: Any]? {
    valueBytes.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) } as? [String: Any]
  }
}
