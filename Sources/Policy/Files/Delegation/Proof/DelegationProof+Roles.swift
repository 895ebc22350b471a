// Owns the proof that somebody holds each role that a grant or an approver has.

extension DelegationProof {
  func reportRoles() {
    for grant in delegation.grants {
      guard let role = grant.role, isHeld(role, "the grant can never apply") else { continue }
      if teams(of: grant).isEmpty {
        isNobody(role.value, in: grant.teams, "the grant can never apply")
      }
    }
    for approver in delegation.approvers {
      guard let role = approver.role, isHeld(role, "nobody could say yes") else { continue }
      guard let team = approver.team else { continue }
      if team.value != ApproverDraft.owner {
        if people(of: approver).isEmpty { isNobody(role.value, in: [team], "nobody could say yes") }
        continue
      }
      let held = Set((holders[role.value] ?? []).compactMap(\.team?.value))
      let without = teams.filter { !held.contains($0) }
      if !without.isEmpty {
        findings.warning(
          team.place,
          "nobody holds role \"\(role.value)\" in \(Suggestion.list(without, limit: 12)): for their cases nobody is asked here"
        )
      }
    }
  }

  private func isHeld(_ role: Located<String>, _ outcome: String) -> Bool {
    guard holders[role.value] == nil else { return true }
    findings.error(
      role.place,
      "nobody of \(PeopleFile.name) holds role \"\(role.value)\"\(Suggestion.didYouMean(role.value, among: holders.keys)): \(outcome)"
    )
    return false
  }

  private func isNobody(_ role: String, in teams: [Located<String>], _ outcome: String) {
    guard let first = teams.first else { return }
    findings.error(
      first.place,
      "nobody with role \"\(role)\" is in \(Suggestion.list(teams.map(\.value), limit: 12)): \(outcome)")
  }
}
