// Owns what a decision may see and change: the engine loads it before and saves what changed after.
import Events
import Policy

/// What a decision works on. A value that is reused from decision to decision.
public struct CaseworkState {
  /// What has to be saved.
  public struct Changes: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let subject = Changes(rawValue: 1)
    public static let current = Changes(rawValue: 2)
    /// The current case leaves the state.
    public static let currentGone = Changes(rawValue: 4)
    public static let owner = Changes(rawValue: 8)
    public static let everyone = Changes(rawValue: 16)
    /// The subject leaves the state.
    public static let subjectGone = Changes(rawValue: 32)
    /// The subject leaves, with every case of `subject.cases`.
    public static let erased = Changes(rawValue: 64)
    /// The subject's timer is to be set to `subject.timerAt`.
    public static let subjectTimer = Changes(rawValue: 128)
  }

  public var subjectKey = ByteSlice()
  /// Of every signal of a subject, and of every timer of a case or a subject.
  public var subject = SubjectAccount()
  /// The case that triage or the timer named, or that the decision opened; meaningless unless `hasCurrent`.
  public var current = Case(id: CaseID(subjectKey: ByteSlice(), number: 0))
  public var hasCurrent = false
  /// The ladder that `current` has pinned.
  public var ladder = LadderShape()
  /// Bytes to be kept under `current.ladder.shape` unless they are there; empty where nothing was pinned.
  public var pinned = ByteSlice()
  /// The account of the owner that triage or the timer asked for.
  public var owner = OwnerAccount()
  /// That of all.
  public var everyone = OwnerAccount()
  /// Everything before this time has been heard; `.max` where nobody tells.
  public var evidence = Int64.max
  public var changes: Changes = []
  /// A closed case for which the subject has no room any more: it leaves the state.
  public var dropped: UInt32?
  /// The timer of the current case must not fire before this time.
  public var notBefore = Int64.min
  /// Cases whose timers are to fire now.
  public var wake: [ByteSlice] = []
  /// When the timer of the owner's account has to fire, or that of all, where that one is what the decision is about;
  /// nil leaves it as it is.
  public var ownerTimer: Int64?
  /// What becomes of the pages on which holds list cases.
  public var pages = HeldPages()

  public init() {}

  /// Ready for the next decision; keeps memory.
  public mutating func reset(subjectKey key: ByteSlice) {
    subjectKey = key
    hasCurrent = false
    pinned = ByteSlice()
    dropped = nil
    changes = []
    notBefore = .min
    ownerTimer = nil
    pages = HeldPages()
    wake.removeAll(keepingCapacity: true)
  }
}

/// What a decision does with pages of cases that are held. Pages are numbered in each account.
public struct HeldPages {
  /// What becomes a page of its own; empty for nothing.
  public var full: [ByteSlice] = []
  public var number: Int32 = 0
  /// Of the account of all, not of the owner's.
  public var isFullOfAll = false
  /// Pages whose cases wake now, and which are no more: of the account that the decision is about.
  public var wake: Range<Int32> = 0..<0
  /// Pages that are no more.
  public var dropOfOwner: Range<Int32> = 0..<0
  public var dropOfAll: Range<Int32> = 0..<0

  public init() {}

  mutating func drop(_ pages: Range<Int32>, ofAll isOfAll: Bool) {
    if isOfAll { dropOfAll = pages } else { dropOfOwner = pages }
  }
}

/// Whose timer fires.
public enum TimerKey {
  case ofCase(CaseID)
  case ofSubject(ByteSlice)
  /// Empty for that of all.
  case ofOwner(ByteSlice)
}
