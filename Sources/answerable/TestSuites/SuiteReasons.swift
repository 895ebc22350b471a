// Owns why something is not as a suite expects it: the winning rule and the losers, the points, who was told what.
import Events
import Policy
import Roles

struct SuiteReasons {
  typealias Details = [(label: String, text: String)]

  private var explainer: IntakeExplainer

  init(_ policy: CompiledPolicy) { explainer = IntakeExplainer(policy) }

  /// Of a decision about an event.
  mutating func details(_ fact: ExpectedFact, _ event: Given, _ decided: DecidedEvent) -> Details {
    switch fact.name {
    case "owner", "worker", "rule": return owner(fact, explanation(event))
    case "witness": return explanation(event).map { [("because", $0.witness.because)] } ?? []
    case "priority", "score",
      _ where fact.name.hasPrefix("points."):
      return points(decided)
    case "memory":
      guard let entry = decided.entry, let before = entry.memoryBefore else { return [] }
      return [("before", "\(before)")]
    default:
      guard let entry = decided.entry else { return [] }
      return [("reason", "\(entry.decision.suiteWord): \(entry.reason.text)")]
    }
  }

  private mutating func explanation(_ event: Given) -> Explanation? {
    do throws(EventRefusal) {
      return try explainer.explain(event.kind, value: event.value, headers: []) { $0.explanation }
    } catch { return nil }
  }

  private func owner(_ fact: ExpectedFact, _ explanation: Explanation?) -> Details {
    guard let explanation else { return [] }
    let winner = explanation.winner
    var details: Details = [("rule", "\(winner.at) · \(winner.path) · \(winner.when)")]
    if !explanation.because.isEmpty { details.append(("because", explanation.because)) }
    // What would have led to the one that is expected comes first.
    func isWanted(_ rule: Explanation.Rule) -> Bool {
      fact.value == .word(rule.owner) || fact.value == .word(rule.at)
        || rule.worker.map { fact.value == .word($0) } == true
    }
    let losers =
      explanation.matchedToo.filter { isWanted($0.rule) }
      + explanation.matchedToo.filter { !isWanted($0.rule) }
    for loser in losers.prefix(2) {
      details.append(("instead", "\(loser.rule.owner) · \(loser.rule.at) matches too, but \(loser.because)"))
    }
    for miss in explanation.nearMisses.filter({ isWanted($0.rule) }).prefix(2) {
      details.append(("nearly", "\(miss.rule.owner) · \(miss.rule.at) asks \(miss.asks); \(miss.has)"))
    }
    return details
  }

  private func points(_ decided: DecidedEvent) -> Details {
    let parts = decided.contributions.filter { $0.points != 0 }.map(Self.text)
    guard let score = decided.score, !parts.isEmpty else { return [] }
    return [("why \(score)", parts.joined(separator: "  "))]
  }

  static func text(_ contribution: Assessment.Contribution) -> String {
    "\(contribution.points > 0 ? "+" : "−")\(contribution.points.magnitude) \(contribution.name)"
  }

  /// Of how a case stands: what was decided about it last, and its points where they are in question.
  static func details(_ fact: ExpectedFact, _ card: CaseCard, _ told: Told, until time: Int64, origin: Int64)
    -> Details
  {
    var details: Details = []
    if fact.name == "score" || fact.name == "priority" || fact.name.hasPrefix("points.") {
      let parts = card.contributions.filter { $0.points != 0 }.map(text)
      if !parts.isEmpty { details.append(("why \(card.score)", parts.joined(separator: "  "))) }
    }
    for entry in told.journal.filter({ $0.caseID == card.id && $0.at <= time }).suffix(3) {
      details.append(
        (Moment.text(entry.at, origin: origin), "\(entry.decision.suiteWord): \(entry.reason.text)"))
    }
    return details
  }

  /// Who was told what, one line each.
  static func list(_ escalations: [EscalationEntry], origin: Int64) -> Details {
    escalations.prefix(8).enumerated().map { ($0 == 0 ? "told" : "", line($1, origin: origin)) }
      + (escalations.count > 8 ? [("", "and \(escalations.count - 8) more")] : [])
  }

  static func line(_ escalation: EscalationEntry, origin: Int64) -> String {
    var parts = ["\(escalation.kind.suiteWord)\(escalation.rung > 0 ? " \(escalation.rung)" : "")"]
    if !escalation.target.isEmpty { parts.append("to \(escalation.target)") }
    if escalation.due > 0 { parts.append("due \(Moment.text(escalation.due, origin: origin))") }
    if !escalation.unless.isEmpty { parts.append("unless \(escalation.unless)") }
    return "\(Moment.text(escalation.at, origin: origin)) \(parts.joined(separator: ", "))"
  }
}
