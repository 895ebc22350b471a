// Owns what casework asks a compiled policy: teams, calendars, ladders, people, and the numbers of cases.yaml.
import Events

/// The casework side of a compiled policy. Shared by all threads; slices borrow from the policy.
public final class CaseworkRules: Sendable {
  public let cases: CaseRules
  public let memory: MemoryRules
  /// True when people.yaml says who exists; otherwise everybody who names a team of the policy is known.
  public let hasDirectory: Bool

  init() {
    cases = CaseRules()
    memory = MemoryRules()
    hasDirectory = false
  }

  /// Nil for a team that the policy does not have (any more).
  public func team(_ id: ByteSlice) -> TeamRules? { nil }
  /// `index` comes from `TeamRules` or `Person`.
  public func calendar(_ index: Int32) -> WorkingCalendar { .always }
  /// `index` comes from `TeamRules`.
  public func ladder(_ index: Int32) -> LadderRules { LadderRules() }
  /// Nil for somebody the directory does not have.
  public func person(_ id: ByteSlice) -> Person? { nil }
  /// Who holds a role, in the order of the directory. An empty team or site takes any; where a site is given and
  /// nobody of that role is at it, holders of all sites.
  public func holders(of role: ByteSlice, team: ByteSlice, site: ByteSlice) -> [Person] { [] }
}

/// What casework knows of a team.
public struct TeamRules {
  public var id = ByteSlice()
  /// The role that answers for it; empty for a subcontractor.
  public var accountable = ByteSlice()
  /// The team it works for; empty for a team of ours.
  public var principal = ByteSlice()
  public var calendar: Int32 = 0
  /// The calendar in which it is on call beside; −1 for none.
  public var onCall: Int32 = -1
  public var ladder: Int32 = 0
  public var isSubcontractor: Bool { !principal.isEmpty }
  public init() {}
}

/// Somebody of the directory.
public struct Person {
  public var id = ByteSlice()
  public var role = ByteSlice()
  public var team = ByteSlice()
  public var site = ByteSlice()
  public var calendar: Int32 = 0
  /// Away in this half-open time, milliseconds; equal ends: never.
  public var absentFrom: Int64 = 0
  public var absentUntil: Int64 = 0
  /// Who stands in meanwhile; empty for nobody.
  public var delegate = ByteSlice()
  public init() {}

  public func isAbsent(at time: Int64) -> Bool { absentFrom <= time && time < absentUntil }
}

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

/// A length of time as a policy says it.
public enum WorkingDuration: Sendable, Hashable, Codable {
  /// Working time, milliseconds.
  case time(Int64)
  /// Working days: same time of day on the Nth following day on which the calendar opens.
  case days(Int32)
}

/// Numbers of cases.yaml. Times are milliseconds, elapsed time unless said otherwise.
public struct CaseRules: Sendable, Hashable {
  public enum GroupBy: UInt8, Sendable, Hashable { case journey, cause }
  public enum Unverified: UInt8, Sendable, Hashable { case escalate, close }
  /// The weakest priority that opens a case.
  public var openFrom = Priority.p3
  public var deduplicateWindow: Int64 = 7 * 86_400_000
  public var deduplicateAtMost = 64
  public var groupBy: [GroupBy] = [.journey, .cause]
  public var groupWithin: Int64 = 14 * 86_400_000
  public var gatherWithin: Int64 = 3_600_000
  public var reopenWithin: Int64 = 30 * 86_400_000
  public var reopenRungs = 1
  /// On the scale 0…10, thousandths.
  public var closeRating: Int64 = 7_000
  public var verifyWithin: Int64 = 7 * 86_400_000
  public var unverified = Unverified.escalate
  /// Working time of the owner.
  public var acknowledgementLease = WorkingDuration.time(8 * 3_600_000)
  public var ownershipLease = WorkingDuration.days(3)
  public var longestSnooze: Int64 = 3 * 86_400_000
  public var longestSilence: Int64 = 7 * 86_400_000
  public var longestWait: Int64 = 14 * 86_400_000
  public var longestPromise: Int64 = 30 * 86_400_000
  public var escalationLimit = 30
  public var escalationWindow: Int64 = 3_600_000
  public var evidenceGrace: Int64 = 30_000
  public init() {}
}

/// The memory of a subject: how it decays and what it adds to a score.
public struct MemoryRules: Sendable, Hashable {
  public var halfLife: Int64 = 30 * 86_400_000
  /// Percent of the account that the peak makes; what is recent makes the rest.
  public var peakShare: Int32 = 60
  /// Points that an account adds: straight lines between, flat beyond; ascending accounts.
  public var adds: [Point] = [Point(account: 40, points: 0), Point(account: 90, points: 15)]
  public var repeatedContact: Int32 = 6
  public var brokenPromise: Int32 = 8
  public struct Point: Sendable, Hashable, Codable {
    public var account: Int32
    public var points: Int32
    public init(account: Int32, points: Int32) {
      self.account = account
      self.points = points
    }
  }
  public init() {}
}
