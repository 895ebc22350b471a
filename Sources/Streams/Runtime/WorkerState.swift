// Owns the lifecycle of a worker as a pure state machine.

/// Where a worker stands.
///
/// ```
///  starting ──ready──▶ waiting ──broadcast──▶ running ──drain──▶ draining ──left──▶ stopped
///     │                   │                      │                  │
///     ├───────drain───────┴──────────────────────┼──────────────────┤   (drain from starting and waiting
///     ▼                                          ▼                  ▼    goes to draining as well)
///   failed ◀──────────────────fail────────────────────────────────────
/// ```
/// - `starting`: topics are checked and the producer is initialised; nothing is consumed.
/// - `waiting`: no broadcast value yet: not ready, nothing is consumed. Passed at once where nothing is
///   followed.
/// - `running`: a member of the group.
/// - `draining`: polls no more, commits what is processed and leaves the group.
/// - `stopped`, `failed`: final.
public enum WorkerState: Sendable, Hashable {
  case starting
  case waiting
  case running
  case draining
  case stopped
  case failed(String)

  public enum Event: Sendable, Hashable {
    case ready
    case broadcast
    case drain
    case left
    case fail(String)
  }

  /// The state after an event; nil when the event has no meaning here and changes nothing.
  public func next(_ event: Event) -> WorkerState? {
    switch (self, event) {
    case (.stopped, _), (.failed, _): nil
    case (_, .fail(let reason)): .failed(reason)
    case (.starting, .ready): .waiting
    case (.waiting, .broadcast): .running
    case (.starting, .drain), (.waiting, .drain), (.running, .drain): .draining
    case (.draining, .left): .stopped
    default: nil
    }
  }

  /// True once the worker will never step again.
  public var isFinal: Bool {
    switch self {
    case .stopped, .failed: true
    default: false
    }
  }
}
