// Owns the world the runtime is tested in: an in-memory log on a manual clock, workers that are stepped, and
// questions about what is committed.
import Kafka
import Synchronization

@testable import Streams

/// Everything workers reported.
final class Reports: Sendable {
  private let all = Mutex<[RuntimeReport]>([])
  var listener: RuntimeListener { { report in self.all.withLock { $0.append(report) } } }
  var events: [RuntimeEvent] { all.withLock { $0.map(\.event) } }

  var failures: [String] {
    events.compactMap { if case .taskFailed(_, let reason) = $0 { reason } else { nil } }
  }
  var refusals: [String] {
    events.compactMap { if case .taskRefused(_, let reason) = $0 { reason } else { nil } }
  }
  var resolutions: [CommitResolution] {
    events.compactMap { if case .resolved(_, let resolution) = $0 { resolution } else { nil } }
  }
  var recreations: Int {
    events.count { if case .producerRecreated = $0 { true } else { false } }
  }
  var aborts: Int {
    events.count { if case .aborted = $0 { true } else { false } }
  }
}

/// One topology on one in-memory log.
struct TestWorld {
  let clock: ManualClock
  let log: MemoryLog
  let reports = Reports()
  var settings = WorkerSettings()
  let partitions: Int32

  init(partitions: Int32 = 1, markerDelay: Int64 = 0, faults: FaultPlan = .none) throws {
    clock = ManualClock()
    log = MemoryLog(clock: clock, markerDelay: markerDelay, faults: faults)
    self.partitions = partitions
    for topic in ["in", "changes"] { log.createTopic(topic, partitions: partitions) }
    for topic in ["out", "dead", "policy"] { log.createTopic(topic) }
    try log.setStart(group: "g", topics: ["in"])
  }

  static let forwarding = RoleDefinition(
    name: "forward", group: "g", sources: ["in"], outputs: ["out"], deadLetters: "dead")
  static let counting = RoleDefinition(
    name: "count", group: "g", sources: ["in"], outputs: ["out"], deadLetters: "dead", changelog: "changes")

  func worker<P: Processor>(_ role: Role<P>, _ index: Int = 0) -> Worker<MemoryLog, P> {
    Worker(
      log: log, role: role, identity: WorkerIdentity(transactionalPrefix: role.definition.name),
      index: index, settings: settings, clock: .manual(clock), listener: reports.listener)
  }

  func forwarder(_ index: Int = 0) -> Worker<MemoryLog, Forwarder> {
    worker(Role(Self.forwarding) { Forwarder() }, index)
  }

  func counter(_ index: Int = 0, layout: String = "") -> Worker<MemoryLog, Counter> {
    var definition = Self.counting
    definition.layout = layout
    return worker(Role(definition) { Counter() }, index)
  }

  func feed(_ values: String..., key: String = "k") throws {
    for value in values { try log.pipe("in", key: key, value) }
  }

  /// A key for each partition of the source, in their order; nil when none is found.
  func keys(of partitions: Int32) -> [String]? {
    var keys: [Int32: String] = [:]
    for number in 0..<100 {
      let key = "k\(number)"
      let partition = withBytes(key) { Murmur2.partition(of: $0, count: partitions) }
      if keys[partition] == nil { keys[partition] = key }
    }
    return keys.count == Int(partitions) ? (0..<partitions).compactMap { keys[$0] } : nil
  }

  /// The values of a topic, committed ones only.
  func committed(_ topic: String = "out") -> [String] {
    log.settle()
    return log.records(topic).map { $0.valueText ?? "-" }
  }

  /// Steps until nothing changes for a while, time passing between the steps.
  func run<P>(_ workers: Worker<MemoryLog, P>..., turns: Int = 60, milliseconds: Int64 = 10) {
    for _ in 0..<turns {
      for worker in workers { worker.step() }
      clock.advance(milliseconds: milliseconds)
    }
  }
}
