// Owns how a case reads: how it stands, what comes next, and its story with the reasons.
import Console
import Events

struct CaseFileText {
  private let stream: TextStream
  private let audience: Audience
  private let now: Int64
  private static let label = 10

  init(_ stream: TextStream, audience: Audience, now: Int64) {
    self.stream = stream
    self.audience = audience
    self.now = now
  }

  /// The frontline has to act and needs no points; an executive sees no persons.
  private var showsPoints: Bool { audience != .frontline }
  private var showsPersons: Bool { audience != .executive }

  func print(_ file: CaseFile) {
    if let entry = file.assignment { head(entry) } else { headless(file) }
    stream.line()
    printRemedies(file.answers)
    let escalations = Dictionary(
      file.escalations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var told: Set<String> = []
    for entry in file.journal {
      print(entry)
      for id in entry.outputs {
        guard let escalation = escalations[id], told.insert(id).inserted else { continue }
        print(escalation)
      }
    }
    // Where the journal is older than its retention, the steps up may still be there.
    for escalation in file.escalations where !told.contains(escalation.id) { print(escalation) }
    stream.line()
  }

  /// What remedies were answered, in order.
  private func printRemedies(_ answers: [DelegationEntry]) {
    guard !answers.isEmpty else { return }
    stream.line(stream.styled("remedies", .bold))
    let text = DelegationText(stream, audience: audience)
    for answer in answers { text.print(answer) }
    stream.line()
  }

  private func headless(_ file: CaseFile) {
    stream.line("\(stream.styled(file.id, .bold))  \(stream.styled("has left the state", .dim))")
    stream.line("  no assignment is there any more: what follows is history")
  }

  private func head(_ entry: AssignmentEntry) {
    let card = entry.card
    let about = [card.journey, card.touchpoint, card.service, card.entity, card.site].filter { !$0.isEmpty }
    var line = "\(stream.styled(card.id, .bold))  \(plain(about.joined(separator: " · ")))"
    line += "  → \(stream.styled(plain(card.owner), .bold))"
    let score = showsPoints ? " \(card.score)" : ""
    line +=
      "  \(stream.styled("\(card.priority.wire.string)\(score)", SignalText.style(card.priority), .bold))"
    line += "  \(stream.styled("\(card.status)", CaseworkText.style(card.status)))"
    stream.line(line)
    if !card.worker.isEmpty { detail("work", plain(card.worker)) }
    if !card.witness.isEmpty { detail("felt by", plain(card.witness)) }
    if showsPoints, !card.contributions.isEmpty {
      detail(
        "why",
        card.contributions.map { "\($0.points > 0 ? "+" : "")\($0.points) \(plain($0.name))" }.joined(
          separator: "  "))
      if !card.rule.isEmpty {
        detail("rule", "\(card.rule)\(card.ruleAt.isEmpty ? "" : " · \(card.ruleAt)")")
      }
    }
    detail(
      "since",
      "\(Clock.minute(card.openedAt)), \(card.signals) signal\(card.signals == 1 ? "" : "s")"
        + (card.edges > 0 ? ", changed hands \(card.edges) times" : ""))
    if !card.incident.isEmpty { detail("incident", plain(card.incident)) }
    if card.gathered > 0 { detail("gathered", "\(card.gathered) cases") }
    let clocks = card.clocks.map { clock in
      switch clock.state {
      case .running: "\(clock.kind) \(Clock.short(clock.due, from: now))\(clock.due < now ? " (passed)" : "")"
      default: "\(clock.kind) \(clock.state)"
      }
    }
    if !clocks.isEmpty { detail("clocks", clocks.joined(separator: " · ")) }
    for promise in card.promises {
      let what = showsPersons ? "“\(plain(promise.what))” " : ""
      detail("promise", "\(what)by \(Clock.short(promise.due, from: now)), \(promise.state)")
    }
    if card.rungs > 0 {
      let next =
        card.nextRungAt > 0 ? ", the next \(Clock.short(card.nextRungAt, from: now)) if nobody moves" : ""
      detail("ladder", "\(card.rung) of \(card.rungs) rungs climbed\(next)")
    }
    if !card.evidence.isEmpty { detail("evidence", card.evidence) }
  }

  private func print(_ entry: JournalEntry) {
    var word = entry.act.map { $0.rawValue } ?? entry.decision.suiteWord
    if entry.decision == .refused { word = "NO \(entry.reason.code)" }
    var line = "  \(stream.styled(Clock.minute(entry.at), .dim))  "
    line += stream.styled(word, entry.decision == .refused ? .yellow : .bold)
    if case .timer = entry.cause { line += stream.styled(" by the clock", .dim) }
    let who = [entry.actorRole, entry.actorTeam].filter { !$0.isEmpty }.joined(separator: " of ")
    if showsPersons, !entry.actorID.isEmpty {
      line += "  \(plain(entry.actorID))\(who.isEmpty ? "" : " (\(plain(who)))")"
    } else if !who.isEmpty {
      line += "  \(plain(who))"
    }
    if !entry.edgeTo.isEmpty { line += "  \(plain(entry.edgeFrom)) → \(plain(entry.edgeTo))" }
    stream.line(line)
    for reason in entry.earlier { because(reason) }
    because(entry.reason)
  }

  private func print(_ entry: EscalationEntry) {
    var line = "  \(stream.styled(Clock.minute(entry.at), .dim))  "
    line += stream.styled("↑ \(entry.kind.suiteWord)", .red, .bold)
    if entry.rung > 0 { line += " \(entry.rung) of \(entry.card.rungs)" }
    if !entry.target.isEmpty { line += " → \(stream.styled(plain(entry.target), .bold))" }
    if showsPersons, !entry.people.isEmpty {
      line += "  \(plain(entry.people.map(\.id).joined(separator: ", ")))"
    }
    if entry.wakeAt > 0 { line += "  until \(Clock.minute(entry.wakeAt))" }
    stream.line(line)
    because(entry.reason)
  }

  private func because(_ reason: ToldReason) {
    guard !reason.text.isEmpty else { return }
    stream.line("                    \(stream.styled(plain(reason.text), .dim))")
  }

  private func detail(_ label: String, _ text: String) {
    stream.line("  \(stream.styled(TextWidth.pad(label, to: Self.label), .dim))\(text)")
  }

  private func plain(_ text: String) -> String { TextWidth.printable(text) }
}

extension CaseFile {
  /// The records as they stand, each projected for an audience.
  func lines(for audience: Audience) throws -> [String] {
    let view = try AudienceView(audience)
    return try records.map { topic, record in
      audience == .owner ? try RecordJSON.text(record) : try view.text(record, topic)
    }
  }
}
