// Owns cases.yaml: when a signal opens, joins, reopens or closes a case, and what a subject's memory adds.

enum CasesFile: PolicyFile {
  static let name = "cases.yaml"
  static let isRequired = false

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let cases = root.fields(["cases"], required: ["cases"], findings)?["cases"] else { return }
    var cursors = ["": cases]
    // A group stands after `cases` in the list, so its cursor is there when its turn comes.
    for group in CasesDraft.groups {
      guard let fields = cursors[group.name]?.fields(group.fields, findings) else { continue }
      for (name, cursor) in fields {
        let path = group.name.isEmpty ? name : "\(group.name).\(name)"
        if let value = CasesDraft.values[path] {
          draft.cases.read(value, at: path, cursor, findings)
        } else {
          cursors[path] = cursor
        }
      }
    }
    draft.cases.groupBy = cursors["group.by"].flatMap { groupBy($0, findings) }
    draft.cases.services = (cursors["gather.services"]?.oneOrMore(findings) ?? []).compactMap {
      $0.text(findings)
    }
    draft.cases.adds = cursors["memory.adds"].flatMap { adds($0, findings) }
  }

  private static func groupBy(_ cursor: Cursor, _ findings: Findings) -> [Located<String>]? {
    let allowed = CaseRules.GroupBy.allCases.map(\.rawValue)
    return cursor.oneOrMore(findings)?.compactMap { $0.word("way to group", among: allowed, findings) }
  }

  private static func adds(
    _ cursor: Cursor, _ findings: Findings
  ) -> [(account: Located<Int64>, points: Located<Int64>)]? {
    guard let entries = cursor.entries(findings) else { return nil }
    if entries.count < 2 {
      findings.error(
        cursor.place, "needs two accounts at least with the points they add: a line has two ends")
    }
    return entries.compactMap { key, value in
      guard let points = value.integer(findings) else { return nil }
      switch Thousandths.parse(key.value) {
      case .success(let account) where account % 1000 == 0:
        return (Located(account / 1000, at: key.place), points)
      case .success(let account):
        findings.error(key.place, "must be a whole number, not \(Thousandths.text(account))")
      case .failure(let mistake):
        findings.error(key.place, Cursor.explain(mistake, YAMLScalar(text: key.value, isPlain: true)))
      }
      return nil
    }
  }
}

extension CasesDraft {
  fileprivate mutating func read(_ value: CaseValue, at path: String, _ cursor: Cursor, _ findings: Findings)
  {
    switch value {
    case .duration: durations[path] = cursor.duration(findings)
    case .number: numbers[path] = cursor.integer(findings)
    case .thousandths: numbers[path] = cursor.thousandths(findings)
    case .word(let noun, let allowed): words[path] = cursor.word(noun, among: allowed, findings)
    }
  }
}
