// Owns an explanation as scripts read it: one object for each event.
import Events
import Policy
import Roles

struct ExplanationJSON: Encodable {
  var event: Described
  var policy: Source
  /// The owner, nil for what acts on a case.
  var owner: String?
  var worker: String?
  var witness: String?
  var priority: String?
  var score: Int32?
  var explanation: Explanation?
  /// What happens next if nobody moves; nil of what acts on a case.
  var plan: FuturePlan?
  /// Of a remedy: who asks, what was looked at, and the answer.
  var remedy: RemedyExplanation?
  /// Of a remedy: what of its case nobody said, `priority`, `owner`.
  var assumed: [String]?
  /// Of a remedy: whether what was given before, and what is left of budgets, was read from the topics.
  var knowsBalances: Bool?

  /// Of a remedy: what it was answered when it came in.
  var answered: Answered?

  struct Answered: Encodable {
    var id: String
    var claim: String
    var answer: String
    var code: String
    var at: String
  }

  struct Described: Encodable {
    var id: String
    var kind: String
    var place: String
    /// As redacted.
    var text: String
    var redactions: Int32
  }

  struct Source: Encodable {
    var epoch: Int64?
    var revision: String
  }

  init(
    _ explained: IntakeExplainer.Explained, _ kind: EventKind, _ source: EventToExplain,
    _ policy: ExplainingPolicy, _ plan: FuturePlan?, _ remedy: ExplainedRemedy?
  ) {
    self.plan = plan
    self.remedy = remedy?.explanation
    assumed = remedy?.said.assumed.map(\.fact.rawValue)
    knowsBalances = remedy?.knowsBalances
    answered = (remedy?.decided).map {
      Answered(
        id: $0.id, claim: $0.claim, answer: $0.answer.wire.string, code: $0.reason.code, at: Clock.full($0.at)
      )
    }
    event = Described(
      id: explained.event.id.string, kind: kind.rawValue, place: source.place,
      text: SignalText.words(explained.event).string, redactions: explained.redactions)
    self.policy = Source(epoch: policy.epoch, revision: policy.compiled.revision)
    explanation = explained.explanation
    owner = explanation?.owner
    worker = explanation?.worker
    witness = explanation?.witness.team
    priority = explanation?.priority
    score = explanation?.score
  }

  /// One line. Encoding cannot fail: it holds text and integers only.
  var line: String { (try? JSONLine.text(self)) ?? "" }
}
