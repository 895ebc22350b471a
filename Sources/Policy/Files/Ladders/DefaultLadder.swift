// Owns saying that teams climb a ladder that nobody wrote: it works, and it ends where it began.

enum DefaultLadder {
  /// `draft` has its defaults.
  static func note(_ draft: PolicyDraft, _ findings: Findings) {
    let isWritten = draft.ladders.contains { $0.id.value == LaddersFile.standard }
    guard !isWritten, !draft.unread.contains(LaddersFile.name) else { return }
    let teams = draft.teams.filter { team in
      team.subcontractorOf == nil && (team.ladder?.value ?? LaddersFile.standard) == LaddersFile.standard
    }
    guard !teams.isEmpty else { return }
    findings.note(
      Place(file: LaddersFile.name),
      "\(teams.count) \(teams.count == 1 ? "team climbs" : "teams climb") the ladder \"\(LaddersFile.standard)\" of the defaults, whose last rung names no role outside of the team: write one that ends with somebody else"
    )
  }
}
