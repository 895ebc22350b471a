// Owns the two clocks a worker reads: wall time for tasks at the end of their log, monotonic time for
// durations. Tests drive both by hand.
import Glibc

/// Where a worker reads the time, in milliseconds.
public struct WorkerClock: Sendable {
  /// Milliseconds since 1970, UTC.
  public var wall: @Sendable () -> Int64
  /// Milliseconds since some moment; never goes back, whatever happens to the wall clock.
  public var monotonic: @Sendable () -> Int64

  public init(wall: @escaping @Sendable () -> Int64, monotonic: @escaping @Sendable () -> Int64) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// The machine's clocks.
  public static let system = WorkerClock(
    wall: { read(CLOCK_REALTIME) }, monotonic: { read(CLOCK_MONOTONIC) })

  /// Both clocks on one that is moved by hand.
  public static func manual(_ clock: ManualClock) -> WorkerClock {
    WorkerClock(wall: { clock.now }, monotonic: { clock.now })
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000
  }
}
