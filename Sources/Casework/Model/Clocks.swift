// Owns the clocks of a case: absolute instants that nothing resets.

/// A deadline and what became of it.
///
/// ```
///  off ──▶ running ◀──▶ paused
///             │  ╲
///            met  missed ──▶ met (late)
/// ```
public struct Clock {
  public enum State: UInt8, Sendable, Hashable, CaseIterable { case off, running, paused, met, missed }
  public var state = State.off
  /// While running, missed or met: the instant.
  public var due: Int64 = 0
  /// While paused: working milliseconds that were left.
  public var remaining: Int64 = 0
  public init() {}
}

/// The four clocks of a case.
public struct Clocks {
  public var acknowledge = Clock()
  public var respond = Clock()
  public var resolve = Clock()
  /// Elapsed time since a contact that nobody answered.
  public var silence = Clock()
  public init() {}
}
