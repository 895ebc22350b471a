// Owns a ladder as the policy has it today: its clocks and its rungs.

/// A ladder of the policy as it stands today; a case pins its shape when it opens.
public struct LadderRules: Sendable {
  public init() {}
  public var nameText: String = "standard"
  /// Clocks by priority (index 0 is P1).
  public var clocks: [ClockRules] = []
  public var rungs: [RungRules] = []
  /// The rung a case begins at, from 0, by priority (index 0 is P1).
  public var start: [Int] = [0, 0, 0, 0]
  /// Of the last rung: nil for once.
  public var repeatEvery: WorkingDuration?
  public var repeatAtMost: Int = 0
}

/// The clocks of one priority; nil where the ladder has none.
public struct ClockRules: Sendable {
  public var acknowledge: WorkingDuration?
  public var respond: WorkingDuration?
  public var resolve: WorkingDuration?
  /// Elapsed, not working, time.
  public var silence: WorkingDuration?
  public init() {}
}

public struct RungRules: Sendable, Hashable {
  public enum Condition: UInt8, Sendable, Hashable, CaseIterable {
    case acknowledged, responded, resolved, always
  }
  public enum Target: UInt8, Sendable, Hashable, CaseIterable {
    /// A role in the owner's team: `shift-lead of owner`.
    case roleOfOwner
    /// `accountable of owner`.
    case accountableOfOwner
    /// A role anywhere, at the case's site first: `role customer-director`.
    case role
  }
  public enum Audience: UInt8, Sendable, Hashable, CaseIterable { case frontline, owner, executive }
  /// Fires unless this holds.
  public var unless = Condition.always
  /// After the rung before; nil: when the clock of its condition is due.
  public var after: WorkingDuration?
  public var target = Target.role
  /// Empty for `accountableOfOwner`.
  public var role: String = ""
  public var audience = Audience.owner
  public init() {}
}
