// Owns how an explanation reads in a terminal.
import Console
import Events
import Policy
import Roles

struct ExplanationText {
  private let margin: MarginText
  private var stream: TextStream { margin.stream }
  private var showsAll: Bool { margin.showsAll }

  init(_ stream: TextStream, showsAll: Bool) { margin = MarginText(stream, showsAll: showsAll) }

  func print(
    _ explained: IntakeExplainer.Explained, _ kind: EventKind, _ policy: ExplainingPolicy,
    _ plan: FuturePlan?,
    _ remedy: ExplainedRemedy?
  ) {
    let event = explained.event
    let id = TextWidth.printable(event.id.string)
    var head = stream.styled(id, .bold)
    if let explanation = explained.explanation {
      let priority = Priority.allCases.first { $0.wire.string == explanation.priority } ?? .p4
      head +=
        "  \(stream.styled("\(explanation.priority) \(explanation.score)", SignalText.style(priority), .bold))"
    }
    let what = TextWidth.printable(remedy?.what ?? SignalText.what(event))
    stream.line("\(head)  \(TextWidth.cut(what, to: max(20, stream.width - TextWidth.columns(id) - 9)))")
    let words = SignalText.words(event)
    if !words.isEmpty { margin.wrapped("said", "“\(TextWidth.printable(words.string))”", .italic) }
    if explained.redactions > 0 {
      let pieces = explained.redactions == 1 ? "one piece" : "\(explained.redactions) pieces"
      margin.wrapped("", "\(pieces) of personal data taken out", .dim)
    }
    if let explanation = explained.explanation {
      print(explanation)
    } else if let remedy {
      RemedyText(margin, remedy).print()
    } else {
      margin.wrapped(
        "owner", "as the case has it: a \(kind.rawValue) acts on a case and is not routed by itself")
    }
    if let plan { print(plan) }
    margin.wrapped("policy", policy.name, .dim)
  }

  /// What happens if nobody moves.
  private func print(_ plan: FuturePlan) {
    guard !plan.dues.isEmpty || !plan.steps.isEmpty else { return margin.wrapped("next", plan.because) }
    let clocks = plan.dues.map { "\($0.kind) \(Clock.short($0.due, from: plan.from))" }
    if !clocks.isEmpty { margin.wrapped("clocks", clocks.joined(separator: " · ")) }
    if let calendar = plan.calendar {
      margin.wrapped("", "counted in \(calendar), \(plan.calendarFrom)", .dim)
    }
    let steps = plan.steps.prefix(showsAll ? plan.steps.count : Self.steps).map { $0.text(from: plan.from) }
    if !steps.isEmpty { margin.wrapped("next", steps.joined(separator: " · ")) }
    if plan.steps.count > steps.count {
      margin.wrapped("", "and \(plan.steps.count - steps.count) more: --all", .dim)
    }
  }

  /// Of a ladder that repeats its last rung, the first are told.
  private static let steps = 6

  private func print(_ explanation: Explanation) {
    let winner = explanation.winner
    let answers = explanation.accountable.isEmpty ? "" : " · answers for it: \(explanation.accountable)"
    margin.line(
      "owner", "\(stream.styled(TextWidth.printable(winner.owner), .bold))\(TextWidth.printable(answers))")
    if let worker = winner.worker { margin.wrapped("", "does the work: \(worker)") }
    for (level, rule) in explanation.chain.enumerated() {
      let indent = String(repeating: "  ", count: level)
      margin.wrapped(
        "", "\(indent)\(rule.at) · \(rule.path) · \(rule.when)",
        level == explanation.chain.count - 1 ? nil : .dim)
    }
    if !explanation.because.isEmpty { margin.wrapped("", "because \(explanation.because)") }
    margin.wrapped("witness", "\(explanation.witness.team ?? "nobody else") · \(explanation.witness.because)")
    print(points: explanation)
    margin.list(
      "instead",
      explanation.matchedToo.map { loser in
        "\(loser.rule.owner) · \(loser.rule.at) · \(loser.rule.path) matches too, but \(loser.because)"
      })
    margin.list(
      "nearly",
      explanation.nearMisses.map { miss in
        "\(miss.rule.owner) · \(miss.rule.at) · \(miss.rule.path) asks \(miss.asks); \(miss.has)"
      })
  }

  private func print(points explanation: Explanation) {
    let counted = explanation.contributions.filter { $0.points != 0 }
    let names = counted.map { TextWidth.columns($0.name) }.max() ?? 0
    let reasons = counted.map { TextWidth.columns($0.because) }.max() ?? 0
    for (index, contribution) in counted.enumerated() {
      let sign = contribution.points > 0 ? "+" : ""
      let points = TextWidth.pad("\(sign)\(contribution.points)", to: 4, alignRight: true)
      let name = TextWidth.pad(contribution.name, to: names)
      let because = TextWidth.pad(contribution.because, to: min(reasons, 40))
      margin.line(
        index == 0 ? "why \(explanation.score)" : "",
        "\(points)  \(TextWidth.printable("\(name)  \(because)"))  \(stream.styled(contribution.at, .dim))")
    }
    var total = "= \(explanation.sum)"
    if explanation.sum != Int64(explanation.score) { total += ", held to \(explanation.score)" }
    let cuts = explanation.cuts
    let steps = "P1 begins at \(cuts.p1), P2 at \(cuts.p2), P3 at \(cuts.p3)"
    let title = counted.isEmpty ? "why \(explanation.score)" : ""
    margin.wrapped(title, "\(total) · \(explanation.priority), where \(steps)")
    print(unearned: explanation.contributions.filter { $0.points == 0 })
  }

  /// What the event has no attribute for is only counted: nobody wonders why a survey has no severity.
  private func print(unearned contributions: [Explanation.Contribution]) {
    if showsAll {
      margin.list("0 points", contributions.map { "\($0.name) · \($0.at) · \($0.because)" })
      return
    }
    let near = contributions.filter { !$0.because.hasPrefix("no ") && !$0.because.contains(" has no ") }
    var parts = near.map { "\($0.name) (\($0.because))" }
    if near.count < contributions.count {
      parts.append("\(contributions.count - near.count) that ask for what the event does not have: --all")
    }
    if !parts.isEmpty { margin.wrapped("0 points", parts.joined(separator: " · "), .dim) }
  }
}
