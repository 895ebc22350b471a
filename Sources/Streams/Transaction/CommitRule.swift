// Owns the decision when to commit.

/// When a transaction is committed: at once when nothing is left to read and the last commit is at least one
/// commit's length ago; otherwise when it is old enough or large enough.
///
/// A commit costs 20–75 ms whatever it holds. Committing whenever drained gives the lowest latency at low
/// rates; one commit's length in between keeps half of the time for work at high ones.
struct CommitRule: Sendable, Hashable {
  enum Decision: Sendable, Hashable {
    case commit
    /// Look again after so many milliseconds.
    case wait(Int64)
  }

  let interval: Int64
  let bytes: Int
  /// When the last commit returned, and how long it took; monotonic milliseconds.
  private var lastEnd: Int64 = .min / 2
  private var lastLength: Int64 = 0

  init(interval: Int64, bytes: Int) {
    self.interval = interval
    self.bytes = bytes
  }

  mutating func committed(from start: Int64, to end: Int64) {
    lastEnd = end
    lastLength = max(0, end &- start)
  }

  /// - Parameters:
  ///   - opened: When the transaction began, monotonic milliseconds.
  ///   - produced: Bytes it has produced.
  ///   - drained: True when the last poll brought nothing.
  func decide(opened: Int64, produced: Int, drained: Bool, now: Int64) -> Decision {
    if produced >= bytes { return .commit }
    let due = opened &+ interval
    if now >= due { return .commit }
    guard drained else { return .wait(due &- now) }
    let calm = lastEnd &+ lastLength
    return now >= calm ? .commit : .wait(min(due, calm) &- now)
  }
}
