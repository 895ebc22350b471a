// Owns the record on `delegations`: the answer to a claim, with what it rests on, and what became of it afterwards.

/// Keyed by case. A claim gets exactly one terminal answer: approved, declined, cancelled or expired. What an approval
/// leads to follows it: settled, returned, lapsed. A NO to an act about a claim (`refused`) answers the act alone.
public struct Delegation {
  public enum Answer: UInt8, Sendable, Hashable, CaseIterable {
    case approved
    /// Somebody else has to say yes: `canSayYes`, until `expiresAt`. Holds nothing.
    case referred
    case declined, cancelled
    /// Nobody said yes in time.
    case expired
    /// Paid; what was held is spent.
    case settled
    case returned
    /// Approved and not settled in time: what was held is free again.
    case lapsed
    /// An act about the claim is a NO; the claim stands as it stood.
    case refused

    public var isTerminal: Bool {
      switch self {
      case .approved, .declined, .cancelled, .expired: true
      case .referred, .settled, .returned, .lapsed, .refused: false
      }
    }
  }

  /// One thing that kept it from being approved.
  public struct Failure {
    /// A stable word: `grant-limit`, `budget`, `evidence`, `split`.
    public var code = ByteSlice()
    /// Where the rule stands: `delegation.yaml:12`; empty where no rule is meant.
    public var at = ByteSlice()
    public var text = ByteSlice()
    public init() {}

    /// The policy changed meanwhile: budgets were asked that it does not have any more, or that do not pay for this.
    public static var budgetGone: ByteSlice { "budget-gone" }
    public static var otherBudgets: ByteSlice { "other-budgets" }
    /// Something was missing that can be brought.
    public static var evidence: ByteSlice { "evidence" }
    public static var unsigned: ByteSlice { "unsigned" }

    /// Whether a NO of this code says something of how it was asked and nothing of what was asked for: the same request,
    /// made again, is another one.
    public static func mayBeAskedAgain(_ code: ByteSlice) -> Bool {
      code == budgetGone || code == otherBudgets || code == evidence || code == unsigned
    }

    /// As `mayBeAskedAgain`, for tools.
    public static func mayBeAskedAgain(code: String) -> Bool {
      Array(code.utf8).withUnsafeBytes { mayBeAskedAgain(ByteSlice($0)) }
    }
  }

  /// What would be approved.
  public struct Passing {
    /// Minor units of the claim's currency; 0 for nothing.
    public var amount: Int64 = 0
    /// From when; 0 for now.
    public var from: Int64 = 0
    public init() {}
  }

  /// Who can say yes.
  public struct Approver {
    public var role = ByteSlice()
    public var team = ByteSlice()
    public var site = ByteSlice()
    /// Up to how much, minor units of `currency`; −1 for any amount.
    public var upTo: Int64 = -1
    public var currency = ByteSlice()
    /// On duty now.
    public var people: [Escalation.Person] = []
    /// When somebody of the role is on duty next; 0 when somebody is now, or nobody ever is.
    public var dutyAt: Int64 = 0
    public init() {}
  }

  /// A budget as it stands after this record. `limit` = `left` + `held` + `spent` − `overdrawn`, all in its currency.
  public struct Budget {
    /// As the policy names it; with a slash and its holder where each person, team … has their own.
    public var id = ByteSlice()
    public var currency = ByteSlice()
    public var limit: Int64 = 0
    public var held: Int64 = 0
    /// In the window.
    public var spent: Int64 = 0
    public var left: Int64 = 0
    public var overdrawn: Int64 = 0
    /// The window: from this time, and when room returns next; 0 when nothing does.
    public var windowFrom: Int64 = 0
    public var roomAt: Int64 = 0
    /// How much returns then.
    public var roomThen: Int64 = 0
    public init() {}
  }

  /// One booking: an amount moves between two accounts of a budget. What leaves one enters the other.
  public struct Movement {
    public enum Account: UInt8, Sendable, Hashable, CaseIterable { case room, held, spent, overdraft }
    public var budget = ByteSlice()
    public var from = Account.room
    public var to = Account.held
    /// Above zero, minor units of the budget's currency.
    public var amount: Int64 = 0
    /// Days since 1970 by the budget's clock: the day whose window it counts in.
    public var day: Int32 = 0
    public init() {}
  }

  /// `CLAIM-dNUMBER`.
  public var id = ByteSlice()
  public var claim = ByteSlice()
  public var answer = Answer.declined
  public var caseID = ByteSlice()
  public var subjectKey = ByteSlice()
  public var owner = ByteSlice()
  public var root = ByteSlice()
  public var action = ByteSlice()
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  /// Who asked.
  public var requester = Escalation.Person()
  /// Who said yes or no, settled or gave back; empty where the grant decided.
  public var decider = Escalation.Person()
  /// The grant that it rests on, `delegation.grants[0]`, and where it stands; empty for none.
  public var grant = ByteSlice()
  public var grantAt = ByteSlice()
  public var failed: [Failure] = []
  public var passes: [Passing] = []
  public var canSayYes: [Approver] = []
  public var budgets: [Budget] = []
  public var movements: [Movement] = []
  /// Of an approval: settle it before; of a referral: an approver answers before. 0 for never.
  public var expiresAt: Int64 = 0
  /// With what was asked for before it in the split window; 0 where nothing was.
  public var sum: Int64 = 0
  /// Of an approval, where the deployment has a key: which, and 64 bytes in base64url.
  public var key = ByteSlice()
  public var signature = ByteSlice()
  public var at: Int64 = 0
  public var reason = Reason()
  public var epoch: Int64 = 0
  public var cause = Coordinates()
  /// The id that the remedy or the act carried at its source.
  public var causeID = ByteSlice()
  public var traceparent = ByteSlice()
  public init() {}

  /// The key under which it is published: the case, else the subject that has none, so that what was answered about
  /// one case stays in order.
  public var recordKey: ByteSlice {
    if !caseID.isEmpty { return caseID }
    return subjectKey.isEmpty ? id : subjectKey
  }
}
