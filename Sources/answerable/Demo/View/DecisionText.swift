// Owns how a decision of the week reads: when, what came in, who answers for it, how much it matters.
import Console
import Events

struct DecisionText {
  let stream: TextStream
  let names: PolicyNames

  /// Columns before details: those of `Tue 09:12` and a space.
  static let indent = 10
  private static let ownerWidth = 19
  /// Below this many columns, the owner stands on a line of its own.
  private static let narrow = 72
  /// From this many columns on, who felt it has room on the first line.
  private static let wide = 110

  /// The decision on one line where that fits; with `details`, what was said on a second one.
  func print(_ decision: Decision, details: Bool = true) {
    switch decision.outcome {
    case .assessed(let matter, let assessment): printAssessed(decision, matter, assessment, details)
    case .joined(let act): printJoined(decision, act, details)
    case .refused(let letter):
      head(
        decision, "Refused: a record on \(letter.topic)", stream.styled("✗ \(letter.reason)", .yellow, .bold))
      if details {
        let field = letter.field.isEmpty ? "" : "\(letter.field): "
        detail(["\(field)\(letter.text)", "kept whole in dead-letters"])
      }
    }
  }

  private func printAssessed(
    _ decision: Decision, _ matter: Matter, _ assessment: Assessment, _ details: Bool
  ) {
    let score = "\(assessment.priority.wire.string) \(assessment.score)"
    let owner = TextWidth.pad(assessment.owner, to: Self.ownerWidth)
    var tail: [String] = []
    if !assessment.worker.isEmpty { tail.append("work: \(assessment.worker)") }
    if !assessment.witness.isEmpty, assessment.witness != assessment.owner {
      tail.append("felt by \(assessment.witness)")
    }
    let left = head(
      decision, what(matter, decision.epoch),
      "→ \(stream.styled(owner, .bold)) \(TextWidth.pad(styled(score, assessment.priority), to: 6))",
      tail: tail)
    guard details else { return }
    // What is machine's comes last: it is the first that may be cut.
    detail(facts(matter) + left + machine(matter), words: matter.words, redactions: matter.redactions)
  }

  private func printJoined(_ decision: Decision, _ act: Act, _ details: Bool) {
    let who = act.role.isEmpty ? "Somebody" : Self.capitalised(act.role.replacing("-", with: " "))
    var what: String
    switch act.what {
    case .update(let word): what = "\(who) \(Self.verb(word))"
    case .remedy(let action, let amount, let currency):
      what = "\(who) asks: \(action), \(Self.money(amount)) \(currency)"
    }
    if !act.site.isEmpty { what += " · \(names.site(act.site, decision.epoch))" }
    head(decision, what, stream.styled("↳ joins its case", .dim))
    if details { detail([], words: act.words, redactions: act.redactions) }
  }

  /// The first line, or two on a narrow terminal. Returns the parts of the tail that found no room.
  @discardableResult
  private func head(_ decision: Decision, _ what: String, _ verdict: String, tail: [String] = []) -> [String]
  {
    let time = stream.styled(WeekTime.label(decision.decidedAt), .dim)
    let width = stream.width
    if width < Self.narrow {
      stream.line("\(time) \(cut(what, width - Self.indent))")
      stream.line(Self.blank(Self.indent) + Self.trimmed(verdict))
      return tail
    }
    let room = min(52, width - 39 - (width >= Self.wide ? 20 : 0))
    var line = "\(time) \(TextWidth.pad(cut(what, room), to: room)) \(verdict)"
    var left: [String] = []
    for part in tail {
      if left.isEmpty, TextWidth.columns(line) + 2 + TextWidth.columns(part) <= width {
        line += "  " + stream.styled(part, .dim)
      } else {
        left.append(part)
      }
    }
    stream.line(Self.trimmed(line))
    return left
  }

