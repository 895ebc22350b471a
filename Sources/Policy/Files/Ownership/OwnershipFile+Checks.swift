// Owns ownership.yaml's last two steps: conditions and teams that make sense, one by one and together.

extension OwnershipFile {
  static let witnessChoices = ["site", "nobody"]

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for rule in draft.ownership.rules { rule.validate(findings) }
    let witness = draft.ownership.witness
    if let by = witness.by, !witnessChoices.contains(by.value) {
      findings.error(
        by.place,
        "unknown choice \"\(by.value)\"\(Suggestion.didYouMean(by.value, among: witnessChoices)); allowed: \(Suggestion.list(witnessChoices))"
      )
    }
    for rule in witness.rules { rule.when?.validate(findings) }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let names = KnownNames(draft)
    let teams = TeamRoles(draft)
    for rule in draft.ownership.rules { rule.crossCheck(draft, names, teams, outer: [], findings) }
    if let unrouted = draft.ownership.unrouted {
      teams.check(owner: unrouted.owner, worker: unrouted.worker, findings)
    }
    for rule in draft.ownership.witness.rules {
      rule.when?.crossCheck(draft, names, findings)
      if let team = rule.team { Checks.known("team", team, among: teams.known, findings) }
    }
  }
}

extension RuleDraft {
  fileprivate func validate(_ findings: Findings) {
    when?.validate(findings)
    for rule in rules { rule.validate(findings) }
    guard let lookup else { return }
    for row in lookup.rows { row.condition(lookup.columns).validate(findings) }
  }

  fileprivate func crossCheck(
    _ draft: PolicyDraft, _ names: KnownNames, _ teams: TeamRoles, outer: [ConditionDraft],
    _ findings: Findings
  ) {
    when?.crossCheck(draft, names, findings)
    when?.checkAgainst(outer, findings)
    teams.check(owner: owner, worker: worker, findings)
    let inner = outer + (when.map { [$0] } ?? [])
    for rule in rules { rule.crossCheck(draft, names, teams, outer: inner, findings) }
    for row in lookup?.rows ?? [] {
      let condition = row.condition(lookup?.columns ?? [])
      condition.crossCheck(draft, names, findings)
      condition.checkAgainst(inner, findings)
      teams.check(owner: row.owner, worker: row.worker, findings)
    }
  }
}

extension ConditionDraft {
  /// A value asked for inside a rule that leaves only others.
  fileprivate func checkAgainst(_ outer: [ConditionDraft], _ findings: Findings) {
    for clause in clauses where clause.attribute.shape == .symbol && !clause.values.isEmpty {
      let values = Set(clause.values.map(\.value))
      for condition in outer {
        for around in condition.clauses where around.attribute == clause.attribute && !around.values.isEmpty {
          let left = Set(around.values.map(\.value))
          guard values.isDisjoint(with: left) else { continue }
          findings.error(
            clause.place,
            "can never match: the rule around it (\(around.place.file):\(around.place.line)) leaves only \(Suggestion.list(left.sorted(), limit: 6))"
          )
        }
      }
    }
  }
}

/// Who may own and who may only work.
struct TeamRoles {
  /// Nil when teams.yaml does not say.
  let known: Set<String>?
  private let principals: [String: String]

  init(_ draft: PolicyDraft) {
    known = draft.teamIDs
    principals = draft.principals
  }

  func check(owner: Located<String>?, worker: Located<String>?, _ findings: Findings) {
    guard let known else { return }
    if let owner {
      Checks.known("team", owner, among: known, findings)
      if let principal = principals[owner.value] {
        findings.error(
          owner.place,
          "\"\(owner.value)\" is a subcontractor: it can be the worker, and \"\(principal)\" or another team of ours the owner"
        )
      }
    }
    guard let worker else { return }
    Checks.known("team", worker, among: known, findings)
    guard known.contains(worker.value) else { return }
    guard principals[worker.value] != nil else {
      findings.error(
        worker.place,
        "\"\(worker.value)\" is a team of ours, and a worker is a subcontractor: make it the owner instead")
      return
    }
    guard let owner, principals[owner.value] == nil, known.contains(owner.value) else { return }
    var chain: Set<String> = []
    var at = worker.value
    while let next = principals[at], chain.insert(at).inserted {
      if next == owner.value { return }
      at = next
    }
    // A chain that ends nowhere, or never, has been reported where it is written.
    guard known.contains(at), principals[at] == nil else { return }
    findings.error(
      worker.place,
      "\"\(worker.value)\" works for \"\(principals[worker.value] ?? "")\", not for the owner \"\(owner.value)\""
    )
  }
}
