// Owns teams.yaml: who exists, who leads, and who works for whom.

struct TeamDraft: Sendable {
  var id: Located<String>
  var name: Located<String>?
  var accountable: Located<String>?
  var subcontractorOf: Located<String>?
  var calendar: Located<String>?
  var onCall: Located<String>?
  var ladder: Located<String>?
}

enum TeamsFile: PolicyFile {
  static let name = "teams.yaml"
  static let isRequired = true
  /// The calendar of a team that names none: it works at any time.
  static let defaultCalendar = "always"
  private static let fields = ["accountable", "subcontractor-of", "calendar", "on-call", "ladder", "name"]

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let teams = root.fields(["teams"], required: ["teams"], findings)?["teams"],
      let entries = teams.entries(findings)
    else {
      draft.unread.insert(name)
      return
    }
    if entries.isEmpty {
      findings.error(teams.place, "is empty: needs at least one team")
      draft.unread.insert(name)
    }
    for (id, cursor) in entries {
      let fields = cursor.fields(fields, findings) ?? [:]
      draft.teams.append(
        TeamDraft(
          id: id,
          name: fields["name"]?.text(findings),
          accountable: fields["accountable"]?.text(findings),
          subcontractorOf: fields["subcontractor-of"]?.text(findings),
          calendar: fields["calendar"]?.text(findings),
          onCall: fields["on-call"]?.text(findings),
          ladder: fields["ladder"]?.text(findings)))
      if case .mapping = cursor.node.content, fields["accountable"] == nil, fields["subcontractor-of"] == nil
      {
        findings.error(
          id.place,
          "missing field \"accountable\" (a team of ours: who leads it) or \"subcontractor-of\" (a team that works for one)"
        )
      }
    }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.teams.indices {
      let id = draft.teams[index].id
      if draft.teams[index].name == nil { draft.teams[index].name = id }
      if draft.teams[index].calendar == nil {
        draft.teams[index].calendar = Located(defaultCalendar, at: id.place)
      }
    }
  }

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for team in draft.teams {
      for name in [team.id, team.accountable, team.calendar, team.onCall].compactMap({ $0 }) {
        Checks.identifier(name, findings)
      }
      if let accountable = team.accountable, let principal = team.subcontractorOf {
        findings.error(
          accountable.place,
          "a subcontractor has no accountable lead of its own: the one of \"\(principal.value)\" answers for it"
        )
      }
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let principals = draft.principals
    var circles: Set<String> = []
    for team in draft.teams {
      guard let principal = team.subcontractorOf else { continue }
      Checks.known("team", principal, among: draft.teamIDs, findings)
      var chain = [team.id.value]
      while let next = principals[chain[chain.count - 1]] {
        chain.append(next)
        guard next != team.id.value else {
          // Said once, at the first team of the circle.
          guard circles.isDisjoint(with: chain) else { break }
          circles.formUnion(chain)
          findings.error(
            principal.place,
            "subcontractors in a circle: \(chain.joined(separator: " → ")); one of them must work for a team of ours"
          )
          break
        }
        if chain.count > draft.teams.count { break }
      }
    }
  }
}

extension PolicyDraft {
  /// Whom each subcontractor works for.
  var principals: [String: String] {
    Dictionary(
      teams.compactMap { team in team.subcontractorOf.map { (team.id.value, $0.value) } },
      uniquingKeysWith: { first, _ in first })
  }
}
