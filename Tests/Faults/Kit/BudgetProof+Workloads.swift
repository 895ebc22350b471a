// Owns what is asked for in the proofs about budgets: more than fifty can give, and the last euro of many.
import Foundation

extension BudgetProof.Settings {
  /// Requests of every size against 50 pots that run out; people approve, pay and give back.
  package static func crowded(
    brokers: [String], policy: String, folder: URL, prefix: String, requests: Int, euros: Int = 3_000
  ) -> Self {
    let (pots, people, customers) = (50, 40, 500)
    var settings = Self(
      brokers: brokers, policy: policy, folder: folder, prefix: prefix,
      budgets: BudgetPolicy(actions: pots, people: people, euros: euros, upTo: 100)
    ) { number in
      // Two thirds are within the grant; no case asks for an action twice, up to 25,000 requests.
      (
        customer: number % customers, person: BudgetPolicy.person(number * 7 % people, role: 0),
        action: BudgetPolicy.action((number + number / customers) % pots),
        minor: 500 + number * 7_919 % 14_500
      )
    }
    (settings.requests, settings.customers) = (requests, customers)
    return settings
  }

  /// How many ask for each last euro: a producer each, about different cases.
  package static let rivals = 5
  /// A policy has no more grants than that.
  package static let mostRuns = 500

  /// Each run is a pot with one euro that all rivals ask for at once. At most `mostRuns`; beyond 50 a multiple of it.
  package static func lastEuro(
    brokers: [String], policy: String, folder: URL, prefix: String, runs: Int
  ) -> Self {
    let rivals = rivals
    let actions = min(runs, 50)
    let budgets = BudgetPolicy(
      actions: actions, roles: (runs + actions - 1) / actions, people: rivals, euros: 1, upTo: 1)
    var settings = Self(brokers: brokers, policy: policy, folder: folder, prefix: prefix, budgets: budgets) {
      number in
      let (run, rival) = (number / rivals, number % rivals)
      let role = run / actions
      return (
        // No case asks for an action twice: it would be judged by the sum.
        customer: rival * 50 + (run % actions + role) % 50, person: BudgetPolicy.person(rival, role: role),
        action: BudgetPolicy.action(run % actions), minor: 100
      )
    }
    (settings.producers, settings.customers) = (rivals, rivals * 50)
    (settings.requests, settings.rate, settings.hasDesk) = (budgets.pots * rivals, 100, false)
    return settings
  }
}

extension BudgetProof.Result {
  /// What is wrong where each pot had one euro: all but one request of each had to be declined.
  package func wrongLastEuros(of pots: Int) -> [String] {
    var wrong: [String] = []
    if givenOnce != pots || verdict.approvals.count != pots {
      wrong.append("\(givenOnce) of \(pots) pots were given exactly once")
    }
    let declined = pots * (BudgetProof.Settings.rivals - 1)
    if verdict.answers != ["approved": pots, "declined": declined] {
      wrong.append("answers: \(verdict.answers), where \(pots) approved and \(declined) declined are right")
    }
    return wrong
  }

  /// Pots that were drawn on once.
  package var givenOnce: Int { verdict.approvals.values.count { $0 == 1 } }
}
