// Owns whose pot may be asked for: `BUDGET/HOLDER`, a holder that the policy has, of a budget that each has of their own.
import Console
import Policy

enum BudgetHolder {
  /// What is wrong with a pot's name on which nothing was booked; nil for one that is there, or could be.
  static func slip(in pot: String, _ policy: PolicyDocument) -> Failure? {
    guard let budget = policy.delegation?.budgets.first(where: { pot.hasPrefix($0.id + "/") }) else {
      return nil
    }
    let holder = String(pot.dropFirst(budget.id.count + 1))
    guard let per = budget.per else {
      return Failure(
        "budget \(budget.id) is one for all: nobody has one of their own",
        advice: "Ask for \(budget.id) alone.", code: .usage)
    }
    let known = holders(per, policy)
    guard !known.contains(holder) else { return nil }
    return Failure(
      "each \(per.rawValue) has a budget \(budget.id), and the policy in force has no such \(per.rawValue)",
      advice: Suggestion.refusal(of: TextWidth.printable(holder), among: known, listing: Suggestion.listed),
      code: .usage)
  }

  private static func holders(_ per: PolicyDocument.Delegation.Budget.Holder, _ policy: PolicyDocument)
    -> [String]
  {
    switch per {
    case .person: policy.people.map(\.id)
    case .role: Set(policy.people.map(\.role)).sorted()
    case .team: policy.teams.map(\.id)
    case .site: policy.sites.map(\.id)
    // The cause of a case is its owner.
    case .cause: policy.teams.filter { $0.subcontractorOf == nil }.map(\.id)
    }
  }
}
