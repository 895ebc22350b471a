// Owns laying out a draft's rules for a proof, each with the place that a person goes to.

extension RuleTree {
  /// The rules of ownership, in the order in which a policy lays them out flat.
  init(owners draft: PolicyDraft, _ document: PolicyDocument) {
    var places: [(place: Place, table: String?)] = []
    func add(_ rules: [RuleDraft]) {
      for rule in rules {
        if let lookup = rule.lookup {
          for row in lookup.rows { places.append((row.place, rule.place.path)) }
        } else {
          places.append((rule.place, nil))
          add(rule.rules)
        }
      }
    }
    add(draft.ownership.rules)
    self.init(
      zip(FlatRule.flatten(document), places).map { rule, place in
        ProofRule(
          place: place.place, team: rule.owner, parent: rule.parent, whole: rule.condition, own: rule.own,
          table: place.table)
      })
  }

  /// The rules that name who felt it.
  init(witnesses draft: PolicyDraft, _ document: PolicyDocument) {
    self.init(
      zip(document.witness.rules, draft.ownership.witness.rules).map { rule, draft in
        ProofRule(
          place: draft.place, team: rule.team, parent: -1, whole: rule.when, own: rule.when, table: nil)
      })
  }
}
