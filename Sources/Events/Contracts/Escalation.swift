// Owns the record on `escalations`: one step up, with its whole why, or the news that a step was wrong or put off.

public struct Escalation {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// A rung of the ladder fired.
    case rung
    /// A contact went unanswered for the days that the silence clock gives.
    case silence
    case promiseBroken
    case acknowledgementLapsed
    case ownershipLapsed
    /// Resolved, and no evidence within the time for it.
    case unverified
    /// The rung is due and nobody who could act is on duty; it fires at `wakeAt`.
    case nobodyOnDuty
    /// Put off by a snooze, a silence or a hold until `wakeAt`; counted as a debt.
    case deferred
    /// A deferral is over.
    case resumed
    /// Evidence came late: the escalation `retracts` should not have been.
    case retraction
    case ladderExhausted
    /// What was beyond an owner's limit in one window.
    case digest
  }

  public struct Person {
    public var id = ByteSlice()
    public var role = ByteSlice()
    public var team = ByteSlice()
    /// For whom this one stands in; empty when for nobody.
    public var standsInFor = ByteSlice()
    public init() {}
  }

  /// Who is told.
  public struct Target {
    public var role = ByteSlice()
    public var team = ByteSlice()
    public var site = ByteSlice()
    /// On duty at that moment.
    public var people: [Person] = []
    public init() {}
  }

  /// What comes next if nobody moves.
  public struct Next {
    public var rung: Int32 = 0
    public var at: Int64 = 0
    public var role = ByteSlice()
    public var team = ByteSlice()
    public init() {}
  }

  /// `CASE-eSEQUENCE`; of a digest `OWNER-d…`.
  public var id = ByteSlice()
  public var kind = Kind.rung
  /// Of a digest: only owner is set.
  public var view = CaseView()
  /// From 1; 0 where no rung is meant.
  public var rung: Int32 = 0
  /// Rungs that were due while nobody could fire them, from 1.
  public var skipped: [Int32] = []
  public var to = Target()
  /// Roles and teams that can act on it, `role` or `role of team`.
  public var canAct: [ByteSlice] = []
  /// What would have prevented it: `acknowledged`, `responded`, `resolved`; empty for nothing.
  public var unless = ByteSlice()
  /// The instant that passed, and the clock's rule.
  public var due: Int64 = 0
  public var dueBy = ByteSlice()
  public var retracts = ByteSlice()
  public var wakeAt: Int64 = 0
  public var next = Next()
  /// True when the owner's team is not in the policy any more and the accountable parent is told.
  public var ownerGone = false
  /// Set where it was told although what people had done by the due instant had not all been heard: until when it had.
  public var heardUntil: Int64?
  public var digestCount: Int64 = 0
  public var digestCases: [ByteSlice] = []
  public var audience = Audience.owner
  public var at: Int64 = 0
  public var reason = Reason()
  public var epoch: Int64 = 0
  public var cause = Coordinates()
  public var traceparent = ByteSlice()
  public init() {}
}
