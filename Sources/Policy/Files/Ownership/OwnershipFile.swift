// Owns ownership.yaml's first two steps: reading the tree, and letting inner rules inherit.

enum OwnershipFile: PolicyFile {
  static let name = "ownership.yaml"
  static let isRequired = true

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let fields = root.fields(["ownership", "witness"], required: ["ownership"], findings) else {
      draft.unread.insert(name)
      return
    }
    if let ownership = fields["ownership"]?.fields(["rules", "unrouted"], findings) {
      draft.ownership.rules = rules(ownership["rules"], inherits: false, &draft, context)
      draft.ownership.unrouted = ownership["unrouted"].map { unrouted($0, findings) }
      if ownership["unrouted"] == nil, let place = fields["ownership"]?.place {
        findings.error(place, "missing field \"unrouted\": it names the owner of what no rule takes")
      }
    } else {
      draft.unread.insert(name)
    }
    if let witness = fields["witness"] { draft.ownership.witness = self.witness(witness, findings) }
  }

  private static func rules(
    _ cursor: Cursor?, inherits: Bool, _ draft: inout PolicyDraft, _ context: ParseContext
  ) -> [RuleDraft] {
    (cursor?.list(context.findings) ?? []).map { rule($0, inherits: inherits, &draft, context) }
  }

  private static func rule(
    _ cursor: Cursor, inherits: Bool, _ draft: inout PolicyDraft, _ context: ParseContext
  ) -> RuleDraft {
    let findings = context.findings
    var rule = RuleDraft(place: cursor.place)
    let errors = findings.errorCount
    let fields = cursor.fields(["when", "owner", "worker", "rules", "lookup"], findings)
    if findings.errorCount > errors, fields?["when"] == nil {
      // What was not understood may have been its condition: it is not one that takes everything.
      rule.when = ConditionDraft(place: cursor.place, isWhole: false)
    }
    guard let fields else { return rule }
    if let when = fields["when"] { rule.when = ConditionDraft.parse(when, findings) }
    rule.owner = fields["owner"]?.text(findings)
    rule.worker = fields["worker"]?.text(findings)
    if let lookup = fields["lookup"] {
      for name in ["owner", "worker", "rules"] {
        guard let field = fields[name] else { continue }
        findings.error(
          field.place, "cannot stand beside \"lookup\", whose table decides; allowed: \"when\""
        )
      }
      rule.owner = nil
      rule.worker = nil
      rule.lookup = lookup.text(findings).map { LookupDraft.parse($0, &draft, context) }
      if rule.lookup == nil { rule.when = ConditionDraft(place: cursor.place, isWhole: false) }
      return rule
    }
    if fields["owner"] == nil, !inherits {
      findings.error(
        cursor.place,
        "missing field \"owner\": a rule names its owner, unless it stands inside a rule that does"
      )
    }
    rule.rules = rules(fields["rules"], inherits: true, &draft, context)
    if inherits, fields["owner"] == nil, fields["worker"] == nil, fields["rules"] == nil {
      findings.warning(
        cursor.place,
        "names neither owner nor worker nor inner rules: it only keeps what it matches from the rules after it"
      )
    }
    return rule
  }

  private static func unrouted(_ cursor: Cursor, _ findings: Findings) -> UnroutedDraft {
    let fields = cursor.fields(["owner", "worker"], required: ["owner"], findings) ?? [:]
    return UnroutedDraft(
      place: cursor.place, owner: fields["owner"]?.text(findings), worker: fields["worker"]?.text(findings))
  }

  private static func witness(_ cursor: Cursor, _ findings: Findings) -> WitnessDraft {
    guard let fields = cursor.fields(["by", "rules"], findings) else { return WitnessDraft() }
    return WitnessDraft(
      by: fields["by"]?.text(findings),
      rules: (fields["rules"]?.list(findings) ?? []).map { item in
        let fields = item.fields(["when", "team"], required: ["team"], findings) ?? [:]
        return WitnessRuleDraft(
          place: item.place, when: fields["when"].map { ConditionDraft.parse($0, findings) },
          team: fields["team"]?.text(findings))
      })
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.ownership.rules.indices {
      draft.ownership.rules[index].inherit(owner: nil, worker: nil)
    }
    if draft.ownership.witness.by == nil {
      draft.ownership.witness.by = Located("site", at: Place(file: name))
    }
  }
}

extension RuleDraft {
  /// An inner rule without an owner keeps the outer one's, and then its worker too; a new owner starts without one.
  fileprivate mutating func inherit(owner outer: Located<String>?, worker outerWorker: Located<String>?) {
    guard lookup == nil else { return }
    if owner == nil {
      owner = outer
      if worker == nil { worker = outerWorker }
    }
    for index in rules.indices { rules[index].inherit(owner: owner, worker: worker) }
  }
}
