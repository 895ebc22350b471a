// Owns what the policies of a topology say about money: small pots, in four currencies, and rates, people and pots that
// come and go from one policy to the next.
import Policy

/// Beside what is shipped: a day ends one minute after a world begins, approvals of upgrades end at once.
struct HastyDelegation {
  private typealias Delegation = PolicyDocument.Delegation

  /// What follows of a policy whose clocks are those of `HastyPolicy`.
  static func add(to document: inout PolicyDocument) {
    guard var rules = document.delegation else { return }
    for index in rules.actions.indices {
      rules.actions[index].validFor /= 20 * HastyPolicy.haste
      rules.actions[index].referFor /= 5 * HastyPolicy.haste
      if rules.actions[index].id == "upgrade" {
        rules.actions[index].validFor = 250
        rules.actions[index].from = ["upgrades-{site}"]
      }
    }
    rules.split.within /= HastyPolicy.haste
    // Small enough that a handful of requests uses a pot up.
    for index in rules.budgets.indices { rules.budgets[index].limit.minor /= 4 }
    rules.zones[zone] = today
    for index in rules.budgets.indices { rules.budgets[index].zone = zone }
    pot("goodwill-paris-3", &rules) { $0.limit = .init(minor: 120_000, currency: "JPY") }
    pot("repairs-paris-3", &rules) {
      $0.limit = .init(minor: 90_000, currency: "KWD")
      $0.overdraft = 20_000
    }
    for index in rules.budgets.indices where rules.budgets[index].id != "repairs-lyon-1" {
      rules.budgets[index].window = .day
    }
    copy("goodwill-lyon-1", to: "upgrades-lyon-1", &rules) {
      $0.limit.minor = 7_000
      $0.overdraft = 7_000
    }
    copy("goodwill-paris-3", to: "upgrades-paris-3", &rules) {
      $0.limit.minor = 12_000
      $0.overdraft = 3_000
    }
    copy("refunds-billing", to: "refunds-clerks", &rules) { $0.limit.minor /= 2 }
    rate("EUR", "JPY", 162_500_000_000, &rules)
    rate("EUR", "JPY", 171_250_000_000, since: 1, &rules)
    rate("JPY", "EUR", 6_100_000, &rules)
    rate("JPY", "EUR", 5_800_000, since: 1, &rules)
    rate("EUR", "KWD", 347_900_000, &rules)
    rate("KWD", "EUR", 2_870_000_000, &rules)
    rate("SEK", "EUR", 92_700_000, since: 1, &rules)
    rate("SEK", "JPY", 15_300_000_000, since: 1, &rules)
    document.delegation = rules
    away("receptionist-3", delegate: "technician-6", until: day, &document)
    away("duty-manager-4", delegate: "head-of-housekeeping-1", until: day, &document)
    away("director-lyon-1", delegate: "front-desk-manager-1", from: 1_000, until: 600_000, &document)
  }

  /// Other rates, other pots for those who refund, a longer window, pots that are a day ahead, and who was away is
  /// back.
  static func change(_ document: inout PolicyDocument) {
    guard var rules = document.delegation else { return }
    for index in rules.rates.indices where rules.rates[index].to == "JPY" {
      rules.rates[index].billionths = rules.rates[index].billionths / 10 * 9
    }
    for index in rules.grants.indices where rules.grants[index].from == ["refunds-billing"] {
      rules.grants[index].from = ["refunds-clerks"]
    }
    for index in rules.grants.indices where rules.grants[index].role == "duty-manager" {
      if rules.grants[index].actions.contains("refund") { rules.grants[index].from = ["reserve-{site}"] }
    }
    pot("upgrades-paris-3", &rules) { $0.window = .sliding(days: 3) }
    rules.zones[zone] = tomorrow
    document.delegation = rules
    away("receptionist-3", delegate: "technician-6", until: 0, &document)
    away("director-lyon-1", delegate: "front-desk-manager-1", until: 0, &document)
  }

  /// Less in each pot and a day ahead, less that anybody may give alone, some pots gone, and no rate between two currencies any more.
  static func cut(_ document: inout PolicyDocument) {
    guard var rules = document.delegation else { return }
    for index in rules.budgets.indices { rules.budgets[index].limit.minor /= 2 }
    for index in rules.grants.indices { rules.grants[index].upTo.minor /= 2 }
    // With what is held in them.
    rules.budgets.removeAll { ["repairs-lyon-1", "upgrades-lyon-1", "vouchers-paris-3"].contains($0.id) }
    rules.rates.removeAll { $0.from == "KWD" }
    rules.zones[zone] = tomorrow
    document.delegation = rules
  }

  private static let zone = "Etc/Hasty"
  /// A world begins in the last minute of a day, or in the first one of the next.
  private static let today = [PolicyDocument.Offset(from: 0, minutes: -521)]
  private static let tomorrow = [PolicyDocument.Offset(from: 0, minutes: -520)]
  private static let day: Int64 = 86_400_000

  private static func pot(
    _ id: String, _ rules: inout Delegation, _ change: (inout Delegation.Budget) -> Void
  ) {
    for index in rules.budgets.indices where rules.budgets[index].id == id { change(&rules.budgets[index]) }
  }

  private static func copy(
    _ id: String, to new: String, _ rules: inout Delegation, _ change: (inout Delegation.Budget) -> Void
  ) {
    guard var budget = rules.budgets.first(where: { $0.id == id }) else { return }
    budget.id = new
    change(&budget)
    rules.budgets.append(budget)
  }

  /// Stated at the beginning of the day in which worlds begin, or so many days later.
  private static func rate(
    _ from: String, _ to: String, _ billionths: Int64, since days: Int64 = 0, _ rules: inout Delegation
  ) {
    guard var rate = rules.rates.first else { return }
    (rate.from, rate.to, rate.billionths) = (from, to, billionths)
    rate.since = (CaseStories.start / day + days) * day
    rules.rates.append(rate)
  }

  /// Times are milliseconds from the beginning of a world.
  private static func away(
    _ id: String, delegate: String, from: Int64 = 0, until: Int64, _ document: inout PolicyDocument
  ) {
    for index in document.people.indices where document.people[index].id == id {
      document.people[index].delegate = delegate
      document.people[index].absentFrom = CaseStories.start + from
      document.people[index].absentUntil = CaseStories.start + max(from, until)
    }
  }
}
