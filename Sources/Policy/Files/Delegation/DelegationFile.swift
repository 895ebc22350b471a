// Owns delegation.yaml: who may say yes, up to how much, and from which pot.

enum DelegationFile: PolicyFile {
  static let name = "delegation.yaml"
  static let isRequired = false
  static let defaultValid = WorkingDuration.days(7)
  static let defaultRefer = WorkingDuration.days(2)

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    let root = Cursor(root.node, file: name, path: "delegation")
    let all = ["actions", "budgets", "grants", "beyond", "limits", "split", "rates", "keys"]
    guard let fields = root.fields(all, required: ["actions"], findings) else {
      draft.unread.insert(name)
      return
    }
    func named(_ field: String) -> [(key: Located<String>, value: Cursor)] {
      fields[field]?.entries(findings) ?? []
    }
    func listed(_ field: String) -> [Cursor] { fields[field]?.list(findings) ?? [] }
    var delegation = DelegationDraft(place: root.place)
    delegation.actions = named("actions").map { ActionDraft.parse($0, $1, findings) }
    delegation.budgets = named("budgets").map { BudgetDraft.parse($0, $1, findings) }
    delegation.grants = listed("grants").map { GrantDraft.parse($0, findings) }
    delegation.approvers = listed("beyond").map { ApproverDraft.parse($0, findings) }
    delegation.limits = listed("limits").map { LimitDraft.parse($0, findings) }
    delegation.split = fields["split"].map { SplitDraft.parse($0, findings) } ?? SplitDraft()
    delegation.rates = listed("rates").map { RateDraft.parse($0, findings) }
    delegation.keys = listed("keys").map { KeyDraft.parse($0, findings) }
    draft.delegation = delegation
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    guard var delegation = draft.delegation else { return }
    for index in delegation.actions.indices {
      let place = delegation.actions[index].id.place
      if delegation.actions[index].name == nil {
        delegation.actions[index].name = delegation.actions[index].id
      }
      if delegation.actions[index].valid == nil {
        delegation.actions[index].valid = Located(defaultValid, at: place)
      }
      if delegation.actions[index].refer == nil {
        delegation.actions[index].refer = Located(defaultRefer, at: place)
      }
    }
    let zones = BudgetZones(draft)
    for index in delegation.budgets.indices where delegation.budgets[index].zone == nil {
      let budget = delegation.budgets[index]
      delegation.budgets[index].zone = Located(zones.zone(of: budget.root?.value), at: budget.id.place)
    }
    draft.delegation = delegation
  }
}

/// By which clock a budget's days begin, where it does not say: its site's, else that of its team's calendar, else UTC.
private struct BudgetZones {
  private let sites: [String: String]
  private let calendars: [String: String]
  private let teams: [String: String]

  init(_ draft: PolicyDraft) {
    func table(_ pairs: [(String, String?)]) -> [String: String] {
      Dictionary(
        pairs.compactMap { id, zone in zone.map { (id, $0) } }, uniquingKeysWith: { first, _ in first })
    }
    sites = table(draft.sites.map { ($0.id.value, $0.zone?.value) })
    calendars = table(draft.calendars.map { ($0.id.value, $0.zone?.value) })
    teams = table(draft.teams.map { ($0.id.value, $0.calendar?.value) })
  }

  func zone(of root: BudgetRoot?) -> String {
    let found: String? =
      switch root {
      case .site(let id): sites[id]
      case .team(let id): teams[id].flatMap { calendars[$0] }
      case nil: nil
      }
    return found ?? CalendarsFile.defaultZone
  }
}
