// Owns what casework keeps about one case.
import Events

/// A case: exactly one accountable team, its clocks, and where it stands on its ladder. A value; its slices are
/// borrowed from whoever decoded it. Times are milliseconds since 1970; 0 stands for never.
public struct Case {
  public var id: CaseID
  public var phase = CasePhase.open
  public var kind = EventKind.feedback
  public var respondent = Respondent.customer

  // Whose it is, and why.
  public var owner = ByteSlice()
  public var worker = ByteSlice()
  public var witness = ByteSlice()
  public var priority = Priority.p4
  public var score: Int32 = 0
  public var contributions: [Signal.Contribution] = []
  public var rule = ByteSlice()
  public var ruleAt = ByteSlice()
  /// The policy's epoch when it opened.
  public var epoch: Int64 = 0

  // What it is about.
  public var site = ByteSlice()
  public var journey = ByteSlice()
  public var touchpoint = ByteSlice()
  public var service = ByteSlice()
  public var entity = ByteSlice()
  /// The group it takes signals of: a stable hash (`GroupKey`).
  public var group: UInt64 = 0
  /// The incident's case that gathered it.
  public var incident = ByteSlice()
  /// Of an incident: how many cases it gathered, and the first of them.
  public var gathered: Int32 = 0
  public var gatheredCases: [ByteSlice] = []

  // What happened.
  /// When what opened it happened; nothing older than that can have been done about it.
  public var happenedAt: Int64 = 0
  public var openedAt: Int64 = 0
  public var signals: Int32 = 1
  /// The subject's latest contact.
  public var lastContactAt: Int64 = 0
  /// When somebody last answered the subject.
  public var respondedAt: Int64 = 0
  public var acknowledgedAt: Int64 = 0
  public var resolvedAt: Int64 = 0
  public var closedAt: Int64 = 0
  public var evidence = Evidence.none
  public var edges: Int32 = 0
  public var reopened: Int32 = 0
  public var promisesBroken: Int32 = 0
  /// The latest act of any kind that was accepted, by the time it happened.
  public var lastActAt: Int64 = 0
  /// When the latest hand-over happened.
  public var transferredAt: Int64 = 0

  // Clocks and leases.
  public var clocks = Clocks()
  public var promises: [Promise] = []
  public var acknowledgementLease: Int64 = 0
  public var ownershipLease: Int64 = 0
  /// Working milliseconds that are left of a lease while the case rests: it waits for its customer, or is put off.
  public var acknowledgementLeft: Int64 = 0
  public var ownershipLeft: Int64 = 0
  /// How often ownership has lapsed since somebody did something for the case.
  public var lapses: Int32 = 0
  /// What depends on the customer rests until then.
  public var waitingUntil: Int64 = 0
  /// Escalations are put off until then; counted in the owner's debt.
  public var deferredUntil: Int64 = 0
  public var deferral = Deferral.none
  /// Since when they are put off.
  public var deferredFrom: Int64 = 0
  /// How long people have put it off since somebody last did something for it, deferrals that are over. Below 0 by what
  /// does not count of one that is not: the time before that.
  public var putOff: Int64 = 0
  /// A resolved case wants its evidence by then.
  public var verifyBy: Int64 = 0
  /// Since when a clock of it waits for what people did and nobody has read yet; 0 while none does.
  public var behindSince: Int64 = 0
  /// It leaves the state then.
  public var expiresAt: Int64 = 0

  /// What was asked for, by number; those that ended without being given leave first.
  public var remedies: [RemedyEntry] = []
  /// The number of the next remedy.
  public var nextRemedy: UInt32 = 1

  public var ladder = LadderPosition()
  /// Numbers of its records: the next revision of its assignment, the next escalation.
  public var revision: Int64 = 0
  public var escalations: Int64 = 0

  public init(id: CaseID) { self.id = id }
}

/// What has been shown, beyond a click, that the case is over.
public enum Evidence: UInt8, Sendable, Hashable, CaseIterable {
  case none, contactBack, rating, monitor
  /// An approved remedy that the policy takes for the end of it.
  case remedy
}

/// Why escalations of a case are put off.
public enum Deferral: UInt8, Sendable, Hashable, CaseIterable {
  case none, snoozed, silenced, held, overLimit
}

/// Something somebody said would be done.
public struct Promise {
  public var due: Int64 = 0
  public var madeAt: Int64 = 0
  public var what = ByteSlice()
  public var state = PromiseState.open
  public init() {}
}
