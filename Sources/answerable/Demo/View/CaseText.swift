// Owns how news of a case read in the demo: who was told that nobody moves and what comes then, what closed it.
import Console
import Events

struct CaseText {
  let stream: TextStream
  let names: PolicyNames

  func print(_ choice: CaseHighlights.Choice) {
    switch choice {
    case .escalation(let escalation): print(escalation)
    case .closing(let assignment):
      line(
        assignment.at, "\(about(assignment.card, assignment.epoch)): closed",
        "\(stream.styled("✓", .green, .bold)) \(assignment.reason.text)", .dim)
    case .reopening(let assignment):
      line(
        assignment.at, "\(about(assignment.card, assignment.epoch)): open again",
        "\(stream.styled("↺", .yellow, .bold)) \(assignment.reason.text)", .dim)
    }
  }

  private func print(_ escalation: EscalationEntry) {
    let card = escalation.card
    let who = escalation.role.isEmpty ? escalation.target : escalation.role.replacing("-", with: " ")
    let mark = "\(stream.styled("↑", .red, .bold)) \(stream.styled(TextWidth.printable(who), .bold))"
    line(escalation.at, "\(about(card, escalation.epoch)): \(Self.what(escalation))", mark, nil)
    var facts = ["\(card.owner) answers for it"]
    if escalation.rung > 0, card.rungs > 0 { facts.insert("rung \(escalation.rung) of \(card.rungs)", at: 0) }
    if let next = escalation.next {
      let whom = next.role.isEmpty ? next.team : next.role.replacing("-", with: " ")
      facts.append("then \(whom) \(WeekTime.label(next.at))")
    }
    for part in TextWidth.wrap(
      TextWidth.printable(facts.joined(separator: " · ")), to: max(20, stream.width - DecisionText.indent))
    {
      stream.line(DecisionText.blank(DecisionText.indent) + stream.styled(part, .dim))
    }
  }

  /// `nobody acknowledged`, `a promise was broken`.
  static func what(_ escalation: EscalationEntry) -> String {
    switch escalation.kind {
    case .rung: escalation.unless.isEmpty ? "still open" : "nobody \(escalation.unless)"
    case .silence: "no answer for days"
    case .promiseBroken: "a promise was broken"
    case .acknowledgementLapsed: "acknowledged, and then nothing"
    case .ownershipLapsed: "owned, and then nothing"
    case .unverified: "said to be done, and nobody confirms it"
    case .nobodyOnDuty: "nobody is on duty"
    case .deferred: "put off"
    case .resumed: "taken up again"
    case .retraction: "taken back: the answer was on its way"
    case .ladderExhausted: "everybody was told, and nobody moved"
    case .digest: "\(escalation.digestCount) cases at once"
    }
  }

  /// `Invoice · Paris 3`, `lift · Lyon 1`.
  private func about(_ card: CaseCard, _ epoch: Int64) -> String {
    var parts: [String] = []
    if !card.touchpoint.isEmpty { parts.append(names.touchpoint(card.touchpoint, epoch)) }
    if !card.service.isEmpty { parts.append(card.service) }
    if !card.site.isEmpty { parts.append(names.site(card.site, epoch)) }
    return parts.isEmpty ? card.owner : parts.joined(separator: " · ")
  }

  /// What happened, and the mark behind it; below each other on a narrow terminal.
  private func line(_ time: Int64, _ what: String, _ mark: String, _ style: Style?) {
    let head = stream.styled(WeekTime.label(time), .dim)
    let what = TextWidth.printable(what)
    let shown = style.map { stream.styled(mark, $0) } ?? mark
    let room = stream.width - DecisionText.indent
    let width = min(60, room / 2 + 8)
    if TextWidth.columns(what) <= width, width + 1 + TextWidth.columns(mark) <= room {
      return stream.line("\(head) \(TextWidth.pad(what, to: width)) \(shown)")
    }
    stream.line("\(head) \(TextWidth.cut(what, to: room))")
    for part in TextWidth.wrap(mark, to: room) { stream.line(DecisionText.blank(DecisionText.indent) + part) }
  }
}
