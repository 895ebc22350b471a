// Owns the whole reasoning about a remedy as a value: who asks, by whose grants, within which limits, and the answer.
import Casework
import Delegation
import Events
import Policy

/// Why a remedy is answered as it is, in the policy's own words.
public struct RemedyExplanation: Sendable, Encodable {
  /// Who asks, as the directory has them.
  public struct Asker: Sendable, Encodable {
    public var id: String
    public var isKnown: Bool
    public var role: String
    public var team: String
    public var site: String
    /// Half-open; nil for somebody who is there.
    public var absentFrom: ExplainedTime?
    public var absentUntil: ExplainedTime?
    /// Who acts for them meanwhile; nil for nobody.
    public var standIn: String?
    /// For whom they stand in at another time than this.
    public var otherwiseFor: [Absence]
  }

  /// When somebody is away, half-open; nil at an end of time.
  public struct Absence: Sendable, Encodable {
    public var id: String
    public var from: ExplainedTime?
    public var until: ExplainedTime?
  }

  /// What is asked for, as the policy has it; nil for something that nobody can ask for.
  public struct Action: Sendable, Encodable {
    public var id: String
    public var name: String
    public var at: String
    public var isSigned: Bool
    public var closesCase: Bool
    public var ceiling: ExplainedMoney?
  }

  /// The case as the answer takes it.
  public struct Of: Sendable, Encodable {
    /// Nil where the remedy names a subject, and its case is not known.
    public var id: String?
    /// Whether there is such a case; of a subject, one that is open.
    public var exists: Bool
    public var owner: String
    public var site: String
    public var journey: String
    public var segment: String
    public var priority: String
    public var status: String
  }

  public struct Evidence: Sendable, Encodable {
    public var needs: [String]
    public var given: [String]
    public var missing: [String]
  }

  /// What a case or a subject is given at most.
  public struct Limit: Sendable, Encodable {
    /// `case` or `subject`.
    public var per: String
    public var upTo: ExplainedMoney
    /// Milliseconds; 0 for the case's whole life.
    public var within: Int64
    public var at: String

    private enum CodingKeys: String, CodingKey {
      case per, upTo, at
      case within = "withinMilliseconds"
    }
  }

  /// Several that are judged by their sum.
  public struct Split: Sendable, Encodable {
    /// Milliseconds.
    public var within: Int64
    /// `person`, `case`, `cause`.
    public var by: [String]

    private enum CodingKeys: String, CodingKey {
      case by
      case within = "withinMilliseconds"
    }
  }

  public var asker: Asker
  public var amount: ExplainedMoney
  /// As the event says it.
  public var actionID: String
  public var action: Action?
  public var ofCase: Of
  /// The key that signed it; empty where nothing is signed.
  public var signedBy: String
  public var evidence: Evidence
  /// By whose grants it may be asked for, with every grant in its order.
  public var askers: [ExplainedAsker]
  public var limits: [Limit]
  public var split: Split
  /// Nil where no budget was asked: casework said no.
  public var claim: ExplainedClaim?
  public var answer: ExplainedAnswer

  private enum CodingKeys: String, CodingKey {
    case asker, amount, actionID, action, ofCase = "case", signedBy, evidence, askers, limits, split, claim,
      answer
  }

  init(_ explained: Explained, _ policy: CompiledPolicy, at now: Int64) {
    let (remedy, rules) = (explained.remedy, policy.delegation)
    let person = policy.casework.person(remedy.actor.id)
    asker = Asker(remedy.actor.id, person, policy.casework, at: now)
    amount = ExplainedMoney(Money(minor: remedy.amount, currency: remedy.currency))
    actionID = remedy.action.string
    let found = rules.action(remedy.action)
    action = found.map(Action.init)
    ofCase = Of(explained)
    signedBy = explained.signedBy.string
    claim = explained.claim
    answer = explained.answer
    let given = remedy.evidence.map(\.string)
    let needs = explained.claim?.needs ?? found?.needs.map(\.string) ?? []
    evidence = Evidence(needs: needs, given: given, missing: needs.filter { !given.contains($0) })
    askers = []
    if let person, found != nil {
      let facts = GrantFacts(remedy, of: explained.current, status: explained.status)
      askers = rules.explain(asking: person, facts, policy.casework, at: now)
    }
    limits = rules.limits.filter { $0.takes(remedy.action) }.map {
      Limit(
        per: $0.scope.rawValue, upTo: ExplainedMoney($0.upTo), within: $0.within, at: $0.at.string)
    }
    let by = [
      (rules.split.byPerson, "person"), (rules.split.byCase, "case"), (rules.split.byCause, "cause"),
    ]
    split = Split(within: rules.split.within, by: by.filter(\.0).map(\.1))
  }
}
