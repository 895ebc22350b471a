// Owns the task's clock: append time while behind, wall time only at the end of the log, never back.

/// The time a task decides by, in milliseconds since 1970.
struct TaskClock: Sendable, Hashable {
  private(set) var now: Int64
  /// True when everything in the log has been handled.
  private(set) var isAtEnd = false
  /// The latest append time of the records handled since the position was set; `.min` before the first.
  private(set) var read = Int64.min

  init(now: Int64) { self.now = now }

  /// A record of that append time is at hand.
  mutating func record(_ timestamp: Int64) {
    isAtEnd = false
    now = max(now, timestamp)
    read = max(read, timestamp)
  }

  /// Nothing is left to read.
  mutating func reachEnd() { isAtEnd = true }

  /// The position moved back: what follows is behind again.
  mutating func rewind(to time: Int64) {
    isAtEnd = false
    now = time
    read = .min
  }

  /// A transaction was undone without moving the position: what is at the end stays there.
  mutating func stay(at time: Int64) { now = time }

  /// Wall time passes; it counts only at the end of the log.
  mutating func tick(wall: Int64) {
    if isAtEnd { now = max(now, wall) }
  }
}
