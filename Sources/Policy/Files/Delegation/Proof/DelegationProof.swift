// Owns what is proven of delegation.yaml as a whole, and what the proofs share: who holds which role, which rules are
// for an action, which of two amounts is more.

/// Asked of a policy whose parts are sound by themselves: a mistake in one of them is said once, without what follows
/// from it.
struct DelegationProof {
  let delegation: DelegationDraft
  let findings: Findings
  let sites: [String]
  /// Without subcontractors.
  let teams: [String]
  let people: [PersonDraft]
  let holders: [String: [PersonDraft]]
  let budgets: [String: BudgetDraft]
  /// The latest of each pair of currencies.
  private let rates: [CurrencyPair: Int64]

  struct CurrencyPair: Hashable {
    var from: String
    var to: String
  }

  /// Nil where a file that it rests on has an error or could not be read.
  init?(_ delegation: DelegationDraft, _ draft: PolicyDraft, _ findings: Findings) {
    var files: Set = [DelegationFile.name, PeopleFile.name, TeamsFile.name, SitesFile.name]
    if let table = draft.directoryTable { files.insert(table) }
    guard draft.unread.isDisjoint(with: files), !findings.hasError(where: { files.contains($0.file) }) else {
      return nil
    }
    self.delegation = delegation
    self.findings = findings
    sites = draft.sites.map(\.id.value)
    teams = draft.teams.filter { $0.subcontractorOf == nil }.map(\.id.value)
    people = draft.people
    holders = Dictionary(grouping: draft.people, by: { $0.role?.value ?? "" })
    budgets = Dictionary(
      delegation.budgets.map { ($0.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    let dated = delegation.rates.sorted {
      PersonDraft.time($0.since?.value ?? "") ?? 0 < PersonDraft.time($1.since?.value ?? "") ?? 0
    }
    rates = Dictionary(
      dated.map {
        (CurrencyPair(from: $0.from?.value ?? "", to: $0.to?.value ?? ""), $0.billionths?.value ?? 0)
      }, uniquingKeysWith: { _, last in last })
  }

  func report() {
    let errors = findings.errorCount
    reportRoles()
    // Who could answer is not yet known where nobody holds a role.
    if findings.errorCount == errors { reportRequesters() }
    reportGrants()
    reportApprovers()
    reportActions()
    reportBudgets()
    reportCurrencies()
    reportSplitting()
  }
}

// MARK: Amounts

extension DelegationProof {
  typealias Amount = PolicyDocument.Money

  func hasRate(from: String, to: String) -> Bool {
    from == to || rates[CurrencyPair(from: from, to: to)] != nil
  }

  /// Whether `a` is more than `b`, at the latest rates; nil where there is none.
  func isMore(_ a: Amount, than b: Amount) -> Bool? {
    if a.currency == b.currency { return a.minor > b.minor }
    guard let billionths = rates[CurrencyPair(from: a.currency, to: b.currency)] else { return nil }
    let divisor = RateRules.divisor(from: a.currency, to: b.currency)
    // More than 64 bits hold is more than any amount of a policy.
    return RateRules.converted(a.minor, billionths: billionths, divisor: divisor).map { $0 > b.minor } ?? true
  }
}

// MARK: Who and what

extension DelegationProof {
  func grants(for action: String) -> [GrantDraft] {
    delegation.grants.filter { grant in grant.actions.contains { $0.value == action } }
  }

  /// With their numbers.
  func approvers(for action: String) -> [(number: Int, approver: ApproverDraft)] {
    delegation.approvers.enumerated().filter { takes($1.actions, action) }.map { ($0, $1) }
  }

  /// An empty list takes every action.
  func takes(_ list: [Located<String>], _ action: String) -> Bool {
    list.isEmpty || list.contains { $0.value == action }
  }

  func actions(of list: [Located<String>]) -> [ActionDraft] {
    delegation.actions.filter { takes(list, $0.id.value) }
  }

  /// Whoever an approver can be: a team of the case's owner may be any.
  func people(of approver: ApproverDraft) -> [PersonDraft] {
    let all = holders[approver.role?.value ?? ""] ?? []
    guard let team = approver.team?.value, team != ApproverDraft.owner else { return all }
    return all.filter { $0.team?.value == team }
  }

  /// Teams from which somebody may ask by a grant.
  func teams(of grant: GrantDraft) -> [String] {
    let all = Set((holders[grant.role?.value ?? ""] ?? []).compactMap(\.team?.value))
    return (grant.teams.isEmpty ? all : all.intersection(grant.teams.map(\.value))).sorted()
  }

  func grantName(_ number: Int) -> String {
    "grants[\(number)] (line \(delegation.grants[number].place.line))"
  }
  func approverName(_ number: Int) -> String {
    "beyond[\(number)] (line \(delegation.approvers[number].place.line))"
  }
}
