// Owns the kinds of signals: the contracts of the input topics, and what roles and operators send each other.

/// What a signal is about.
public enum SignalKind: String, Sendable, Hashable, CaseIterable {
  case feedback
  case incident
  case caseUpdate = "case-update"
  case remedy
  /// From casework to the site where a feedback was felt.
  case notice
  /// From an incident's case to a case that it gathered.
  case link
  /// From an operator.
  case hold
  /// From the budgets that were asked, to the case.
  case answer
  /// From INTAKE to every task behind it: how far it has read. Nothing is decided about it.
  case mark

  /// The contract of the event behind it; nil of an internal one.
  public var eventKind: EventKind? {
    switch self {
    case .feedback: .feedback
    case .incident: .incident
    case .caseUpdate: .caseUpdate
    case .remedy: .remedy
    case .notice, .link, .hold, .answer, .mark: nil
    }
  }

  /// Whether one record of one subject led to it.
  public var hasCause: Bool { self != .hold && self != .mark }

  public init(_ kind: EventKind) {
    switch kind {
    case .feedback: self = .feedback
    case .incident: self = .incident
    case .caseUpdate: self = .caseUpdate
    case .remedy: self = .remedy
    }
  }
}
