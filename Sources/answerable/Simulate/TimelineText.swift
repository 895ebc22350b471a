// Owns how the story of each case reads: when, what happened, why, what it set, and who was told what.
import Console
import Events
import Policy

struct TimelineText {
  let stream: TextStream
  private let told: Told
  private let showsAll: Bool
  private let escalations: [String: EscalationEntry]
  /// By their ids.
  private let answers: [String: DelegationEntry]
  /// Nothing before it is shown, milliseconds since 1970.
  var from: Int64 = 0
  /// The only case that is shown.
  var only: String?

  /// Of the case at hand, as they were shown last.
  private var shownClocks: [CaseCard.Clock] = []

  /// Columns before what happened: two, the time, two.
  private static let margin = 20
  private static let label = 9

  init(_ stream: TextStream, _ told: Told, answers: [DelegationEntry] = [], showsAll: Bool) {
    self.answers = Dictionary(answers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.stream = stream
    self.told = told
    self.showsAll = showsAll
    escalations = Dictionary(told.escalations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func print() {
    var order: [String] = []
    var entries: [String: [JournalEntry]] = [:]
    for entry in told.journal {
      if entries[entry.caseID] == nil, !entry.caseID.isEmpty { order.append(entry.caseID) }
      entries[entry.caseID, default: []].append(entry)
    }
    let assignments = Dictionary(grouping: told.assignments, by: \.card.id)
    for id in order where only == nil || only == id {
      let shown = (entries[id] ?? []).filter { $0.at >= from && isShown($0) }
      guard !shown.isEmpty else { continue }
      head(id, assignments[id]?.last)
      shownClocks = []
      let told = showsAll ? shown.count : shown.count - tail(shown)
      for entry in shown.prefix(told) { print(entry) }
      if told < shown.count {
        detail("", "and \(shown.count - told) more after the ladder's end: --all", .dim)
      }
      stream.line()
    }
    if only == nil { printCaseless(entries[""] ?? []) }
  }

  /// How many of the last entries are leases that lapse again and again when everybody was told.
  private func tail(_ entries: [JournalEntry]) -> Int {
    let kinds = entries.map { $0.outputs.compactMap { escalations[$0]?.kind } }
    guard let end = kinds.firstIndex(where: { $0.contains(.ladderExhausted) }) else { return 0 }
    return kinds[(end + 1)...].reversed().prefix { $0.allSatisfy { $0 == .ownershipLapsed } }.count
  }

  private func isShown(_ entry: JournalEntry) -> Bool {
    if showsAll { return true }
    // Told to a site for an incident that may come; what the event itself led to is shown.
    if entry.kind == .notice, entry.decision == .refused { return false }
    switch entry.decision {
    case .rearmed, .expired: return !entry.outputs.isEmpty
    default: return true
    }
  }

  /// What led to no case: refused by INTAKE, remembered, or a NO.
  private mutating func printCaseless(_ entries: [JournalEntry]) {
    let refused = told.decisions.filter { $0.topic == .deadLetters && $0.decidedAt >= from }
    let shown = entries.filter { $0.at >= from && isShown($0) }
    guard !refused.isEmpty || !shown.isEmpty else { return }
    stream.line(stream.styled("Without a case", .bold))
    for entry in shown { print(entry) }
    for decision in refused {
      guard case .refused(let letter) = decision.outcome else { continue }
      let field = letter.field.isEmpty ? "" : "\(letter.field): "
      line(
        decision.decidedAt, "\(no(letter.reason))  \(letter.topic)-\(letter.partition)@\(letter.offset)")
      detail("because", TextWidth.printable(field + letter.text), .dim)
    }
    stream.line()
  }

  private func no(_ code: String) -> String { stream.styled("NO \(code)", .yellow) }

  private func head(_ id: String, _ last: AssignmentEntry?) {
    var text = stream.styled(id, .bold)
    if let card = last?.card {
      let about = [card.journey, card.touchpoint, card.service, card.entity, card.site].filter { !$0.isEmpty }
      text += "  \(TextWidth.printable(about.joined(separator: " · ")))"
      text += "  → \(stream.styled(card.owner, .bold))"
      text +=
        "  \(stream.styled("\(card.priority.wire.string) \(card.score)", SignalText.style(card.priority), .bold))"
      text += "  \(stream.styled("\(card.status)", card.status == .closed ? .green : .dim))"
    }
    stream.line(text)
  }

  // MARK: Entries

  private mutating func print(_ entry: JournalEntry) {
    let told = entry.outputs.compactMap { escalations[$0] }
    let isTimer = if case .timer = entry.cause { true } else { false }
    if isTimer, !told.isEmpty {
      for (number, escalation) in told.enumerated() { print(escalation, at: number == 0 ? entry.at : nil) }
      return clocks(entry)
    }
    line(entry.at, "\(word(entry))  \(TextWidth.printable(what(entry)))")
    if let matter = self.told.decision(behind: entry)?.matter, !matter.words.isEmpty {
      let room = max(20, stream.width - Self.margin - Self.label - 2)
      detail("", "“\(TextWidth.cut(TextWidth.printable(matter.words), to: room))”", .italic)
    }
    switch entry.decision {
    case .opened, .attached, .reopened, .noted: why(entry)
    default: break
    }
    if showsAll || Self.needsReason(entry), !entry.reason.text.isEmpty {
      detail("because", entry.reason.text, .dim)
    }
    if case .signal(_, let id, _) = entry.cause, let answer = answers[id] { print(answer) }
    clocks(entry)
    for escalation in told { print(escalation, at: nil) }
  }

  /// Of an answer to a remedy: all that failed, what would pass, by which grant, and what happens if nobody moves.
  private func print(_ answer: DelegationEntry) {
    // Who acts is told by the act, not in whose name.
    let standIns = [answer.requester, answer.decider].filter { !$0.standsInFor.isEmpty }
    if !standIns.isEmpty, [.approved, .referred, .declined, .refused].contains(answer.answer) {
      detail("in name", standIns.map { "\($0.id) acts for \($0.standsInFor)" }.joined(separator: ", "))
    }
    for failure in answer.failed.dropFirst() { detail("", failure.text, .dim) }
    if let rule = answer.failed.first?.at ?? Optional(answer.grantAt), !rule.isEmpty {
      detail("by", rule, .dim)
    }
    for passing in answer.passes where passing.amount > 0 {
      let when = passing.from > 0 ? "from \(Clock.short(passing.from, from: answer.at))" : "now"
      detail("passes", "\(Currency.text(passing.amount, answer.currency)) \(when)", .dim)
    }
    guard answer.expiresAt > 0 else { return }
    let end = Clock.short(answer.expiresAt, from: answer.at)
    switch answer.answer {
    case .approved: detail("next", "lapses \(end) unless it is settled", .dim)
    case .referred: detail("next", "expires \(end) unless somebody says yes or no", .dim)
    default: break
    }
  }

  /// Whether the word alone does not say it.
  private static func needsReason(_ entry: JournalEntry) -> Bool {
    switch entry.decision {
    case .opened, .acted: false
    default: true
    }
  }

  private func word(_ entry: JournalEntry) -> String {
    switch entry.decision {
    case .refused: no(entry.reason.code)
    case .opened, .reopened: stream.styled(entry.decision.suiteWord, .bold)
    case .closed: stream.styled("closed", .green, .bold)
    case .acted: stream.styled(entry.act.map { $0.rawValue } ?? "acted", .cyan)
    default: stream.styled(entry.decision.suiteWord, .dim)
    }
  }

  private func what(_ entry: JournalEntry) -> String {
    var parts: [String] = []
    if case .signal(_, let eventID, _) = entry.cause, !eventID.isEmpty { parts.append(eventID) }
    if let decision = told.decision(behind: entry), let matter = decision.matter {
      parts.append(Self.about(matter))
    }
    if !entry.actorID.isEmpty || !entry.actorRole.isEmpty {
      let of = [entry.actorRole, entry.actorTeam].filter { !$0.isEmpty }.joined(separator: " of ")
      parts.append(entry.actorID.isEmpty ? of : of.isEmpty ? entry.actorID : "\(entry.actorID) (\(of))")
    }
    if !entry.edgeTo.isEmpty { parts.append("\(entry.edgeFrom) → \(entry.edgeTo)") }
    return parts.joined(separator: "  ")
  }

  /// `NPS 0, room-comfort, lyon-1`; `Lift out of service (critical, open), lyon-1`.
  static func about(_ matter: Matter) -> String {
    var parts: [String] = []
    switch matter.kind {
    case .feedback(_, let rating):
      if let rating { parts.append(SignalText.rating(rating)) }
    case .incident(let service, _, let severity, let status, _, let title):
      parts.append("\(title.isEmpty ? service : title) (\(severity.rawValue), \(status.rawValue))")
    }
    return (parts + [matter.touchpoint, matter.site].filter { !$0.isEmpty }).joined(separator: ", ")
  }

  private func why(_ entry: JournalEntry) {
    guard let priority = entry.priority, let score = entry.score else { return }
    var whose = [stream.styled(entry.owner, .bold)]
    if !entry.worker.isEmpty { whose.append("work: \(entry.worker)") }
    if !entry.witness.isEmpty { whose.append("felt by \(entry.witness)") }
    whose.append(stream.styled(entry.ruleAt, .dim))
    detail("owner", whose.joined(separator: " · "))
    let parts = entry.contributions.filter { showsAll || $0.points != 0 }.map(SuiteReasons.text)
    let mark = stream.styled("\(priority.wire.string) \(score)", SignalText.style(priority), .bold)
    detail("why", "\(mark) = \(parts.joined(separator: "  "))")
    if let before = entry.memoryBefore, let after = entry.memoryAfter, before != after {
      detail("memory", "\(before) → \(after)", .dim)
    }
  }

  /// Only where they are others than before.
  private mutating func clocks(_ entry: JournalEntry) {
    guard !entry.clocks.isEmpty, entry.decision != .refused, showsAll || entry.clocks != shownClocks else {
      return
    }
    shownClocks = entry.clocks
    let parts = entry.clocks.map { clock in
      clock.state == .running
        ? "\(clock.kind) \(Clock.short(clock.due, from: entry.at))" : "\(clock.kind) \(clock.state)"
    }
    detail("clocks", parts.joined(separator: " · "), .dim)
  }

  // MARK: Escalations

  /// On a line of its own with its time, or below what led to it.
  private func print(_ escalation: EscalationEntry, at time: Int64?) {
    var text = stream.styled("↑ \(escalation.kind.suiteWord)", .red, .bold)
    if escalation.rung > 0 {
      text += " \(escalation.rung)\(escalation.card.rungs > 0 ? " of \(escalation.card.rungs)" : "")"
    }
    if !escalation.skipped.isEmpty {
      text += " (\(escalation.skipped.map(String.init).joined(separator: ", ")) skipped)"
    }
    if !escalation.target.isEmpty {
      text += " → \(stream.styled(TextWidth.printable(escalation.target), .bold))"
    }
    if let time { line(time, text) } else { line(text) }
    if !escalation.people.isEmpty {
      detail("on duty", escalation.people.map(\.names).joined(separator: ", "))
    }
    let facts = facts(escalation)
    if !facts.isEmpty { detail("", facts.joined(separator: " · "), .dim) }
  }

  private func facts(_ escalation: EscalationEntry) -> [String] {
    var facts: [String] = []
    if escalation.kind != .rung || escalation.unless.isEmpty { facts.append(escalation.reason.text) }
    if escalation.due > 0 {
      let unless = escalation.unless.isEmpty ? "due" : "not \(escalation.unless) by"
      facts.append("\(unless) \(Clock.short(escalation.due, from: escalation.at))")
    }
    if escalation.wakeAt > 0 { facts.append("wakes \(Clock.short(escalation.wakeAt, from: escalation.at))") }
    if escalation.ownerGone { facts.append("owner gone") }
    if escalation.heardUntil > 0 {
      facts.append("what was done is known up to \(Clock.short(escalation.heardUntil, from: escalation.at))")
    }
    if !escalation.retracts.isEmpty { facts.append("takes back \(escalation.retracts)") }
    if escalation.digestCount > 0 { facts.append("\(escalation.digestCount) in one digest") }
    if let next = escalation.next {
      let whom = next.role.isEmpty ? next.team : next.role
      facts.append("then \(whom) \(Clock.short(next.at, from: escalation.at))")
    }
    return facts
  }

  // MARK: Lines

  private func line(_ time: Int64, _ text: String) {
    stream.line("  \(stream.styled(TextWidth.pad(Clock.day(time), to: Self.margin - 4), .dim))  \(text)")
  }

  private func line(_ text: String) {
    stream.line("\(String(repeating: " ", count: Self.margin))\(text)")
  }

  private func detail(_ label: String, _ text: String, _ style: Style? = nil) {
    let room = max(30, stream.width - Self.margin - Self.label)
    for (number, part) in TextWidth.wrap(text, to: room).enumerated() {
      let head = TextWidth.pad(number == 0 ? label : "", to: Self.label)
      let shown = style.map { stream.styled(part, $0) } ?? part
      stream.line("\(String(repeating: " ", count: Self.margin))\(stream.styled(head, .dim))\(shown)")
    }
  }
}
