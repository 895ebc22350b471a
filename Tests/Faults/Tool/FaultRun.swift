// Owns a run: a deployment under load on brokers of its own, faults one after another, and what each cost.
import BrokerSupport
import FaultKit
import Foundation
import Glibc
import Kafka
import Streams

/// What a round did and how long each partition it hit went without a decision.
struct Round {
  var fault: Fault
  var waits: [Duration]
  /// False for a freeze within the session timeout: nothing moves, so nothing is measured.
  var isMeasured: Bool
}

/// Why a run was given up.
struct FaultRunFailure: Error, CustomStringConvertible {
  let description: String
}

final class FaultRun {
  struct Settings {
    var home: String
    var policy: String
    var brokers: Int
    var workers: Int
    var rate: Int
    var partitions: Int
    /// Whether a restarted worker has its predecessor's name, as in a StatefulSet.
    var areWorkersNamed: Bool
    static let sessionSeconds = 6
  }

  private let settings: Settings
  private let cluster: BrokerCluster
  /// Holds the logs of workers.
  let folder: URL
  private let environment: [String: String]
  private let prefix = "faults."
  private let log: KafkaLog
  private let load: EventLoad
  private let watch: CommitWatch
  private var workers: [WorkerProcess] = []
  private var started = 0

  /// Starts everything and waits for the first decisions.
  init(_ settings: Settings) throws {
    self.settings = settings
    cluster = try BrokerCluster(home: settings.home, nodes: settings.brokers)
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("answerable-faults-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = [
      "ANSWERABLE_BROKERS": cluster.bootstrapServers.joined(separator: ","), "ANSWERABLE_PREFIX": prefix,
      "ANSWERABLE_SECRET": "a secret for fault runs only, long enough",
      "ANSWERABLE_SESSION_TIMEOUT": "\(Settings.sessionSeconds)s",
    ]
    try WorkerProcess.run(
      [
        "topics", "apply", "--partitions", "\(settings.partitions)", "--replication-factor",
        "\(cluster.replicationFactor)",
      ], environment: environment, folder: folder)
    try WorkerProcess.run(["policy", "publish", settings.policy], environment: environment, folder: folder)
    log = try KafkaLog(Configuration(bootstrapServers: cluster.bootstrapServers))
    watch = CommitWatch(log: log, prefix: prefix)
    load = try EventLoad(log: log, prefix: prefix, rate: settings.rate, isPersistent: true)
    for slot in 0..<settings.workers { workers.append(try makeWorker(slot)) }
    try wait(seconds: 60, for: "every worker to take part and every partition to move") { [self] in
      workers.allSatisfy { !$0.assignment.isEmpty }
        && watch.active(within: .seconds(2)).count > settings.partitions
    }
  }

  /// A named worker finishes its predecessor's open transaction at once; without a name, it waits for the
  /// coordinator to time it out.
  private func makeWorker(_ slot: Int) throws -> WorkerProcess {
    started += 1
    var words = ["run", "intake", "--json", "--listen", "off"]
    if settings.areWorkersNamed { words += ["--instance", "worker-\(slot)"] }
    return try WorkerProcess(words, environment: environment, folder: folder, name: "worker-\(started)")
  }

  /// How often a worker gave up, with exit code 70, and was started again.
  private(set) var gaveUp = 0

  /// How many events went in so far.
  var sent: Int { load.count }

  /// Does one thing to the deployment and waits until all of it decides again.
  func round(_ fault: Fault) throws -> Round {
    let active = watch.active(within: .seconds(3))
    var isMeasured = true
    switch fault {
    case .killWorker(let index):
      let hit = active.intersection(workers[index].assignment)
      workers[index].send(SIGKILL)
      watch.begin(hit)
      _ = workers[index].wait(seconds: 10)
      workers[index] = try makeWorker(index)
    case .drainWorker(let index):
      let hit = active.intersection(workers[index].assignment)
      workers[index].send(SIGTERM)
      watch.begin(hit)
      guard workers[index].wait(seconds: 15) == 0 else {
        throw FaultRunFailure(
          description: "worker \(index) did not drain\n\(workers[index].log.suffix(2_000))")
      }
      workers[index] = try makeWorker(index)
    case .freezeWorker(let index, let time):
      isMeasured = time > Settings.sessionSeconds * 1000
      let hit = active.intersection(workers[index].assignment)
      workers[index].send(SIGSTOP)
      watch.begin(isMeasured ? hit : [])
      usleep(UInt32(time) * 1000)
      workers[index].send(SIGCONT)
    case .killBroker(let index, let time):
      cluster.nodes[index].kill()
      watch.begin(active)
      usleep(UInt32(time) * 1000)
      try cluster.nodes[index].start()
    }
    try wait(seconds: 90, for: "the next decision of every partition that was hit") { [self] in
      watch.waits().pending.isEmpty
    }
    try wait(seconds: 90, for: "every worker to take part again") { [self] in
      workers.allSatisfy { $0.isRunning && !$0.assignment.isEmpty }
    }
    return Round(fault: fault, waits: watch.waits().waits.values.sorted(), isMeasured: isMeasured)
  }

  /// Stops the load and the workers and judges everything that was written.
  func finish() throws -> (sent: Int, Referee.Finding) {
    let sent = try load.stop()
    let finding = try Referee(log: log, prefix: prefix).settle(seconds: 60)
    watch.stop()
    for worker in workers { worker.send(SIGTERM) }
    for worker in workers { _ = worker.wait(seconds: 15) }
    return (sent, finding)
  }

  /// Ends what is left of it.
  func remove(keepsLogs: Bool) {
    workers = []
    cluster.remove()
    if keepsLogs { return }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts again what gave up by itself, as a service manager does.
  private func supervise() throws {
    for (slot, worker) in workers.enumerated() where !worker.isRunning {
      guard worker.wait(seconds: 1) == 70 else {
        throw FaultRunFailure(
          description: "worker \(slot) ended by itself\n\(worker.log.suffix(2_000))")
      }
      gaveUp += 1
      workers[slot] = try makeWorker(slot)
    }
  }

  private func wait(seconds: Int, for what: String, _ isDone: () -> Bool) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while !isDone() {
      try supervise()
      guard ContinuousClock.now < end else {
        let logs = workers.map { $0.log.suffix(1_500) }.joined(separator: "\n---\n")
        throw FaultRunFailure(
          description:
            "waited \(seconds) s in vain for \(what); pending: \(watch.waits().pending.sorted())\n\(logs)")
      }
      usleep(50_000)
    }
  }
}
