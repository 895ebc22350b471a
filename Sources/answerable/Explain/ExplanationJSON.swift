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
    _ policy: ExplainingPolicy, _ plan: FuturePlan?
  ) {
    self.plan = plan
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
