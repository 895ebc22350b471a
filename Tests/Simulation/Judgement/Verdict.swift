// Owns what a run came to: passed, or one of few classes of failure with its exit code and its reason.

/// What is wrong with a run.
package struct Finding: Error, Sendable, Hashable, CustomStringConvertible {
  /// The classes, from what is worst.
  package enum Class: String, Sendable, Hashable, CaseIterable {
    /// Something that an undisturbed run publishes is not there.
    case lost
    /// Something is there more often than an undisturbed run publishes it.
    case doubled
    /// As many records as there should be, but other bytes, or another order.
    case differs
    /// Published records are right, the state behind them is not.
    case state
    /// Records of one transaction were decided under several policies, or an older policy decided after a newer one.
    case policy
    /// A task failed or refused to start.
    case stopped
    /// After everything was healed, something did not get through.
    case pending

    /// The exit code of a program that ends with it. 1 and those from 64 on have other meanings.
    package var exitCode: Int32 {
      switch self {
      case .lost: 10
      case .doubled: 11
      case .differs: 12
      case .state: 13
      case .policy: 14
      case .stopped: 20
      case .pending: 30
      }
    }

    package var meaning: String {
      switch self {
      case .lost: "something was lost"
      case .doubled: "something was published twice"
      case .differs: "outputs differ from those of an undisturbed run"
      case .state: "state or counters differ from those of an undisturbed run"
      case .policy: "a policy decided that should not have"
      case .stopped: "a task stopped without a reason to"
      case .pending: "something did not get through after everything was healed"
      }
    }
  }

  package let kind: Class
  package let reason: String

  package init(_ kind: Class, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  package var description: String { "\(kind.rawValue): \(reason)" }
}
