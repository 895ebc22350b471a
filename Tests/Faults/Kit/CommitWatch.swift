// Owns seeing decisions as they become readable, and how long each partition waited after a fault.
import Foundation
import Kafka
import Roles
import Streams

/// Follows signals, dead letters and what casework journalled, read committed, on a thread of its own.
public final class CommitWatch: @unchecked Sendable {
  // Unchecked: what is mutable is read and written under `lock`.
  private let lock = NSLock()
  private var isStopped = false
  private var lastSeen: [String: ContinuousClock.Instant] = [:]
  private var mark: Mark?
  private let done = DispatchSemaphore(value: 0)

  private struct Mark {
    /// Milliseconds since 1970.
    var wall: Int64
    var at: ContinuousClock.Instant
    var pending: Set<String>
    var waits: [String: Duration] = [:]
  }

  public init(log: KafkaLog, prefix: String) {
    let topics = [Topic.signals, .deadLetters, .caseJournal].map { $0.name(prefix: prefix) }
    Thread.detachNewThread { [self] in
      while !stopped {
        // A follower that loses its broker for too long is made anew.
        try? RecordScan(log).follow(topics, until: { self.stopped }) { record in
          let isJournal = record.partition.topic == topics[2]
          self.see(record, place: isJournal ? Self.task(record, of: prefix) : Self.input(record))
          return true
        }
      }
      done.signal()
    }
  }

  public func stop() {
    lock.withLock { isStopped = true }
    done.wait()
  }

  private var stopped: Bool { lock.withLock { isStopped } }

  /// Source partitions (`feedback-3`, `signals-0`) that had a decision within this time.
  public func active(within time: Duration) -> Set<String> {
    let now = ContinuousClock.now
    return lock.withLock { Set(lastSeen.filter { now - $0.value < time }.keys) }
  }

  /// From now on, measures how long each of these partitions waits for its next decision.
  public func begin(_ partitions: Set<String>) {
    let mark = Mark(
      wall: Int64(Date().timeIntervalSince1970 * 1000), at: .now, pending: partitions)
    lock.withLock { self.mark = mark }
  }

  /// Partitions that still wait, and how long the others did.
  public func waits() -> (pending: Set<String>, waits: [String: Duration]) {
    lock.withLock { (mark?.pending ?? [], mark?.waits ?? [:]) }
  }

  /// The input partition that a decision of intake was made about.
  private static func input(_ record: ScannedRecord) -> String? {
    Referee.Cause(record).map { "\($0.topic)-\($0.partition)" }
  }

  /// The partition of signals whose task made a decision of casework: its id is `task-number`.
  private static func task(_ record: ScannedRecord, of prefix: String) -> String? {
    record.header("ce_id")?.split(separator: "-").first.map { "\(Topic.signals.name(prefix: prefix))-\($0)" }
  }

  private func see(_ record: ScannedRecord, place: String?) {
    guard let place else { return }
    let now = ContinuousClock.now
    lock.withLock {
      lastSeen[place] = now
      // What was appended before the fault may become readable after it: it says nothing about recovery.
      guard var mark, mark.pending.contains(place), record.timestamp > mark.wall else { return }
      mark.pending.remove(place)
      mark.waits[place] = now - mark.at
      self.mark = mark
    }
  }
}
