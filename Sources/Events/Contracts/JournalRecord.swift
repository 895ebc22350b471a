// Owns the record on `case-journal`: what was decided about one signal or one timer, the NO included.

public struct JournalRecord {
  public enum Decision: UInt8, Sendable, Hashable, CaseIterable {
    /// A signal opened a case, joined one, or opened a closed one again.
    case opened, attached, reopened
    /// Remembered; too weak to open a case. Its owner is named all the same.
    case noted
    /// An incident gathered a feedback; a case learned of its incident.
    case gathered, linked
    /// Somebody's act changed the case.
    case acted
    case closed
    /// A timer led to an escalation, put one off, took one up again, or found nothing to do yet.
    case escalated, deferred, resumed, rearmed
    case erased
    case held
    /// The case left the state.
    case expired
    /// NO: the reason says why.
    case refused
    /// An answer to a remedy came to its case.
    case answered
  }

  /// What was decided about.
  public enum Cause {
    /// `causeID`: what the signal names as its cause, `Signal.causeID`.
    case signal(id: ByteSlice, Coordinates, causeID: ByteSlice, occurredAt: Int64)
    /// `heardUntil`: everything that people had done and told before this time had been heard; nil where nobody tells.
    case timer(due: Int64, heardUntil: Int64?)
  }

  /// One thing that a decision told.
  public struct Step {
    public var decision: Decision
    public var code: ByteSlice
    public var text: ByteSlice

    public init(_ decision: Decision, code: ByteSlice, text: ByteSlice) {
      (self.decision, self.code, self.text) = (decision, code, text)
    }
  }

  /// `TASK-NUMBER`.
  public var id = ByteSlice()
  /// The partition of `signals`.
  public var task: Int32 = 0
  /// Gapless for each task, from 1.
  public var number: Int64 = 0
  public var at: Int64 = 0
  public var cause = Cause.timer(due: 0, heardUntil: nil)
  /// What kind of signal; nil of a timer, and of a timer only.
  public var kind: SignalKind?
  public var caseID = ByteSlice()
  /// Empty where an operator's hold or an owner's timer was decided.
  public var subjectKey = ByteSlice()
  /// What was decided and why; of several things that one signal or timer led to, the last, after which the case stands
  /// as it does.
  public var decision = Decision.noted
  public var reason = Reason()
  /// What else was decided before that, in its order: a promise was found broken, and then a rung waited for people on
  /// duty. Empty where one thing was.
  public var earlier: [Step] = []
  public var owner = ByteSlice()
  public var worker = ByteSlice()
  public var witness = ByteSlice()
  public var priority: Priority?
  /// With what memory added; nil where nothing was scored.
  public var score: Int32?
  public var contributions: [Signal.Contribution] = []
  /// The subject's account before and after, 0…100; nil where no subject was touched.
  public var memoryBefore: Int32?
  public var memoryAfter: Int32?
  public var rule = ByteSlice()
  public var ruleAt = ByteSlice()
  public var alsoMatched: [ByteSlice] = []
  public var status: CaseStatus?
  public var act: Act.Word?
  public var actor = Actor()
  /// A change of owner: both set.
  public var edgeFrom = ByteSlice()
  public var edgeTo = ByteSlice()
  /// Clocks as they stand after the decision, of cases it touched.
  public var clocks: [ClockView] = []
  /// Ids of the assignments and escalations that it led to.
  public var outputs: [ByteSlice] = []
  public var epoch: Int64 = 0
  public var traceparent = ByteSlice()
  public init() {}

  /// The key under which it is published: what it was about, so that what was decided about one case stays in order.
  public var key: ByteSlice {
    if !caseID.isEmpty { return caseID }
    if !subjectKey.isEmpty { return subjectKey }
    return owner.isEmpty ? id : owner
  }
}
