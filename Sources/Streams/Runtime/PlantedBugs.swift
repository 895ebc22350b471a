// Owns the bugs that tests plant in the runtime. Each is honoured at the one place that decides, and
// each makes a guarantee test fail; production has none.

/// Bugs a test can plant.
package struct PlantedBugs: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Offsets are sent only for tasks that moved: a transaction of timers alone is not fenced.
  package static let timersWithoutOffsets = PlantedBugs(rawValue: 1 << 0)
  /// A restore ends at the last stable offset, which lags a returned commit.
  package static let restoreToLastStableOffset = PlantedBugs(rawValue: 1 << 1)
  /// State changes reach the changelog one transaction late.
  package static let commitBeforeFlush = PlantedBugs(rawValue: 1 << 2)
  /// After a failed commit the state is kept as if it had succeeded.
  package static let skippedAbort = PlantedBugs(rawValue: 1 << 3)
  /// Timers are kept in memory only.
  package static let lostTimer = PlantedBugs(rawValue: 1 << 4)
  /// After an unknown commit that had committed, the state changes are dropped.
  package static let overlayDroppedAfterUnknownCommit = PlantedBugs(rawValue: 1 << 5)
  /// State changes survive an abort.
  package static let stateOutsideTransaction = PlantedBugs(rawValue: 1 << 6)
  /// A new broadcast is adopted in the middle of a transaction.
  package static let broadcastSwitchedMidTransaction = PlantedBugs(rawValue: 1 << 7)
  /// Progress is told as if everything had been read by now.
  package static let progressAhead = PlantedBugs(rawValue: 1 << 8)
}
