// Owns one decision of INTAKE as it was committed: a record of `signals` or `dead-letters`, copied out for people.
import Events
import Kafka
import Roles

/// A committed decision about one record that came in. Everything in it is read from the committed record.
struct Decision: Sendable {
  /// Where the record it is about stands.
  struct Cause: Sendable, Hashable {
    var topic: String
    var partition: Int32
    var offset: Int64
  }

  enum Outcome: Sendable {
    /// Feedback or an incident: it has an owner and a score.
    case assessed(Matter, Assessment)
    /// An act or a remedy: it joins a case, which has its owner.
    case joined(Act)
    case refused(DeadLetter)
  }

  /// Where the decision itself stands.
  let topic: Topic
  let partition: Int32
  let offset: Int64
  /// When it was appended, milliseconds since 1970.
  let decidedAt: Int64
  let cause: Cause
  /// The policy's epoch that decided.
  let epoch: Int64
  let outcome: Outcome
  /// The record itself, for scripts.
  let record: ScannedRecord
  /// The id that the event carried, and when it happened; unknown (empty, 0) of what was refused.
  var eventID = ""
  var occurredAt: Int64 = 0

  var assessment: Assessment? {
    if case .assessed(_, let assessment) = outcome { assessment } else { nil }
  }
  var matter: Matter? {
    if case .assessed(let matter, _) = outcome { matter } else { nil }
  }
}

/// What feedback or an incident is about.
struct Matter: Sendable {
  enum Kind: Sendable {
    case feedback(Respondent, rating: Rating?)
    case incident(service: String, entity: String, Severity, IncidentStatus, affected: Int64?, title: String)
  }
  var kind: Kind
  /// Ids of the policy; empty where the event names none.
  var site: String
  var touchpoint: String
  var segment: String
  /// Redacted.
  var words: String
  var redactions: Int
}

/// What the policy decided.
struct Assessment: Sendable {
  struct Contribution: Sendable {
    var name: String
    var points: Int32
    var because: String
  }
  /// Ids of teams; `worker` and `witness` are empty where there is none.
  var owner: String
  var worker: String
  var witness: String
  var priority: Priority
  var score: Int32
  var contributions: [Contribution]
  /// `ownership.rules[1].rules[0]`, and where it stands: `ownership.yaml:24`.
  var rule: String
  var ruleAt: String
  var alsoMatched: [String]

  /// Whether no rule matched.
  var isUnrouted: Bool { rule == "ownership.unrouted" }
}

/// What somebody did to a case, or wants to give.
struct Act: Sendable {
  var role: String
  var site: String
  var what: What
  /// Redacted.
  var words: String
  var redactions: Int

  enum What: Sendable {
    case update(Events.Act.Word)
    /// Minor units.
    case remedy(action: String, amount: Int64, currency: String)
  }
}
