// Owns the decision that a worker is stuck: its loop has not turned for too long.

/// Compares heartbeats with the time. One for each worker.
struct Watchdog: Sendable, Hashable {
  enum Finding: Sendable, Hashable {
    case stuck(milliseconds: Int64)
    case unstuck
  }

  /// Milliseconds.
  let limit: Int64
  private(set) var isStuck = false

  init(limit: Int64) { self.limit = limit }

  /// What is new at `now`; nil when nothing is. A worker is reported once, and once more when it turns again.
  mutating func look(lastBeat: Int64, now: Int64) -> Finding? {
    let silence = now &- lastBeat
    if silence >= limit && !isStuck {
      isStuck = true
      return .stuck(milliseconds: silence)
    }
    if silence < limit && isStuck {
      isStuck = false
      return .unstuck
    }
    return nil
  }
}
