// Owns what a decision leads to, beside the changed state: one journal record, and what is published.
import Events

/// Everything one signal or timer leads to, in the order in which it is published. Reused from decision to decision.
public struct Outcome {
  public enum Output {
    case assignment(Assignment)
    case escalation(Escalation)
    /// Back onto `signals`, keyed by another subject.
    case notice(Notice)
    case link(Link, subjectKey: ByteSlice)
    /// To the budgets that are asked.
    case claim(Claim)
    /// The answer to a remedy that never became a claim.
    case delegation(Delegation)
    /// The assignment of a case that is gone: a tombstone.
    case tombstone(caseID: ByteSlice)
  }
  public var outputs: [Output] = []
  /// Exactly one for each signal and timer; task and number are filled in by the engine.
  public var journal = JournalRecord()
  /// Whether the journal record says what was decided already: what is decided beside it then comes after that.
  var isDecided = false
  public init() {}
}
