// Owns which cases of a day are worth a line: who was told that nobody moves, what was closed on evidence, what came back.
import Events

/// Chooses from each day; the same records give the same choice.
struct CaseHighlights {
  enum Choice: Sendable {
    case escalation(EscalationEntry)
    case closing(AssignmentEntry)
    case reopening(AssignmentEntry)

    var time: Int64 {
      switch self {
      case .escalation(let escalation): escalation.at
      case .closing(let assignment), .reopening(let assignment): assignment.at
      }
    }
  }

  /// Kinds of escalations that were shown, so that every day shows something new while there is such.
  private var shown: Set<String> = []

  /// Two escalations, one closing and one reopening, in the order of time.
  mutating func choose(from day: CaseDay) -> [Choice] {
    var choices = escalations(day).map(Choice.escalation)
    if let closing = day.assignments.last(where: { $0.card.status == .closed && !$0.card.evidence.isEmpty }) {
      choices.append(.closing(closing))
    }
    let again = Set(day.journal.lazy.filter { $0.decision == .reopened }.flatMap(\.outputs))
    if let reopening = day.assignments.first(where: { again.contains($0.id) }) {
      choices.append(.reopening(reopening))
    }
    return choices.sorted { $0.time < $1.time }
  }

  private mutating func escalations(_ day: CaseDay) -> [EscalationEntry] {
    var chosen: [EscalationEntry] = []
    for _ in 0..<2 {
      let candidates = day.escalations.filter { candidate in !chosen.contains { $0.id == candidate.id } }
      guard let best = candidates.max(by: { isBefore($0, $1) }) else { break }
      chosen.append(best)
      shown.insert(Self.name(best))
    }
    return chosen
  }

  /// What was not shown yet comes first, then the higher rung, then the higher score.
  private func isBefore(_ a: EscalationEntry, _ b: EscalationEntry) -> Bool {
    let (left, right) = (isNew(a), isNew(b))
    if left != right { return right }
    return (a.rung, a.card.score, b.id) < (b.rung, b.card.score, a.id)
  }

  private func isNew(_ escalation: EscalationEntry) -> Bool { !shown.contains(Self.name(escalation)) }

  private static func name(_ escalation: EscalationEntry) -> String {
    "\(escalation.kind.suiteWord) \(escalation.rung)"
  }
}
