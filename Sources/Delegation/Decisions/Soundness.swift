// Owns what a request has to be before anything about it can be judged.
import Events
import Policy

enum Soundness {
  /// More budgets pay for nothing, and more kinds of evidence support nothing.
  static let mostBudgets = 4
  static let mostEvidence = 16

  /// Why a request cannot even be judged; nil for nothing.
  static func failure(of claim: Claim, _ moment: Moment) -> Delegation.Failure? {
    let (rules, texts) = (moment.rules, moment.texts)
    guard rules.isOn else {
      return .init("no-policy", "the policy has no delegation.yaml: nobody may say yes to remedies")
    }
    guard claim.amount > 0 else { return .init("amount", "the amount has to be above zero") }
    guard Currency.digits(of: claim.currency) != nil else {
      return .init(
        "unknown-currency",
        texts.make {
          $0.add(claim.currency)
          $0.add(" is no currency in use")
        })
    }
    guard let action = rules.action(claim.action) else {
      return .init("unknown-action", unknownAction(claim.action, moment))
    }
    guard moment.people.person(claim.actor.id) != nil else {
      return .init(
        "unknown-person",
        moment.people.hasDirectory
          ? "the directory does not have who asks: add them to people.yaml"
          : "the policy has no directory, and roles are never taken from events: add people.yaml")
    }
    guard !action.isSigned || !claim.signedBy.isEmpty else {
      return .init(
        Delegation.Failure.unsigned,
        texts.make {
          $0.add(action.id)
          $0.add(" has to be signed by who asks")
        }, at: action.at)
    }
    guard claim.budgets.count <= mostBudgets else {
      return .init("cap-budgets", "at most four budgets pay for one remedy")
    }
    guard claim.evidence.count <= mostEvidence else {
      return .init("cap-evidence", "at most sixteen kinds of evidence support one remedy")
    }
    for budget in claim.budgets {
      guard let found = rules.budget(budget), found.root == claim.root else {
        return .init(
          Delegation.Failure.budgetGone,
          texts.make {
            $0.add("budget ")
            $0.add(budget)
            $0.add(" is not in the policy any more: ask again")
          })
      }
    }
    return nil
  }

  private static func unknownAction(_ action: ByteSlice, _ moment: Moment) -> ByteSlice {
    let known = moment.policy.document.delegation?.actions.map(\.id) ?? []
    let hint = Suggestion.didYouMean(action.string, among: known)
    return moment.texts.make {
      $0.add("nobody can ask for ")
      $0.add(action)
      $0.append(contentsOf: hint.utf8)
    }
  }
}
