// Owns the line that says every ten seconds how much was decided, and the sums at the end.
import Dispatch
import Foundation
import Roles
import Streams

/// Counters of a whole process.
struct Throughput: Sendable, Hashable {
  var records: Int64 = 0
  var signals: Int64 = 0
  var deadLetters: Int64 = 0
  var commits: Int64 = 0
  var commitMilliseconds: Int64 = 0
  var aborts: Int64 = 0
  /// Records known to wait; nil while that is not known of every task.
  var lag: Int64?

  init() {}

  init(_ snapshot: [RoleName: [WorkerSnapshot]]) {
    var lag: Int64? = 0
    for worker in snapshot.values.joined() {
      records &+= worker.counters.records
      signals &+= worker.counters.forwarded
      deadLetters &+= worker.counters.deadLettered.values.reduce(0, &+)
      commits &+= worker.counters.commits
      commitMilliseconds &+= worker.counters.commitMilliseconds
      aborts &+= worker.counters.aborts.values.reduce(0, &+)
      for task in worker.tasks {
        if let known = lag, let more = task.lag { lag = known &+ more } else { lag = nil }
      }
    }
    self.lag = lag
  }
}

/// Logs the throughput of a running process.
final class ThroughputMeter: Sendable {
  private static let interval = 10
  private let log: RunLog
  private let snapshot: @Sendable () -> [RoleName: [WorkerSnapshot]]
  private let ended = DispatchSemaphore(value: 0)

  init(_ log: RunLog, _ snapshot: @escaping @Sendable () -> [RoleName: [WorkerSnapshot]]) {
    self.log = log
    self.snapshot = snapshot
  }

  func start() {
    Thread.detachNewThread { [self] in
      var last = Throughput()
      while ended.wait(timeout: .now() + .seconds(Self.interval)) == .timedOut {
        let now = Throughput(snapshot())
        // Silence is no news.
        if now.records != last.records || now.lag != last.lag {
          log.line(.throughput(now, since: last, seconds: Self.interval))
        }
        last = now
      }
    }
  }

  func stop() { ended.signal() }

  func totals(_ snapshot: [RoleName: [WorkerSnapshot]]) -> Throughput { Throughput(snapshot) }
}
