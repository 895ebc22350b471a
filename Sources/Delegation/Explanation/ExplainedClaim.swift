// Owns the whole reasoning about a request as a value: what it is judged by, who is asked beyond, and the answer.
import Events
import Policy

/// What was looked at to answer a request, and the answer. Holds no personal data but ids of the directory.
public struct ExplainedClaim: Sendable, Encodable {
  /// One limit that the amount has to be within.
  public struct Limit: Sendable, Encodable {
    public enum Kind: String, Sendable, Encodable { case grant, split, ceiling, budget }
    public var kind: Kind
    /// The pot's name; nil of a grant and a ceiling.
    public var budget: String?
    /// Of a budget: what is left of it.
    public var limit: ExplainedMoney
    /// What was asked for before and counts with it, minor units of the claim's currency.
    public var before: Int64
    /// What all of it comes to in the limit's currency; nil where no rate leads there, or no account can count it.
    public var comesTo: ExplainedMoney?
    public var holds: Bool
    public var at: String
  }

  /// A pot of money that is asked.
  public struct Pot: Sendable, Encodable {
    /// `repairs-lyon-1`, `vouchers-lyon-1/receptionist-2`.
    public var id: String
    public var root: String
    public var limit: ExplainedMoney
    /// `7 days`, `a calendar month`.
    public var window: String
    /// Each of which has a pot of its own; nil for one pot.
    public var per: String?
    /// What can be held, minor units, before the request.
    public var left: Int64
    public var held: Int64
    public var spent: Int64
    public var at: String
  }

  /// An approver of the policy, in the order in which they are asked.
  public struct Approver: Sendable, Encodable {
    public struct Person: Sendable, Encodable {
      public var id: String
      /// Who acts for them while they are absent; nil for themselves, empty for nobody.
      public var standIn: String?
      public var isOnDuty: Bool
      /// When they, or who stands in, are on duty next; nil where they are, or never.
      public var dutyAt: ExplainedTime?
      /// It would be a yes to their own request.
      public var isOwn: Bool
    }
    public var path: String
    public var at: String
    public var role: String
    /// Empty for any.
    public var team: String
    /// Nil for any amount.
    public var upTo: ExplainedMoney?
    /// Whether the amount, with what counts with it, is within that.
    public var reaches: Bool
    /// Whether what would pay has room: their own pots, else those of the claim.
    public var hasRoom: Bool
    /// Pots that pay what they approve; empty for those of the claim.
    public var budgets: [String]
    public var people: [Person]
    /// How many more hold the role.
    public var others: Int
    public var canSayYes: Bool
  }

  /// Whose budgets are asked.
  public var root = ""
  /// Kinds of evidence.
  public var needs: [String] = []
  public var missing: [String] = []
  /// Whose grant decides; nil for none.
  public var grantOf: String?
  public var grantAt: String?
  public var limits: [Limit] = []
  public var pots: [Pot] = []
  public var approvers: [Approver] = []
  public var rates: [ExplainedRate] = []
  public var answer: ExplainedAnswer
}

/// An answer to a remedy, as an explanation tells it. Amounts are minor units.
public struct ExplainedAnswer: Sendable, Encodable {
  public struct Failure: Sendable, Hashable, Encodable {
    public var code: String
    public var at: String
    public var text: String
  }
  public struct Passing: Sendable, Hashable, Encodable {
    public var amount: Int64
    /// Nil for now.
    public var from: ExplainedTime?
  }
  public struct Approver: Sendable, Hashable, Encodable {
    public var role: String
    public var team: String
    public var site: String
    public var upTo: ExplainedMoney?
    public var people: [String]
    /// When somebody of the role is on duty next; nil when somebody is now, or nobody ever is.
    public var dutyAt: ExplainedTime?
  }

  /// `approved`, `referred`, `declined`, `refused`.
  public var answer: String
  public var code: String
  public var text: String
  /// For whom who asks stands in; empty for nobody.
  public var standsInFor: String
  public var failed: [Failure]
  public var passes: [Passing]
  public var canSayYes: [Approver]
  /// Of an approval: settle it before; of a referral: it waits so long. Nil for never.
  public var expiresAt: ExplainedTime?
  public var at: ExplainedTime?

  public init(_ record: Delegation) {
    answer = record.answer.wire.string
    code = record.reason.code.string
    text = record.reason.text.string
    standsInFor = record.requester.standsInFor.string
    failed = record.failed.map { Failure(code: $0.code.string, at: $0.at.string, text: $0.text.string) }
    passes = record.passes.map { Passing(amount: $0.amount, from: ExplainedTime($0.from)) }
    canSayYes = record.canSayYes.map { approver in
      Approver(
        role: approver.role.string, team: approver.team.string, site: approver.site.string,
        upTo: approver.upTo < 0
          ? nil : ExplainedMoney(Money(minor: approver.upTo, currency: approver.currency)),
        people: approver.people.map {
          $0.standsInFor.isEmpty ? $0.id.string : "\($0.id.string) for \($0.standsInFor.string)"
        },
        dutyAt: ExplainedTime(approver.dutyAt))
    }
    expiresAt = ExplainedTime(record.expiresAt)
    at = ExplainedTime(record.at)
  }
}
