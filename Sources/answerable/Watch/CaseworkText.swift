// Owns how records of casework read while they are watched: one line each, and the reason where the word alone does
// not say it.
import Console
import Events
import Roles

struct CaseworkText {
  private let stream: TextStream

  init(_ stream: TextStream) { self.stream = stream }

  func print(_ entry: AssignmentEntry) {
    let card = entry.card
    var line = "\(time(entry.at))  \(priority(card))  \(id(card.id))  "
    line += TextWidth.pad(stream.styled("\(card.status)", Self.style(card.status)), to: 12)
    line += card.status == .withdrawn ? " from \(plain(card.owner))" : " → \(strong(card.owner))"
    if !entry.to.isEmpty { line += ", now \(strong(entry.to))" }
    if !card.worker.isEmpty { line += "  work: \(plain(card.worker))" }
    if !card.witness.isEmpty { line += "  felt by \(plain(card.witness))" }
    stream.line(line)
    because(entry.reason)
  }

  func printGone(_ caseID: String, at time: Int64) {
    stream.line(
      "\(self.time(time))          \(id(caseID))  \(stream.styled("gone", .dim)): its time here is over, or it was erased"
    )
  }

  func print(_ entry: EscalationEntry) {
    let card = entry.card
    var line = "\(time(entry.at))  "
    line += entry.kind == .digest ? TextWidth.pad("", to: 6) : priority(card)
    line +=
      "  \(id(card.id.isEmpty ? card.owner : card.id))  \(stream.styled("↑ \(entry.kind.suiteWord)", .red, .bold))"
    if entry.rung > 0 { line += " \(entry.rung)\(card.rungs > 0 ? " of \(card.rungs)" : "")" }
    if !entry.target.isEmpty { line += " → \(strong(entry.target))" }
    if entry.digestCount > 0 { line += "  \(entry.digestCount) cases" }
    if entry.wakeAt > 0 { line += "  until \(Clock.minute(entry.wakeAt))" }
    if entry.heardUntil > 0 { line += "  known up to \(Clock.minute(entry.heardUntil))" }
    if !entry.retracts.isEmpty { line += "  takes back \(plain(entry.retracts))" }
    if let next = entry.next {
      line +=
        "  then \(plain(next.role.isEmpty ? next.team : next.role)) \(Clock.short(next.at, from: entry.at))"
    }
    stream.line(line)
    because(entry.reason)
  }

  func print(_ entry: JournalEntry) {
    let priority = entry.priority.map {
      stream.styled(TextWidth.pad($0.wire.string, to: 6), SignalText.style($0))
    }
    var line = "\(time(entry.at))  \(priority ?? TextWidth.pad("", to: 6))"
    line += "  \(id(entry.caseID.isEmpty ? entry.subjectKey : entry.caseID))  "
    if entry.decision == .refused {
      line += stream.styled("NO \(entry.reason.code)", .yellow)
    } else {
      line += stream.styled(entry.act.map { $0.rawValue } ?? entry.decision.suiteWord, .bold)
    }
    if case .timer = entry.cause { line += stream.styled(" by the clock", .dim) }
    if !entry.owner.isEmpty { line += "  \(plain(entry.owner))" }
    if !entry.edgeTo.isEmpty { line += "  \(plain(entry.edgeFrom)) → \(plain(entry.edgeTo))" }
    stream.line(line)
    for reason in entry.earlier { because(reason) }
    because(entry.reason)
  }

  static func style(_ status: CaseStatus) -> Style {
    switch status {
    case .closed: .green
    case .withdrawn: .yellow
    case .assigned, .reopened: .bold
    case .acknowledged, .waiting, .resolved: .cyan
    }
  }

  private func because(_ reason: ToldReason) {
    guard !reason.text.isEmpty else { return }
    let text = TextWidth.cut(plain(reason.text), to: max(20, stream.width - 26))
    stream.line(String(repeating: " ", count: 26) + stream.styled(text, .dim))
  }

  private func time(_ milliseconds: Int64) -> String { stream.styled(Clock.minute(milliseconds), .dim) }
  private func priority(_ card: CaseCard) -> String {
    stream.styled(
      TextWidth.pad("\(card.priority.wire.string) \(card.score)", to: 6), SignalText.style(card.priority))
  }
  private func id(_ text: String) -> String { plain(text) }
  private func strong(_ text: String) -> String { stream.styled(plain(text), .bold) }
  private func plain(_ text: String) -> String { TextWidth.printable(text) }
}
