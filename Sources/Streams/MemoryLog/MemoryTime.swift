// Owns what time an in-memory log lives in: a clock that a test moves by hand, or the machine's.
import Glibc
import Synchronization

/// A clock that moves only when it is told to. Milliseconds since 1970, UTC.
public final class ManualClock: Sendable {
  private let value: Atomic<Int64>

  /// - Parameter milliseconds: Where it starts; by default a Thursday morning in January 2026.
  public init(at milliseconds: Int64 = 1_767_861_600_000) { value = Atomic(milliseconds) }

  public var now: Int64 { value.load(ordering: .acquiring) }

  /// Moves forward. A negative amount moves nothing: time never goes back here.
  public func advance(milliseconds: Int64) {
    value.wrappingAdd(max(0, milliseconds), ordering: .acquiringAndReleasing)
  }

  /// Moves forward to a moment; does nothing when it has passed already.
  public func advance(to milliseconds: Int64) {
    value.max(milliseconds, ordering: .acquiringAndReleasing)
  }
}

/// The time of an in-memory log.
///
/// With `manual`, no call ever blocks: a poll delivers what is ready, and a call that would have to wait for
/// something that only another member can bring about throws a retriable error instead. What would come by itself
/// while a real client waits (the markers of a decided transaction) is done at once.
public enum MemoryTime: Sendable {
  case manual(ManualClock)
  case wall

  /// Milliseconds since 1970, UTC.
  public var now: Int64 {
    switch self {
    case .manual(let clock): return clock.now
    case .wall:
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
    }
  }

  var blocks: Bool {
    if case .wall = self { true } else { false }
  }

  /// Lets time pass inside of a call: moves the manual clock, or sleeps.
  func pass(milliseconds: Int64) {
    switch self {
    case .manual(let clock): clock.advance(milliseconds: milliseconds)
    case .wall: usleep(UInt32(clamping: max(0, milliseconds) &* 1000))
    }
  }
}
