// Owns the plan of one task's restore: up to where, what has been read, when it is complete.

/// The restore of one changelog partition.
///
/// The end is the one of everything appended (`readUncommitted`), read after the group's stable offset, and
/// records are read committed up to it. The end of what a committed reader sees is the last stable
/// offset, which lags a commit that has returned until its marker is written: measured on librdkafka 2.0.2
/// with Kafka 4.3.1 to miss that commit half of the time.
struct RestoreProgress: Sendable, Hashable {
  let end: Int64
  let startedAt: Int64
  private(set) var position: Int64
  private(set) var records = 0
  /// The last header read.
  var header: TaskHeader?

  init(start: Int64, end: Int64, at now: Int64) {
    position = start
    self.end = end
    startedAt = now
  }

  /// Which end a restore reads up to.
  static func end(_ bugs: PlantedBugs) -> Isolation {
    bugs.contains(.restoreToLastStableOffset) ? .readCommitted : .readUncommitted
  }

  var isComplete: Bool { position >= end }

  mutating func read(_ offset: Int64) {
    position = max(position, offset &+ 1)
    records &+= 1
  }

  /// Nothing visible is left before `offset`: control records and compacted ones count as read. Below `end`
  /// a transaction is still open: the restore waits for it.
  mutating func reached(_ offset: Int64) { position = max(position, offset) }
}
