// Owns how a remedy comes to be explained: its case as it is said, known or assumed, and its budgets as they stand.
import Console
import Delegation
import Events
import Policy
import Roles

/// A remedy's explanation, with what is known of its case.
struct ExplainedRemedy {
  var explanation: RemedyExplanation
  var said: SaidCase
  /// What the policy lets people ask for.
  var actions: [String]
  /// What is left of budgets, and what was asked of them, was read from the topics.
  var knowsBalances = false
  /// The moment at which it is asked for, milliseconds since 1970.
  var at: Int64
  /// What it was answered when it came in; nil of what has no answer, and of a moment that was chosen.
  var decided: DelegationEntry?

  /// `120 EUR for Engage a repair`
  var what: String {
    "\(explanation.amount.text) for \(explanation.action?.name ?? "something that nobody can ask for")"
  }
}

/// Explains remedies by one policy: a folder's on what is said, that of a deployment on what its topics know.
struct RemedyReading {
  private let policy: ExplainingPolicy
  private let invocation: Invocation
  private let appendedAt: Int64?
  private let cluster: () throws -> Cluster
  private var explainer: RemedyExplainer

  init(
    _ policy: ExplainingPolicy, _ invocation: Invocation, _ appendedAt: Int64?,
    _ cluster: @escaping () throws -> Cluster
  ) {
    self.policy = policy
    self.invocation = invocation
    self.appendedAt = appendedAt
    self.cluster = cluster
    explainer = RemedyExplainer(policy.compiled)
  }

  /// Nil of an event that is no remedy. Throws `EventRefusal` where what it names as its case is no case's id; one that is
  /// named by hand, `@NAME`, is explained as if it were not named.
  mutating func read(_ explained: IntakeExplainer.Explained) throws -> ExplainedRemedy? {
    guard case .remedy(var remedy) = explained.event.body else { return nil }
    var event = explained.event
    if remedy.caseID.bytes.first == UInt8(ascii: "@") {
      remedy.caseID = ByteSlice()
      event.body = .remedy(remedy)
    }
    // A folder has no topics.
    let known = policy.epoch == nil ? nil : try KnownCase(cluster().log, prefix: cluster().prefix)
    let id = explained.event.id.string
    let asked = invocation[ExplainCommand.at]
    // Of another moment it is not told what was decided, but what would be.
    let decided = asked == nil ? try known?.decided(id, since: appendedAt) : nil
    // What has not come in would come in now.
    let time =
      asked ?? decided?.answer.at ?? appendedAt ?? (known == nil ? explained.event.occurredAt : Settings.now)
    var said = SaidCase.assumed(of: remedy, policy.compiled)
    let caseID = decided.map(\.answer.caseID).flatMap(\.nonEmpty) ?? remedy.caseID.string
    if decided?.hadNoCase == true {
      said = SaidCase.missing
    } else if let known, !caseID.isEmpty {
      if let found = try known.read(caseID, at: time, without: id, decided) {
        said = found
      } else if try decided == nil && !known.has(caseID) {
        said = SaidCase.missing
      }
    }
    said = try CaseOptions.said(said, invocation, policy.compiled.document)
    func explain() throws -> RemedyExplanation? {
      try explainer.explain(event, signedBy: explained.signedBy, said.sketch, at: time)
    }
    guard var explanation = try explain() else { return nil }
    let actions = policy.compiled.document.delegation?.actions.map(\.id) ?? []
    guard let known, let root = explanation.claim?.root else {
      return ExplainedRemedy(
        explanation: explanation, said: said, actions: actions, at: time, decided: decided?.answer)
    }
    said.sketch.history = try known.history(of: root, at: time, before: decided?.claim?.place).history
    explanation = try explain() ?? explanation
    return ExplainedRemedy(
      explanation: explanation, said: said, actions: actions, knowsBalances: true, at: time,
      decided: decided?.answer)
  }
}
