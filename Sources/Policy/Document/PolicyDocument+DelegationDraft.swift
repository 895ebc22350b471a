// Owns the step from a sound draft of delegation.yaml to the document.
import Foundation

extension PolicyDocument.Delegation {
  private typealias Position = PolicyDocument.Position

  /// `draft` has no errors and its defaults are filled.
  init(_ draft: DelegationDraft) {
    actions = draft.actions.map { Action($0) }
    grants = draft.grants.map { Grant($0) }
    approvers = draft.approvers.map { Approver($0) }
    budgets = draft.budgets.map { Budget($0) }
    limits = draft.limits.map { Limit($0) }
    split = Split(draft.split)
    rates = draft.rates.map { Rate($0) }.sorted { ($0.from, $0.to, $0.since) < ($1.from, $1.to, $1.since) }
    keys = draft.keys.map { Key($0) }
    for budget in budgets where zones[budget.zone] == nil {
      zones[budget.zone] = CalendarHorizon.clock(TimeZone(identifier: budget.zone) ?? .gmt).documentOffsets
    }
  }
}

extension PolicyDocument.Money {
  /// Of an amount that was left out: nothing, in no currency.
  fileprivate init(_ draft: Located<PolicyDocument.Money>?) {
    self = draft?.value ?? PolicyDocument.Money(minor: 0, currency: "")
  }
}

extension PolicyDocument.Delegation.Action {
  fileprivate init(_ draft: ActionDraft) {
    at = .init(draft.id.place)
    id = draft.id.value
    name = draft.name?.value ?? draft.id.value
    needs = draft.needs.map(\.value)
    from = draft.from.map(\.value)
    closesCase = draft.closesCase?.value ?? false
    signed = draft.signed?.value ?? false
    validFor = (draft.valid?.value ?? DelegationFile.defaultValid).elapsed
    referFor = (draft.refer?.value ?? DelegationFile.defaultRefer).elapsed
    ceiling = draft.ceiling?.value
  }
}

extension PolicyDocument.Delegation.Grant {
  fileprivate init(_ draft: GrantDraft) {
    at = .init(draft.place)
    role = draft.role?.value ?? ""
    actions = draft.actions.map(\.value)
    sites = draft.sites.map(\.value)
    teams = draft.teams.map(\.value)
    priorities = draft.priorities.compactMap { LadderDraft.priorities.firstIndex(of: $0.value) }.map {
      $0 + 1
    }
    journeys = draft.journeys.map(\.value)
    segments = draft.segments.map(\.value)
    states = draft.states.map(\.value)
    upTo = .init(draft.upTo)
    from = draft.from.map(\.value)
    needs = draft.needs.map(\.value)
  }
}

extension PolicyDocument.Delegation.Approver {
  fileprivate init(_ draft: ApproverDraft) {
    at = .init(draft.place)
    role = draft.role?.value ?? ""
    team = draft.team?.value
    actions = draft.actions.map(\.value)
    upTo = draft.upTo?.value
    from = draft.from.map(\.value)
  }
}

extension PolicyDocument.Delegation.Budget {
  fileprivate init(_ draft: BudgetDraft) {
    at = .init(draft.id.place)
    id = draft.id.value
    root = draft.root?.value.key ?? ""
    limit = .init(draft.amount)
    window = draft.window?.value ?? .day
    per = draft.per?.value
    overdraft = draft.overdraft?.value.minor ?? 0
    zone = draft.zone?.value ?? CalendarsFile.defaultZone
  }
}

extension PolicyDocument.Delegation.Limit {
  fileprivate init(_ draft: LimitDraft) {
    at = .init(draft.place)
    scope = draft.scope?.value ?? .perCase
    actions = draft.actions.map(\.value)
    upTo = .init(draft.upTo)
    within = draft.within?.value.elapsed ?? 0
  }
}

extension PolicyDocument.Delegation.Split {
  fileprivate init(_ draft: SplitDraft) {
    self.init()
    if let within = draft.within { self.within = within.value.elapsed }
    guard let by = draft.by?.map(\.value) else { return }
    byPerson = by.contains("person")
    byCase = by.contains("case")
    byCause = by.contains("cause")
  }
}

extension PolicyDocument.Delegation.Rate {
  fileprivate init(_ draft: RateDraft) {
    at = .init(draft.place)
    from = draft.from?.value ?? ""
    to = draft.to?.value ?? ""
    billionths = draft.billionths?.value ?? 0
    since = draft.since.flatMap { PersonDraft.time($0.value) } ?? 0
  }
}

extension PolicyDocument.Delegation.Key {
  fileprivate init(_ draft: KeyDraft) {
    at = .init(draft.id?.place ?? Place(file: DelegationFile.name))
    id = draft.id?.value ?? ""
    person = draft.person?.value
    publicKey = draft.publicKey?.value ?? ""
    from = draft.from.flatMap { PersonDraft.time($0.value) } ?? 0
    until = draft.until.flatMap { PersonDraft.time($0.value) } ?? 0
  }
}
