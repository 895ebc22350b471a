// Owns the workers of a deployment and what is done to them: a fault, and then waiting until all of them decide again.
import BrokerSupport
import Foundation
import Glibc
import Streams

/// What a round did and how long each partition it hit went without a decision.
package struct Round: Sendable {
  package var fault: Fault
  package var waits: [Duration]
  /// False for a freeze within the session timeout: nothing moves, so nothing is measured.
  package var isMeasured: Bool
}

/// Why a run was given up.
package struct FaultRunFailure: Error, CustomStringConvertible {
  package let description: String
}

/// Not for two threads at once.
package final class Storm {
  package struct Settings {
    package var roles: [String]
    package var workers: Int
    /// Whether a restarted worker has its predecessor's name, as in a StatefulSet: then it finishes its predecessor's
    /// open transaction at once; without a name, it waits for the coordinator to time it out.
    package var areWorkersNamed = true
    /// Source topics, by their physical names, that get something to decide at any time, so that the next decision tells
    /// when a partition has recovered; nil for all.
    package var steady: [String]?

    package init(roles: [String], workers: Int) {
      self.roles = roles
      self.workers = workers
    }
  }
  /// The session timeout of workers, by `ANSWERABLE_SESSION_TIMEOUT` of the environment.
  package static let sessionSeconds = 6

  private let settings: Settings
  private let environment: [String: String]
  private let folder: URL
  private let nodes: [BrokerProcess]
  private let watch: CommitWatch
  private var workers: [WorkerProcess] = []
  private var started = 0
  /// How often a worker gave up, with exit code 70, and was started again.
  package private(set) var gaveUp = 0

  /// Starts the workers. `nodes` are the brokers that faults may kill.
  package init(
    _ settings: Settings, environment: [String: String], folder: URL, nodes: [BrokerProcess],
    watch: CommitWatch
  ) throws {
    self.settings = settings
    self.environment = environment
    self.folder = folder
    self.nodes = nodes
    self.watch = watch
    for slot in 0..<settings.workers { workers.append(try makeWorker(slot)) }
  }

  private func makeWorker(_ slot: Int) throws -> WorkerProcess {
    started += 1
    var words = ["run"] + settings.roles + ["--json", "--listen", "off"]
    if settings.areWorkersNamed { words += ["--instance", "worker-\(slot)"] }
    return try WorkerProcess(words, environment: environment, folder: folder, name: "worker-\(started)")
  }

  /// Waits until every worker has partitions, and whatever else is asked.
  package func waitForAll(seconds: Int, for what: String, _ isDone: () -> Bool = { true }) throws {
    try wait(seconds: seconds, for: what) { [self] in
      workers.allSatisfy { $0.isRunning && !$0.assignment.isEmpty } && isDone()
    }
  }

  /// Partitions of which a decision is to be expected soon.
  private var active: Set<String> {
    let active = watch.active(within: .seconds(3))
    guard let steady = settings.steady else { return active }
    return active.filter { place in steady.contains { place.hasPrefix($0 + "-") } }
  }

  /// Does one thing to the deployment and waits until all of it decides again; once `isQuiet`, there may be nothing to
  /// decide, and what has not recovered by then is not measured.
  package func round(_ fault: Fault, isQuiet: () -> Bool = { false }) throws -> Round {
    let active = active
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
      isMeasured = time > Self.sessionSeconds * 1000
      let hit = active.intersection(workers[index].assignment)
      workers[index].send(SIGSTOP)
      watch.begin(isMeasured ? hit : [])
      usleep(UInt32(time) * 1000)
      workers[index].send(SIGCONT)
    case .killBroker(let index, let time):
      nodes[index].kill()
      watch.begin(active)
      usleep(UInt32(time) * 1000)
      try nodes[index].start()
    }
    try wait(seconds: 90, for: "the next decision of every partition that was hit") { [self] in
      watch.waits().pending.isEmpty || isQuiet()
    }
    try waitForAll(seconds: 90, for: "every worker to take part again")
    return Round(fault: fault, waits: watch.waits().waits.values.sorted(), isMeasured: isMeasured)
  }

  /// Asks all workers to stop, and waits for them.
  package func calm() {
    for worker in workers { worker.send(SIGTERM) }
    for worker in workers { _ = worker.wait(seconds: 15) }
  }

  /// Ends what is left of the workers at once.
  package func end() { workers = [] }

  /// The last that each worker said.
  package var logs: String { workers.map { String($0.log.suffix(1_500)) }.joined(separator: "\n---\n") }

  /// Starts again what gave up by itself, as a service manager does.
  package func supervise() throws {
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
        throw FaultRunFailure(
          description:
            "waited \(seconds) s in vain for \(what); pending: \(watch.waits().pending.sorted())\n\(logs)")
      }
      usleep(50_000)
    }
  }
}
