// Owns the part of delegation.yaml's fourth step that asks whether what it names exists.

extension DelegationFile {
  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    guard let delegation = draft.delegation else { return }
    names(delegation, draft, findings)
    guard !draft.people.isEmpty || draft.unread.contains(PeopleFile.name) else {
      findings.error(
        delegation.place,
        "needs \(PeopleFile.name): who may ask and who may say yes is what people's roles there say")
      return
    }
    if let proof = DelegationProof(delegation, draft, findings) { proof.report() }
  }

  private static func names(_ delegation: DelegationDraft, _ draft: PolicyDraft, _ findings: Findings) {
    let actions = Set(delegation.actions.map(\.id.value))
    let sites = draft.unread.contains(SitesFile.name) ? nil : Set(draft.sites.map(\.id.value))
    let journeys = draft.unread.contains(JourneysFile.name) ? nil : Set(draft.journeys.map(\.id.value))
    func known(_ noun: String, _ names: [Located<String>], among known: Set<String>?) {
      for name in names { Checks.known(noun, name, among: known, findings) }
    }
    for grant in delegation.grants {
      known("action", grant.actions, among: actions)
      known("site", grant.sites, among: sites)
      known("team", grant.teams, among: draft.teamIDs)
      known("journey", grant.journeys, among: journeys)
    }
    for approver in delegation.approvers {
      known("action", approver.actions, among: actions)
      if let team = approver.team, team.value != ApproverDraft.owner {
        known("team", [team], among: draft.teamIDs)
      }
    }
    for limit in delegation.limits { known("action", limit.actions, among: actions) }
    for budget in delegation.budgets {
      switch budget.root?.value {
      case .site(let id):
        known("site", [Located(id, at: budget.root?.place ?? budget.id.place)], among: sites)
      case .team(let id):
        known("team", [Located(id, at: budget.root?.place ?? budget.id.place)], among: draft.teamIDs)
      case nil: break
      }
    }
    guard !draft.unread.contains(PeopleFile.name) else { return }
    let people = Set(draft.people.map(\.id.value))
    known("person", delegation.keys.compactMap(\.person), among: people)
  }
}
