// Owns the lifecycle of a task as a pure state machine.

/// Where a task stands. A task is one partition of one source topic, owned by one worker.
///
/// ```
///             offset read             complete and agreed
///   created ──────────────▶ restoring ───────────────▶ running ──stop──▶ failed
///    │  ▲ ▲                    │   │                     │  │
///    │  │ └──────wipe──────────┼───┼─────────wipe────────┘  │
///    │  └─epoch behind: waits  │   └─disagree─▶ refused     │
///    ├────────refuse───────────┼──────────────▶ refused     │
///    └─────────────────────────┴──────close─────────────────┴──▶ closed   (failed and refused close, too)
/// ```
/// A stateless task passes through `restoring` with nothing to restore. `failed` and `refused` last until
/// the partition is assigned anew. Only a `running` task handles records and timers.
public enum TaskState: Sendable, Hashable {
  case created
  case restoring
  case running
  /// A bad internal record or a cap: the reason.
  case failed(String)
  /// Could not start: the reason, and how to go on.
  case refused(String)
  case closed

  public enum Event: Sendable, Hashable {
    case offsetRead
    case restored
    case refuse(String)
    case stop(String)
    case wipe
    case close
  }

  /// The state after an event; nil when the event is not legal here.
  public func next(_ event: Event) -> TaskState? {
    switch (self, event) {
    case (.closed, _): nil
    case (_, .close): .closed
    case (.created, .offsetRead): .restoring
    case (.created, .refuse(let reason)), (.restoring, .refuse(let reason)): .refused(reason)
    case (.restoring, .restored): .running
    case (.running, .stop(let reason)): .failed(reason)
    case (.running, .wipe), (.restoring, .wipe): .created
    default: nil
    }
  }

  /// True when the task waits for a person.
  public var isStopped: Bool {
    switch self {
    case .failed, .refused: true
    default: false
    }
  }
}