  /// What stands below: facts and what was said, on one line where both fit.
  private func detail(_ facts: [String], words: String = "", redactions: Int = 0) {
    var facts = facts.map { TextWidth.printable($0) }
    if redactions > 0 {
      facts.append("\(redactions) personal detail\(redactions == 1 ? "" : "s") taken out")
    }
    let said = words.isEmpty ? "" : "“\(TextWidth.printable(words))”"
    let room = stream.width - Self.indent
    let told = facts.joined(separator: " · ")
    guard !told.isEmpty || !said.isEmpty else { return }
    let gap = told.isEmpty || said.isEmpty ? "" : "  "
    if TextWidth.columns(told + gap + said) <= room {
      return stream.line(
        Self.blank(Self.indent) + stream.styled(told, .dim) + gap + stream.styled(said, .italic))
    }
    // What people say is worth two lines; what is longer than that is cut.
    var lines = TextWidth.wrap(said, to: room)[...]
    let first = lines.popFirst() ?? ""
    let second = cut(lines.joined(separator: " "), room)
    for line in [first, second] where !said.isEmpty && !line.isEmpty {
      stream.line(Self.blank(Self.indent) + stream.styled(cut(line, room), .italic))
    }
    guard !told.isEmpty else { return }
    for line in TextWidth.wrap(told, to: room) {
      stream.line(Self.blank(Self.indent) + stream.styled(cut(line, room), .dim))
    }
  }

  func styled(_ text: String, _ priority: Priority) -> String {
    let style = SignalText.style(priority)
    return priority <= .p2 ? stream.styled(text, style, .bold) : stream.styled(text, style)
  }

  private func cut(_ text: String, _ width: Int) -> String {
    TextWidth.cut(TextWidth.printable(text), to: max(0, width))
  }
}

// MARK: - Words

extension DecisionText {
  /// `NPS 2 · Invoice · Paris 3`; `Lift out of service · Lyon 1`.
  func what(_ matter: Matter, _ epoch: Int64) -> String {
    var parts: [String] = []
    switch matter.kind {
    case .feedback(_, let rating):
      if let rating { parts.append(Self.text(rating)) }
      if !matter.touchpoint.isEmpty { parts.append(names.touchpoint(matter.touchpoint, epoch)) }
    case .incident(let service, _, _, let status, _, let title):
      let what = title.isEmpty ? service : title
      parts.append(status == .open ? what : "\(Self.capitalised(status.rawValue)): \(what)")
    }
    if !matter.site.isEmpty { parts.append(names.site(matter.site, epoch)) }
    return parts.joined(separator: " · ")
  }

  private func facts(_ matter: Matter) -> [String] {
    switch matter.kind {
    case .feedback(let respondent, _):
      switch respondent {
      case .employee: return ["a colleague"]
      case .partner: return ["a partner"]
      case .customer: return ["premium", "vip"].contains(matter.segment) ? ["\(matter.segment) guest"] : []
      }
    case .incident(_, _, let severity, let status, let affected, _):
      var facts = [severity.rawValue]
      if status == .open, let affected, affected > 1 { facts.append("\(affected) people affected") }
      return facts
    }
  }

  private func machine(_ matter: Matter) -> [String] {
    guard case .incident(_, let entity, _, _, _, _) = matter.kind, !entity.isEmpty else { return [] }
    return [entity]
  }

  private static func verb(_ word: Events.Act.Word) -> String {
    switch word {
    case .acknowledge: "acknowledges"
    case .progress: "makes progress"
    case .respond: "answers"
    case .promise: "promises"
    case .transfer: "hands over"
    case .wait: "has to wait"
    case .resolve: "has resolved it"
    case .reopen: "opens it again"
    case .snooze: "puts it off"
    case .silence: "silences it"
    case .erase: "has a person forgotten"
    case .approve: "says yes"
    case .decline: "says no"
    case .cancel: "takes it back"
    case .settle: "has it paid"
    case .giveBack: "gives back"
    }
  }

  /// `NPS 2`, `CSAT 1/5`, `3.5 stars`.
  static func text(_ rating: Rating) -> String {
    let value = SignalText.thousandths(rating.value)
    return switch rating.kind {
    case .nps: "NPS \(value)"
    case .csat: "CSAT \(value)/\(SignalText.thousandths(rating.scale))"
    case .ces: "CES \(value)/\(SignalText.thousandths(rating.scale))"
    case .stars: "\(value) star\(rating.value == 1000 ? "" : "s")"
    }
  }

  /// `35` and `35.50` of minor units.
  static func money(_ amount: Int64) -> String {
    let rest = amount % 100
    return rest == 0 ? "\(amount / 100)" : "\(amount / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  static func capitalised(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
  static func blank(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// Without spaces at its end.
  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
