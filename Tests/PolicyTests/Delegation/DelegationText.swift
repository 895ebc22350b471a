// Owns writing delegation.yaml back from a document: what proves that reading it loses and adds nothing.

import ICalendar

@testable import Policy

/// In flow style; every value in full, places are not kept.
enum DelegationText {
  static func file(_ delegation: PolicyDocument.Delegation) -> String {
    func named(_ lines: [String]) -> String { "{\n" + lines.joined(separator: ",\n") + "\n}" }
    func listed(_ name: String, _ lines: [String]) -> String {
      lines.isEmpty ? "" : "\(name): [\n" + lines.joined(separator: ",\n") + "\n]\n"
    }
    return
      "actions: \(named(delegation.actions.map(action)))\nbudgets: \(named(delegation.budgets.map(budget)))\n"
      + listed("grants", delegation.grants.map(grant)) + listed("beyond", delegation.approvers.map(approver))
      + listed("limits", delegation.limits.map(limit)) + "split: \(split(delegation.split))\n"
      + listed("rates", delegation.rates.map(rate)) + listed("keys", delegation.keys.map(key))
  }

  private static func fields(_ fields: KeyValuePairs<String, String?>) -> String {
    "{ " + fields.compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ") + " }"
  }

  private static func list(_ items: [String]) -> String? {
    items.isEmpty ? nil : "[" + items.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }

  private static func time(_ milliseconds: Int64) -> String { "\(WorkingDuration.time(milliseconds))" }
  private static func day(_ milliseconds: Int64) -> String? {
    guard milliseconds != 0 else { return nil }
    let day = LocalDate.day(Int(milliseconds / 86_400_000))
    func two(_ number: Int) -> String { String("\(100 + number)".dropFirst()) }
    return "\(day.year)-\(two(day.month))-\(two(day.day))"
  }

  private static func action(_ action: PolicyDocument.Delegation.Action) -> String {
    "\(action.id): "
      + fields([
        "name": "\"\(action.name)\"", "needs": list(action.needs), "from": list(action.from),
        "closes-case": "\(action.closesCase)", "signed": "\(action.signed)", "valid": time(action.validFor),
        "refer": time(action.referFor), "ceiling": action.ceiling?.text,
      ])
  }

  private static func budget(_ budget: PolicyDocument.Delegation.Budget) -> String {
    let window =
      switch budget.window {
      case .sliding(let days): "\(WorkingDuration.days(Int32(days)))"
      case .day: "day"
      case .week: "week"
      case .month: "month"
      case .quarter: "quarter"
      case .year: "year"
      }
    return "\(budget.id): "
      + fields([
        "root": budget.root.replacing("/", with: " "), "amount": budget.limit.text, "window": window,
        "per": budget.per?.rawValue, "overdraft": Currency.text(budget.overdraft, budget.limit.currency),
        "zone": budget.zone,
      ])
  }

  private static func grant(_ grant: PolicyDocument.Delegation.Grant) -> String {
    fields([
      "role": grant.role, "action": list(grant.actions), "up-to": grant.upTo.text, "from": list(grant.from),
      "needs": list(grant.needs), "sites": list(grant.sites), "teams": list(grant.teams),
      "priorities": list(grant.priorities.map { "P\($0)" }), "journeys": list(grant.journeys),
      "segments": list(grant.segments), "states": list(grant.states),
    ])
  }

  private static func approver(_ approver: PolicyDocument.Delegation.Approver) -> String {
    fields([
      "role": approver.role, "team": approver.team, "actions": list(approver.actions),
      "up-to": approver.upTo?.text,
      "from": list(approver.from),
    ])
  }

  private static func limit(_ limit: PolicyDocument.Delegation.Limit) -> String {
    fields([
      "per": limit.scope.rawValue, "up-to": limit.upTo.text,
      "within": limit.within == 0 ? nil : time(limit.within),
      "actions": list(limit.actions),
    ])
  }

  private static func split(_ split: PolicyDocument.Delegation.Split) -> String {
    let by = [("person", split.byPerson), ("case", split.byCase), ("cause", split.byCause)].filter(\.1).map(
      \.0)
    return fields(["within": time(split.within), "by": list(by)])
  }

  private static func rate(_ rate: PolicyDocument.Delegation.Rate) -> String {
    let decimals = String(String(1_000_000_000 + rate.billionths % 1_000_000_000).dropFirst())
    return fields([
      "from": rate.from, "to": rate.to, "rate": "\(rate.billionths / 1_000_000_000).\(decimals)",
      "since": day(rate.since),
    ])
  }

  private static func key(_ key: PolicyDocument.Delegation.Key) -> String {
    fields([
      "id": key.id, "person": key.person, "public": "\"\(key.publicKey)\"", "from": day(key.from),
      "until": day(key.until),
    ])
  }
}
