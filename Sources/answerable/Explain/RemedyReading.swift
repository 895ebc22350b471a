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
  /// What is left of budgets, and what was asked of them, was read from the topics.
  var knowsBalances = false
  /// The moment at which it is asked for, milliseconds since 1970.
  var at: Int64

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
    let time = invocation[ExplainCommand.at] ?? appendedAt ?? explained.event.occurredAt
    var said = SaidCase.assumed(of: remedy, policy.compiled)
    // A folder has no topics.
    let known = policy.epoch == nil ? nil : try KnownCase(cluster().log, prefix: cluster().prefix)
    if let known, !remedy.caseID.isEmpty {
      said =
        try known.read(remedy.caseID.string, at: time, without: explained.event.id.string) ?? said
    }
    said = try CaseOptions.said(said, invocation, policy.compiled.document)
    func explain() throws -> RemedyExplanation? {
      try explainer.explain(event, signedBy: explained.signedBy, said.sketch, at: time)
    }
    guard var explanation = try explain() else { return nil }
    guard let known, let root = explanation.claim?.root else {
      return ExplainedRemedy(explanation: explanation, said: said, at: time)
    }
    said.sketch.history = try known.history(of: root, at: time).history
    explanation = try explain() ?? explanation
    return ExplainedRemedy(explanation: explanation, said: said, knowsBalances: true, at: time)
  }
}
