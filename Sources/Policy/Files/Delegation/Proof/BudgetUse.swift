// Owns which budgets something draws on: its templates, filled for each site and team where it can be asked.

struct BudgetUse {
  /// Where somebody asks.
  struct Moment: Hashable {
    var site: String
    var team: String
  }

  var templates: [Located<String>]
  var sites: [String]
  var teams: [String]

  /// Those that these templates, and others beside them, can tell apart.
  func moments(with others: [Located<String>] = []) -> [Moment] {
    let texts = (templates + others).map(\.value)
    let sites = texts.contains { $0.contains("{site}") } ? sites : [""]
    let teams = texts.contains { $0.contains("{team}") } ? teams : [""]
    return sites.flatMap { site in teams.map { Moment(site: site, team: $0) } }
  }

  func ids(_ moment: Moment) -> [String] {
    templates.map { BudgetTemplate.filled($0.value, site: moment.site, team: moment.team) }
  }

  /// Every id that a template can be, with the site or team that it is for.
  func ids(of template: Located<String>) -> [(id: String, words: [String])] {
    let hasSite = template.value.contains("{site}")
    let hasTeam = template.value.contains("{team}")
    return (hasSite ? sites : [""]).flatMap { site in
      (hasTeam ? teams : [""]).map { team in
        (BudgetTemplate.filled(template.value, site: site, team: team), [site, team].filter { !$0.isEmpty })
      }
    }
  }
}

extension DelegationProof {
  /// What an action draws on by itself, a grant, an approver; nil where it names no budget.
  func use(_ action: ActionDraft) -> BudgetUse? {
    action.from.isEmpty
      ? nil : BudgetUse(templates: action.from, sites: allSites, teams: teamsAsking(for: [action]))
  }

  func use(_ grant: GrantDraft) -> BudgetUse? {
    grant.from.isEmpty ? nil : use(grant, grant.from)
  }

  func use(_ approver: ApproverDraft) -> BudgetUse? {
    approver.from.isEmpty
      ? nil
      : BudgetUse(
        templates: approver.from, sites: allSites, teams: teamsAsking(for: actions(of: approver.actions)))
  }

  /// What pays for what a grant lets through: its own budgets, else those of its actions.
  func paying(_ grant: GrantDraft) -> [BudgetUse] {
    if let own = use(grant) { return [own] }
    return actions(of: grant.actions).filter { !$0.from.isEmpty }.map { use(grant, $0.from) }
  }

  private func use(_ grant: GrantDraft, _ templates: [Located<String>]) -> BudgetUse {
    let sites = grant.sites.isEmpty ? allSites : grant.sites.map(\.value)
    return BudgetUse(templates: templates, sites: sites, teams: teams(of: grant))
  }

  /// A policy without sites has cases without one.
  private var allSites: [String] { sites.isEmpty ? [""] : sites }

  /// Teams of whoever may ask by a grant; any, where none is for these actions.
  private func teamsAsking(for actions: [ActionDraft]) -> [String] {
    let asking = Set(actions.flatMap { grants(for: $0.id.value) }.flatMap { teams(of: $0) }).sorted()
    return asking.isEmpty ? teams : asking
  }
}
