// Owns what casework keeps about a remedy: what was asked for, which budgets were asked, and the latest word on it.
import Events
import StateBytes

/// Where a remedy is, as its case knows it.
///
/// ```
///            ┌─ approved ─┬─ settled ── returned
///  pending ──┼─ referred ─┤  lapsed ── settled
///            ├─ declined  └─ returned
///            ├─ cancelled
///            └─ expired
/// ```
/// A referred one becomes approved, declined, cancelled or expired as a pending one does.
public enum RemedyState: UInt8, Sendable, Hashable, CaseIterable {
  /// On its way to its budgets.
  case pending
  /// Somebody else has to say yes.
  case referred
  case approved, declined, cancelled, expired, settled, returned, lapsed

  /// Whether a terminal answer is still to come.
  public var isOpen: Bool { self == .pending || self == .referred }
  /// Whether it counts towards what a case or a subject may be given.
  public var counts: Bool {
    switch self {
    case .pending, .referred, .approved, .settled: true
    case .declined, .cancelled, .expired, .returned, .lapsed: false
    }
  }
}

/// A remedy of a case.
public struct RemedyEntry {
  /// From 1; `CASE-rNUMBER` is the claim.
  public var number: UInt32 = 0
  public var state = RemedyState.pending
  public var action = ByteSlice()
  /// Minor units of `currency`, above zero: less what came back, and of one that came back whole what it was.
  public var amount: Int64 = 0
  /// Minor units of `currency` that were asked for, whatever was paid or came back since.
  public var asked: Int64 = 0
  public var currency = ByteSlice()
  /// Whose budgets were asked.
  public var root = ByteSlice()
  /// Who asked.
  public var requester = ByteSlice()
  /// Who said yes or no; empty where a grant decided.
  public var decider = ByteSlice()
  /// When it was asked for.
  public var at: Int64 = 0
  /// Until when an approval holds or a referral waits; 0 for never.
  public var expiresAt: Int64 = 0
  /// The case took it back: its answer is on the way.
  public var isCancelling = false
  /// It was declined for how it was asked: the same request may be made again at once.
  public var mayBeAskedAgain = false
  public init() {}

  /// Whether the same request, made again, is answered by this one's answer: while it waits for one, and for a while
  /// after it was asked for where it was answered. What came to nothing, and holds and gives nothing any more, may be
  /// asked for again at once.
  func stands(at now: Int64, within: Int64) -> Bool {
    switch state {
    case .pending, .referred: true
    case .approved, .settled: minus(now, at) <= within
    case .declined: !mayBeAskedAgain && minus(now, at) <= within
    case .cancelled, .expired, .returned, .lapsed: false
    }
  }
}

/// What a subject was given or asked for lately: what limits of a subject count, and what is to be taken back when the
/// subject is forgotten.
public struct GivenRemedy {
  public var caseNumber: UInt32 = 0
  public var number: UInt32 = 0
  public var action = ByteSlice()
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  public var root = ByteSlice()
  /// The case's owner when it was asked for; empty for one that an earlier release kept.
  public var owner = ByteSlice()
  public var at: Int64 = 0
  /// Whether a terminal answer is still to come.
  public var isOpen = true
  public init() {}

  init(_ entry: RemedyEntry, of current: Case) {
    caseNumber = current.id.number
    owner = current.owner
    self.number = entry.number
    action = entry.action
    amount = entry.amount
    currency = entry.currency
    root = entry.root
    at = entry.at
    isOpen = entry.state.isOpen
  }
}
