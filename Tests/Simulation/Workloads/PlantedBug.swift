// Owns the bugs that a simulation can plant, to prove that it finds them.
import Streams

/// A bug planted on purpose.
package enum PlantedBug: String, Sendable, Hashable, CaseIterable {
  case commitBeforeFlush = "commit-before-flush"
  case skippedAbort = "skipped-abort"
  case lostTimer = "lost-timer"
  case timersWithoutOffsets = "timers-without-offsets"
  case restoreToLastStableOffset = "restore-to-last-stable-offset"
  case overlayDropped = "overlay-dropped-after-unknown-commit"
  case dedupeOutside = "dedupe-outside-transaction"
  case stateOutside = "state-outside-transaction"
  case policySwitched = "policy-switched-mid-transaction"

  package var meaning: String {
    switch self {
    case .commitBeforeFlush: "state changes reach the changelog one transaction late"
    case .skippedAbort: "after a commit that failed, work goes on as if it had not"
    case .lostTimer: "timers are kept in memory only"
    case .timersWithoutOffsets: "a transaction of timers alone sends no offset, so nobody can fence it"
    case .restoreToLastStableOffset: "a restore misses a commit that returned and whose marker is late"
    case .overlayDropped: "after an unknown commit that had committed, its state changes are dropped"
    case .dedupeOutside: "the processor remembers what it has seen by itself, outside of the transaction"
    case .stateOutside: "state changes survive an abort"
    case .policySwitched: "a new policy decides in the middle of a transaction"
    }
  }

  /// Where it can show.
  package var workload: WorkloadName { self == .policySwitched ? .forward : .count }

  /// What the runtime does wrong; nothing where the processor does.
  var planted: PlantedBugs {
    switch self {
    case .commitBeforeFlush: .commitBeforeFlush
    case .skippedAbort: .skippedAbort
    case .lostTimer: .lostTimer
    case .timersWithoutOffsets: .timersWithoutOffsets
    case .restoreToLastStableOffset: .restoreToLastStableOffset
    case .overlayDropped: .overlayDroppedAfterUnknownCommit
    case .dedupeOutside: []
    case .stateOutside: .stateOutsideTransaction
    case .policySwitched: .broadcastSwitchedMidTransaction
    }
  }
}
