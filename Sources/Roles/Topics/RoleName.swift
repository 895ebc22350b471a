// Owns the names of the roles of the one binary, what each reads, and the consumer group each of them is.

/// A role of the binary.
public enum RoleName: String, Sendable, Hashable, CaseIterable {
  case intake
  case casework
  case delegation

  /// What stands as the source of the records that it publishes (`ce_source`).
  package var eventSource: String { "/answerable/\(rawValue)" }

  /// The role's consumer group; its transactional ids begin with it.
  public func group(prefix: String) -> String { "\(prefix)answerable-\(rawValue)" }

  /// The topics it reads, in the order its processor indexes them.
  public var sources: [Topic] {
    switch self {
    case .intake: [.feedback, .incidents, .caseUpdates, .remedies]
    case .casework: [.signals]
    case .delegation: [.claims]
    }
  }

  /// The topics it publishes on, in the order its processor indexes them.
  public var outputs: [Topic] {
    switch self {
    case .intake: [.signals]
    case .casework: [.assignments, .escalations, .caseJournal, .signals, .claims, .delegations]
    case .delegation: [.delegations, .signals]
    }
  }

  /// Where it sends what it refuses; nil of a role that reads internal records only.
  public var deadLetters: Topic? {
    switch self {
    case .intake: .deadLetters
    case .casework, .delegation: nil
    }
  }

  /// The only durable copy of its state; nil of a role without one.
  public var changelog: Topic? {
    switch self {
    case .intake: nil
    case .casework: .caseworkChangelog
    case .delegation: .delegationChangelog
    }
  }
}
