// Owns the lifecycle of a worker's transaction as a pure state machine.

/// Where a worker's one transaction stands. It spans all tasks of the worker.
///
/// ```
///          begin         commit           committed
///   idle ────────▶ open ────────▶ committing ────────▶ idle
///                   │ abort           │ abort
///                   ▼                 ▼
///                 aborting ◀──────────┘
///                   │ aborted
///                   ▼             resolved
///                 resolving ──────────────▶ idle
///                   ▲
///                   │ replaced
///                 broken ──exhausted──▶ dead
/// ```
/// `broken` is reached from every state but `dead`: by a fenced or fatal error anywhere, and by an unknown
/// commit outcome, since only a new producer's initialisation settles what is pending
/// (librdkafka#5423). `resolving` asks the group for its offsets and rewinds; until it is done, every
/// record delivered is dropped, because it will be delivered again.
public enum TransactionState: Sendable, Hashable {
  case idle
  case open
  case committing
  case aborting
  case broken
  case resolving
  case dead

  public enum Event: Sendable, Hashable {
    case begin
    case commit
    case committed
    case abort
    case aborted
    case breakDown
    case replaced
    case resolved
    case exhausted
  }

  /// The state after an event; nil when the event is not legal here.
  public func next(_ event: Event) -> TransactionState? {
    switch (self, event) {
    case (.dead, _): nil
    case (.idle, .begin): .open
    case (.open, .commit): .committing
    case (.committing, .committed): .idle
    case (.open, .abort), (.committing, .abort): .aborting
    case (.aborting, .aborted): .resolving
    case (_, .breakDown): .broken
    case (.broken, .replaced): .resolving
    case (.resolving, .resolved): .idle
    case (.broken, .exhausted): .dead
    default: nil
    }
  }

  /// True while records can be processed.
  var accepts: Bool { self == .idle || self == .open }
}
