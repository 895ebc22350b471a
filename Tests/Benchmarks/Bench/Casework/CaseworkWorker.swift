// Owns CASEWORK as `answerable run casework` runs it, with default settings, and what it measures of itself.
import Console
import Foundation
import Kafka
import Roles
import Streams
import Synchronization

enum CaseworkWorker {
  static let command = Command(
    "casework-worker", "one CASEWORK worker, as `casework` starts it",
    options: [
      OptionGroup("Options", [Common.brokers.spec, IntakeWorker.prefix.spec, IntakeWorker.records.spec])
    ],
    body: { invocation, terminal in
      var configuration = Configuration(
        bootstrapServers: invocation[Common.brokers].split(separator: ",").map(String.init))
      // As the command sets it.
      configuration.producer.messageMaxBytes = TopicCatalogue.largestRecord + (4 << 10)
      let meter = WorkerMeter(expected: 0, partitions: Int(IntakeWorld.partitions))
      var settings = RunSettings(instance: "bench", secret: IntakeWorld.secret)
      settings.prefix = invocation[IntakeWorker.prefix]
      settings.roles = [.casework]
      let running = try RunningRoles(
        log: KafkaLog(configuration), settings: settings
      ) { meter.take($0) }
      running.start()
      ChildSide.whenToldToStop { meter.stop() }
      let flood = FloodWatch(running)
      let records = Int64(invocation[IntakeWorker.records])
      if records > 0 {
        Thread.detachNewThread {
          waitUntilDrained(running, meter, records)
          meter.stop()
        }
      }
      meter.wait()
      // Published a few times a second.
      Thread.sleep(forTimeInterval: 0.6)
      var figures = meter.figures
      let workers = running.snapshot()[.casework] ?? []
      let tasks = workers.flatMap(\.tasks)
      figures.drainMicroseconds = flood.microseconds
      figures.timersFired = workers.reduce(0) { $0 + $1.counters.timers }
      figures.opened = workers.reduce(0) { $0 + ($1.counters.own[RoleCounter("decision", "opened")] ?? 0) }
      figures.heldBytes = ProcessFigures.heldBytes
      figures.entries = Int64(tasks.reduce(0) { $0 + $1.entries })
      figures.timers = Int64(tasks.reduce(0) { $0 + $1.timers })
      figures.stateBytes = Int64(tasks.reduce(0) { $0 + $1.stateBytes })
      if figures.records < records {
        throw BenchFailure("the worker stopped before it had handled everything")
      }
      running.drain()
      for end in running.wait() where end.state != .stopped { throw BenchFailure("\(end.state)") }
      try ChildSide.say(figures)
      return .success
    })

  /// Until so many records are handled, and what it told itself meanwhile.
  private static func waitUntilDrained(
    _ running: RunningRoles<KafkaLog>, _ meter: WorkerMeter, _ records: Int64
  ) {
    var calm = 0
    while calm < 5 {
      Thread.sleep(forTimeInterval: 0.2)
      let tasks = running.snapshot()[.casework]?.flatMap(\.tasks) ?? []
      let isDone = meter.figures.records >= records && tasks.allSatisfy { $0.lag == 0 }
      calm = isDone ? calm + 1 : 0
    }
  }
}

/// Watches until timers that were due at the start have fired.
private final class FloodWatch: Sendable {
  private let end = Mutex<Int64>(0)

  init(_ running: RunningRoles<KafkaLog>) {
    Thread.detachNewThread { [self] in
      var start: Int64 = 0
      var calm = 0
      while calm < 5 {
        Thread.sleep(forTimeInterval: 0.05)
        let tasks = running.snapshot()[.casework]?.flatMap(\.tasks) ?? []
        guard !tasks.isEmpty, tasks.allSatisfy({ $0.state == .running }) else { continue }
        let now = ProcessFigures.monotonicMicroseconds
        if start == 0 { start = now }
        // A timer that waits for its commit is no flood.
        let isLate = tasks.contains { $0.lateness > 300 }
        if isLate { end.withLock { $0 = now - start } }
        calm = isLate ? 0 : calm + 1
      }
    }
  }

  /// From when every task ran until none had a timer that was long due; 0 where none had.
  var microseconds: Int64 { end.withLock { $0 } }
}
