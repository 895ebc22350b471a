// Owns one worker of the stateful role as a process of its own: it restores, works off what there is, and says how
// long that took and what it holds.
import Console
import Dispatch
import Foundation
import Kafka
import Streams
import Synchronization

enum RestoreWorker {
  static let command = Command(
    "restore-worker", "one worker with keyed state, as `restore` starts it",
    options: [
      OptionGroup(
        "Options", [Common.brokers.spec, IntakeWorker.prefix.spec, IntakeWorker.records.spec])
    ],
    body: { invocation, terminal in
      let brokers = invocation[Common.brokers].split(separator: ",").map(String.init)
      let watch = RestoreWatch(records: invocation[IntakeWorker.records])
      let pool = WorkerPool(
        log: try KafkaLog(Configuration(bootstrapServers: brokers)),
        role: KeyedStateRole(prefix: invocation[IntakeWorker.prefix]).role, threads: 1,
        identity: WorkerIdentity(transactionalPrefix: invocation[IntakeWorker.prefix] + "keyed-state")
      ) { watch.take($0) }
      pool.start()
      ChildSide.whenToldToStop { watch.done.signal() }
      watch.done.wait()
      // Published a few times a second.
      Thread.sleep(forTimeInterval: 0.6)
      let tasks = pool.snapshot().flatMap(\.tasks)
      pool.drain()
      for state in pool.wait() where state != .stopped { throw BenchFailure("\(state)") }
      var figures = watch.figures
      figures.entries = tasks.reduce(0) { $0 + $1.entries }
      figures.timers = tasks.reduce(0) { $0 + $1.timers }
      figures.stateBytes = Int64(tasks.reduce(0) { $0 + $1.stateBytes })
      figures.peakBytes = ProcessFigures.peakBytes
      try ChildSide.say(figures)
      return .success
    })
}

/// What a worker with state measured of itself.
struct RestoreFigures: Codable, Sendable {
  /// Changelog records read.
  var restored = 0
  /// From the assignment until the last task runs.
  var microseconds: Int64 = 0
  var cpuMicroseconds: Int64 = 0
  var entries = 0
  var timers = 0
  var stateBytes: Int64 = 0
  var peakBytes: Int64 = 0
}

/// Listens until every task runs and so many records of the source are committed.
private final class RestoreWatch: Sendable {
  private struct State {
    var figures = RestoreFigures()
    var startedAt: Int64 = 0
    var cpuAtStart: Int64 = 0
    var running = 0
    var records = 0
  }

  let done = DispatchSemaphore(value: 0)
  private let state = Mutex(State())
  private let records: Int

  init(records: Int) { self.records = records }

  var figures: RestoreFigures { state.withLock { $0.figures } }

  func take(_ report: RuntimeReport) {
    let isDone = state.withLock { state in
      switch report.event {
      case .assigned:
        state.startedAt = ProcessFigures.monotonicMicroseconds
        state.cpuAtStart = ProcessFigures.cpuMicroseconds
      case .restored(_, let records, _): state.figures.restored += records
      case .running:
        state.running += 1
        state.figures.microseconds = ProcessFigures.monotonicMicroseconds - state.startedAt
        state.figures.cpuMicroseconds = ProcessFigures.cpuMicroseconds - state.cpuAtStart
      case .committed(_, let records, _): state.records += records
      case .state(.failed(let reason)), .taskFailed(_, let reason), .taskRefused(_, let reason):
        FileHandle.standardError.write(Data("restore-worker: \(reason)\n".utf8))
        return true
      default: return false
      }
      return state.running == Int(KeyedStateRole.partitions) && state.records >= records
    }
    if isDone { done.signal() }
  }
}
