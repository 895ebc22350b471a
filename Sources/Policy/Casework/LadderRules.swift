// Owns a ladder as the policy has it today: its clocks and its rungs.
import Events

/// A ladder of the policy as it stands today; a case pins its shape when it opens.
public struct LadderRules: Sendable {
  public init() {}
  public var nameText: String = "standard"
  /// Clocks by priority (index 0 is P1), four of them.
  public var clocks: [ClockRules] = []
  public var rungs: [RungRules] = []
  /// The calendar in which clocks and rungs count, by priority (index 0 is P1), four of them; −1 for the owner's.
  public var calendars: [Int32] = [-1, -1, -1, -1]
  /// The rung a case begins at, from 0, by priority (index 0 is P1), four of them; within the rungs.
  public var start: [Int] = [0, 0, 0, 0]
  /// Of the last rung: nil for once.
  public var repeatEvery: WorkingDuration?
  public var repeatAtMost: Int = 0

  var shape = ArenaText(start: nil, count: 0)
  /// What a case pins when it opens: `LadderShapeBytes`; borrowed from the policy.
  public var shapeBytes: ByteSlice { shape.slice }
  /// Content hash of those bytes, the same in every process; never 0.
  public internal(set) var shapeHash: UInt64 = 0
}

/// What a case of one priority needs of its ladder when it opens: plain values, borrowed from the policy.
public struct LadderOpening: @unchecked Sendable, BitwiseCopyable {
  // Immutable memory of the arena, which lives as long as the policy that hands this out.
  public var clocks: ClockRules
  /// The rung it begins at, from 0.
  public var start: Int32
  /// How many rungs there are.
  public var rungs: Int32
  public var shapeHash: UInt64
  /// The calendar in which its clocks and rungs count; −1 for its owner's.
  public var calendar: Int32
  let name: ArenaText
  let shape: ArenaText
  /// The ladder's name.
  public var ladder: ByteSlice { name.slice }
  /// What the case pins: `LadderShapeBytes`.
  public var shapeBytes: ByteSlice { shape.slice }
}

/// The clocks of one priority; nil where the ladder has none.
public struct ClockRules: Sendable, Hashable, Codable, BitwiseCopyable {
  public var acknowledge: WorkingDuration?
  public var respond: WorkingDuration?
  public var resolve: WorkingDuration?
  /// Elapsed, not working, time.
  public var silence: WorkingDuration?
  public init() {}
}

public struct RungRules: Sendable, Hashable, Codable {
  public enum Condition: UInt8, Sendable, Hashable, CaseIterable, Codable {
    case acknowledged, responded, resolved, always
  }
  public enum Target: UInt8, Sendable, Hashable, CaseIterable, Codable {
    /// A role in the owner's team: `shift-lead of owner`.
    case roleOfOwner
    /// `accountable of owner`.
    case accountableOfOwner
    /// A role anywhere, at the case's site first: `role customer-director`.
    case role
  }
  public enum Audience: UInt8, Sendable, Hashable, CaseIterable, Codable { case frontline, owner, executive }
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
