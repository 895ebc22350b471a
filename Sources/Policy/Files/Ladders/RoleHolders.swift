// Owns the check that somebody holds each role that a rung can go to, where there is a directory.

struct RoleHolders {
  private let draft: PolicyDraft
  private let findings: Findings
  /// Of each role, the teams in which somebody holds it.
  private var teams: [String: Set<String>] = [:]

  init(_ draft: PolicyDraft, _ findings: Findings) {
    self.draft = draft
    self.findings = findings
    for person in draft.people {
      guard let role = person.role?.value, let team = person.team?.value else { continue }
      teams[role, default: []].insert(team)
    }
  }

  func check() {
    let isKnown = !draft.unread.contains(PeopleFile.name) && !draft.unread.contains(TeamsFile.name)
    guard !draft.people.isEmpty, isKnown, !hasMistakes else { return }
    for ladder in draft.ladders {
      for rung in ladder.rungs { check(rung, draft.teams(climbing: ladder)) }
    }
    for team in draft.teams where team.subcontractorOf == nil {
      guard let role = team.accountable, teams[role.value] == nil else { continue }
      findings.error(
        role.place,
        "nobody of \(PeopleFile.name) holds role \"\(role.value)\"\(meant(role.value)), which answers for \"\(team.id.value)\": add somebody"
      )
    }
  }

  /// A directory with mistakes may hold the role in a row that could not be read.
  private var hasMistakes: Bool {
    let files = Set(draft.people.map(\.id.place.file) + [PeopleFile.name])
    return findings.hasError { files.contains($0.file) }
  }

  private func check(_ rung: RungDraft, _ climbers: [TeamDraft]) {
    guard let target = rung.target else { return }
    switch target.value {
    case .accountableOfOwner: break
    case .role(let role):
      guard teams[role] == nil else { return }
      findings.error(
        target.place,
        "nobody of \(PeopleFile.name) holds role \"\(role)\"\(meant(role)): add somebody, or name a role that is held"
      )
    case .roleOfOwner(let role):
      if teams[role] == nil {
        findings.error(
          target.place,
          "nobody of \(PeopleFile.name) holds role \"\(role)\"\(meant(role)): add somebody, or name a role that is held"
        )
        return
      }
      let without = climbers.map(\.id.value).filter { !(teams[role]?.contains($0) ?? false) }
      guard !without.isEmpty else { return }
      findings.warning(
        target.place,
        "nobody of \(PeopleFile.name) holds role \"\(role)\" in \(Suggestion.list(without, limit: 12)): there it goes to whoever answers for the team"
      )
    }
  }

  private func meant(_ role: String) -> String {
    teams[role] == nil ? Suggestion.didYouMean(role, among: teams.keys) : ""
  }
}
