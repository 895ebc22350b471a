// Owns what delegation keeps about one claim.
import Events
import StateBytes

/// A claim: who asked for what, what it holds, and where it stands. A value; its slices are borrowed from whoever decoded
/// it. Times are milliseconds since 1970; 0 stands for never.
public struct ClaimAccount {
  /// Where a claim is in its life.
  ///
  ///     ask ──▶ referred ──approve──▶ approved ──settle──▶ settled ──all given back──▶ returned
  ///      │         ├──decline──▶ declined  ├──expiry──▶ lapsed ──settle, late──▶ settled
  ///      │         ├──cancel───▶ cancelled └──cancel──▶ returned
  ///      │         └──expiry───▶ expired
  ///      ├──within the grant──▶ approved
  ///      └──no────────────────▶ declined
  ///
  /// Only `approved` holds money.
  public enum Phase: UInt8, Sendable, Hashable, CaseIterable {
    case referred, approved, settled, returned, lapsed, declined, cancelled, expired
  }

  /// What one budget does for the claim, in the budget's currency.
  public struct Hold {
    public var pot = Pot()
    /// What was held at the approval, minor units of `currency`.
    public var amount: Int64 = 0
    public var currency = ByteSlice()
    /// The day of the approval by the budget's clock, days since 1970; once it is spent, the day it was booked on.
    public var day: Int32 = 0
    /// What was booked as spent, how much of that came out of the overdraft, and how much came back.
    public var spent: Int64 = 0
    public var drawn: Int64 = 0
    public var returned: Int64 = 0
    public init() {}
  }

  /// `CASE-rNUMBER`.
  public var id = ByteSlice()
  public var phase = Phase.declined
  /// How many records on `delegations` tell of it.
  public var records: Int64 = 0
  public var caseID = ByteSlice()
  public var subjectKey = ByteSlice()
  /// The case's owner when it was asked for.
  public var owner = ByteSlice()
  public var root = ByteSlice()
  /// The case's.
  public var site = ByteSlice()
  public var action = ByteSlice()
  /// Minor units of `currency`.
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  public var requester = Escalation.Person()
  /// As the claim names them.
  public var budgets: [ByteSlice] = []
  public var evidence: [ByteSlice] = []
  public var decider = Escalation.Person()
  public var grant = ByteSlice()
  public var grantAt = ByteSlice()
  public var holds: [Hold] = []
  /// What was paid, and how much of it came back, in the claim's currency.
  public var settled: Int64 = 0
  public var returned: Int64 = 0
  /// With what was asked for before it in the split window; 0 where nothing was.
  public var sum: Int64 = 0
  /// Whether it counts in the sums of its person, case and cause.
  public var isSummed = false
  public var askedAt: Int64 = 0
  /// Of a referral or an approval.
  public var expiresAt: Int64 = 0
  /// When something happened last.
  public var changedAt: Int64 = 0
  public var causeID = ByteSlice()
  public init() {}

  /// A claim that was approved is kept this long for what comes late: paid after its approval ended, given back.
  public static let kept: Int64 = 35 * 86_400_000
  /// One that never was is kept this long, so that acts about it hear why.
  public static let keptWithoutApproval: Int64 = 86_400_000

  /// When its timer fires: its end, or when it leaves the state.
  public var due: Int64? {
    switch phase {
    case .referred, .approved: expiresAt > 0 ? expiresAt : nil
    case .settled, .returned, .lapsed: plus(changedAt, Self.kept)
    case .declined, .cancelled, .expired: plus(changedAt, Self.keptWithoutApproval)
    }
  }

  /// Whether it counts where several are judged by their sum.
  var countsInSums: Bool {
    switch phase {
    case .referred, .approved, .settled: true
    case .returned, .lapsed, .declined, .cancelled, .expired: false
    }
  }
}

/// A budget, and whose pot of it where each holder has their own.
public struct Pot: Hashable {
  public var budget = ByteSlice()
  /// Empty for a budget that is one pot.
  public var holder = ByteSlice()
  public init() {}
  public init(budget: ByteSlice, holder: ByteSlice) {
    self.budget = budget
    self.holder = holder
  }
}
