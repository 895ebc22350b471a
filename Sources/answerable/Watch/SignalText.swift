// Owns how a signal reads: what happened, who answers for it, how soon, and what was said.
import Console
import Events
import Policy

struct SignalText {
  private let stream: TextStream

  init(_ stream: TextStream) { self.stream = stream }

  /// One line, and the words of the event below it.
  func print(_ signal: Signal) {
    let time = stream.styled(Clock.minute(signal.occurredAt), .dim)
    guard signal.isAssessed else {
      stream.line("\(time)  \(signal.kind.eventKind == nil ? message(signal) : act(signal.event))")
      return
    }
    let what = TextWidth.printable(Self.what(signal.event))
    let score = TextWidth.pad("\(signal.priority.wire.string) \(signal.score)", to: 6)
    var line = "\(time)  \(stream.styled(score, Self.style(signal.priority), .bold))"
    line += "  \(TextWidth.pad(TextWidth.cut(what, to: 44), to: 44))"
    line += " → \(stream.styled(text(signal.owner), .bold))"
    if !signal.worker.isEmpty { line += "  work: \(text(signal.worker))" }
    if !signal.witness.isEmpty { line += "  felt by \(text(signal.witness))" }
    stream.line(line)
    let words = Self.words(signal.event)
    if !words.isEmpty {
      let quoted = TextWidth.cut("“\(text(words))”", to: max(20, stream.width - 26))
      stream.line(String(repeating: " ", count: 26) + stream.styled(quoted, .italic))
    }
  }

  static func style(_ priority: Priority) -> Style {
    switch priority {
    case .p1: .red
    case .p2: .yellow
    case .p3: .cyan
    case .p4: .dim
    }
  }

  private func act(_ event: Event) -> String {
    switch event.body {
    case .caseUpdate(let update):
      let who = text(update.actor.role.isEmpty ? update.actor.id : update.actor.role)
      let whom = update.subject.map { "a \(text($0.kind))" } ?? text(update.caseID)
      return "        \(who): \(stream.styled(update.act.word.rawValue, .bold)) \(whom)"
    case .remedy(let remedy):
      let who = text(remedy.actor.role.isEmpty ? remedy.actor.id : remedy.actor.role)
      let amount = Currency.text(remedy.amount, remedy.currency.string)
      return "        \(who) asks for \(stream.styled(text(remedy.action), .bold)), \(amount)"
    case .feedback, .incident: return ""
    }
  }

  /// What roles and operators say to each other.
  private func message(_ signal: Signal) -> String {
    switch signal.message {
    case .none: return ""
    case .notice(let notice):
      let place = notice.site.isEmpty ? notice.touchpoint : notice.site
      return "        \(text(notice.caseID)) felt at \(text(place))"
    case .link(let link): return "        \(text(link.caseID)) is part of \(text(link.incident))"
    case .hold(let hold):
      let whose = hold.owner.isEmpty ? "all owners" : text(hold.owner)
      return "        \(text(hold.by)) holds escalations of \(whose) until \(Clock.minute(hold.until))"
    case .answer(let answer):
      let amount = Currency.text(answer.amount, answer.currency.string)
      let what = "\(text(answer.action)), \(amount)"
      return "        \(stream.styled(answer.answer.wire.string, .bold)): \(what), \(text(answer.claim))"
    case .mark(let mark):
      let until = mark.through.map(\.until).min() ?? 0
      return
        "        acts have been read up to \(Clock.full(until)), \(mark.through.count) of \(mark.partitions) partitions"
    }
  }

  /// `NPS 2, invoice, paris-3`; `lift out of service, lyon-1`.
  static func what(_ event: Event) -> String {
    var parts: [String] = []
    switch event.body {
    case .feedback(let feedback):
      if let rating = feedback.rating { parts.append(Self.rating(rating)) }
      parts += [feedback.touchpoint, feedback.site].filter { !$0.isEmpty }.map(\.string)
    case .incident(let incident):
      let title = incident.title.isEmpty ? incident.service : incident.title
      parts.append("\(title.string) (\(incident.severity.rawValue), \(incident.status.rawValue))")
      if !incident.site.isEmpty { parts.append(incident.site.string) }
    case .caseUpdate(let update): parts.append(update.act.word.rawValue)
    case .remedy(let remedy): parts.append(remedy.action.string)
    }
    return parts.joined(separator: ", ")
  }

  static func rating(_ rating: Rating) -> String {
    let name =
      switch rating.kind {
      case .nps: "NPS"
      case .csat: "CSAT"
      case .ces: "CES"
      case .stars: "stars"
      }
    return "\(name) \(thousandths(rating.value))"
  }

  /// `4.5` of 4500.
  static func thousandths(_ value: Int64) -> String {
    var text = "\(value / 1000)"
    var rest = String((value % 1000).magnitude)
    guard rest != "0" else { return text }
    rest = String(repeating: "0", count: 3 - rest.count) + rest
    while rest.last == "0" { rest.removeLast() }
    text += ".\(rest)"
    return text
  }

  static func words(_ event: Event) -> ByteSlice {
    switch event.body {
    case .feedback(let feedback): feedback.text
    case .incident(let incident): incident.text
    case .caseUpdate(let update): update.text
    case .remedy(let remedy): remedy.reason
    }
  }

  private func text(_ slice: ByteSlice) -> String { TextWidth.printable(slice.string) }
}
