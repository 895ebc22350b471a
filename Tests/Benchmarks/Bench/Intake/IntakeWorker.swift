// Owns INTAKE as `answerable run intake` runs it, with default settings, and what it measures of itself.
import Console
import Dispatch
import Foundation
import Kafka
import Roles
import Streams
import Synchronization

enum IntakeWorker {
  static let prefix = Option<String>.text("prefix", nil, "PREFIX", "The deployment's prefix.", default: "")
  static let records = Option<Int>.integer(
    "records", nil, "N", "End once so many are committed; 0: when standard input ends.", in: 0...Int.max,
    default: 0)

  static let command = Command(
    "intake-worker", "one INTAKE worker, as `intake` starts it",
    options: [OptionGroup("Options", [Common.brokers.spec, prefix.spec, records.spec])],
    body: { invocation, terminal in
      var configuration = Configuration(
        bootstrapServers: invocation[Common.brokers].split(separator: ",").map(String.init))
      // As the command sets it.
      configuration.producer.messageMaxBytes = TopicCatalogue.largestRecord + (4 << 10)
      let meter = WorkerMeter(
        expected: Int64(invocation[records]),
        partitions: Int(IntakeWorld.partitions) * RoleName.intake.sources.count)
      var settings = RunSettings(instance: "bench", secret: IntakeWorld.secret)
      settings.prefix = invocation[prefix]
      settings.roles = [.intake]
      let running = try RunningRoles(
        log: KafkaLog(configuration), settings: settings
      ) { meter.take($0) }
      running.start()
      ChildSide.whenToldToStop { meter.stop() }
      meter.wait()
      running.drain()
      for end in running.wait() where end.state != .stopped { throw BenchFailure("\(end.state)") }
      try ChildSide.say(meter.figures)
      return .success
    })
}

/// Listens to a worker.
final class WorkerMeter: Sendable {
  private struct State {
    var figures = WorkerFigures(
      records: 0, commits: 0, commitMicroseconds: 0, microseconds: 0, cpuMicroseconds: 0, peakBytes: 0)
    var startedAt: Int64 = 0
    var cpuAtStart: Int64 = 0
    var running = 0
    var committedAt: Int64 = 0
  }

  private let state = Mutex(State())
  private let done = DispatchSemaphore(value: 0)
  private let expected: Int64
  private let partitions: Int

  init(expected: Int64, partitions: Int) {
    self.expected = expected
    self.partitions = partitions
  }

  func take(_ report: RuntimeReport) {
    switch report.event {
    case .assigned:
      state.withLock { state in
        guard state.startedAt == 0 else { return }
        state.startedAt = ProcessFigures.monotonicMicroseconds
        state.cpuAtStart = ProcessFigures.cpuMicroseconds
      }
    case .restored(_, let records, _): state.withLock { $0.figures.restored += Int64(records) }
    case .running:
      let isReady = state.withLock { state in
        state.running += 1
        state.figures.startMicroseconds = ProcessFigures.monotonicMicroseconds - state.startedAt
        state.figures.cpuAtReady = ProcessFigures.cpuMicroseconds - state.cpuAtStart
        return state.running == partitions
      }
      if isReady { ChildSide.say("ready") }
    // What commits no record only moves positions.
    case .committed(_, let records, let milliseconds) where records > 0:
      let isDone = state.withLock { state in
        state.figures.records += Int64(records)
        let now = ProcessFigures.monotonicMicroseconds
        if state.committedAt > 0 {
          state.figures.longestGapMicroseconds = max(
            state.figures.longestGapMicroseconds, now - state.committedAt)
        }
        state.committedAt = now
        state.figures.commits += 1
        state.figures.commitMicroseconds += milliseconds * 1000
        state.figures.microseconds = ProcessFigures.monotonicMicroseconds - state.startedAt
        state.figures.cpuMicroseconds = ProcessFigures.cpuMicroseconds - state.cpuAtStart
        return expected > 0 && state.figures.records >= expected
      }
      if isDone { stop() }
    case .state(.failed(let reason)), .taskFailed(_, let reason), .taskRefused(_, let reason):
      FileHandle.standardError.write(Data("intake-worker: \(reason)\n".utf8))
      stop()
    case .aborted(let cause):
      FileHandle.standardError.write(Data("intake-worker: aborted: \(cause)\n".utf8))
    default: break
    }
  }

  func stop() { done.signal() }
  func wait() { done.wait() }

  var figures: WorkerFigures {
    state.withLock { state in
      state.figures.peakBytes = ProcessFigures.peakBytes
      return state.figures
    }
  }
}
