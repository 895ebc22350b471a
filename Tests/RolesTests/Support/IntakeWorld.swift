// Owns a deployment of INTAKE in memory that a test drives by hand: events in, signals and dead letters out.
import Events
import Foundation
import Kafka
import Policy
import Secrets
import Streams

@testable import Roles

/// INTAKE under the policy that ships, on the in-memory log, one worker.
struct IntakeWorld {
  let clock = ManualClock()
  let log: MemoryLog
  let worker: Worker<MemoryLog, IntakeProcessor>
  static let secret = Secret("a secret for tests only, long enough")

  init(partitions: Int32 = 2) throws {
    log = MemoryLog(clock: clock)
    let layout = try log.deploy(TopicCatalogue(prefix: "", partitions: partitions), secret: Self.secret)
    _ = try PolicyTopic(log, prefix: "").publish(try Self.policy())
    var settings = WorkerSettings()
    settings.maxMessageBytes = TopicCatalogue.largestRecord
    let clock = clock
    worker = Worker(
      log: log,
      role: try IntakeRole.role(prefix: "", layout: layout.fingerprint, secret: Self.secret),
      identity: WorkerIdentity(transactionalPrefix: "test"), settings: settings,
      clock: WorkerClock(wall: { clock.now }, monotonic: { clock.now }))
  }

  /// Steps until nothing is left to do.
  func settle() {
    for _ in 0..<40 {
      clock.advance(milliseconds: 60)
      worker.step()
    }
  }

  func send(_ topic: Topic, _ value: String, headers: [String: String] = [:]) throws {
    try log.pipe(topic.rawValue, key: "k", value, headers: headers)
  }

  /// The signals so far, as JSON objects in the order of their partitions.
  func signals() throws -> [[String: Any]] {
    try signalRecords.map { record in
      try JSONSerialization.jsonObject(with: Data(record.value ?? [])) as? [String: Any] ?? [:]
    }
  }

  /// The signals about events; what tells how far has been read is none.
  var signalRecords: [MemoryRecord] { log.records(Topic.signals.rawValue).filter { !$0.isMark } }

  var deadLetters: [MemoryRecord] { log.records(Topic.deadLetters.rawValue) }

  static func policy() throws -> PolicyRecord {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Config/policy").path
    let check = PolicyLoader.load(folder: folder)
    guard let document = check.document else { throw check.errors[0] }
    return PolicyRecord(document, files: check.files, publishedAt: 0, by: "tests", note: "")
  }
}
