// Owns by whose grants a claim may be approved: of those by which it could be asked now, those that pay from its budgets.
import Events
import Policy

/// What may be asked by, as it is now, beside the claim that was made of it a moment ago.
struct Asking {
  /// Every grant by which the claim could be asked now.
  let all: [Authority]
  /// Those of them that pay from the claim's budgets: what an approval rests on holds nothing elsewhere.
  let paying: [Authority]

  init(_ claim: Claim, _ person: Person, _ action: ActionRules, _ moment: Moment) {
    var facts = GrantFacts()
    facts.action = claim.action
    facts.site = claim.site
    facts.priority = claim.priority
    facts.journey = claim.journey
    facts.segment = claim.segment
    facts.status = claim.status
    all = moment.rules.authorities(of: person, facts, moment.people, at: moment.now)
    paying =
      moment.bugs.contains(.grantOfOtherPots)
      ? all : all.filter { $0.pays(from: claim.budgets, for: action, moment.rules) }
  }

  /// The first that takes the amount together with what was asked for before, else the first.
  func authority(for claim: ClaimAccount, before: Int64, _ moment: Moment) -> Authority? {
    paying.first { authority in
      authority.bounds(before: before).allSatisfy { $0.takes(claim.amount, claim.currency, moment) }
    } ?? paying.first
  }

  /// Why there is nothing that it could rest on.
  func failure(of claim: Claim, _ person: Person, _ action: ActionRules, _ moment: Moment)
    -> Delegation.Failure
  {
    guard let first = all.first else {
      return .init("no-grant", moment.texts.make { noGrant(claim, person, moment, &$0) })
    }
    return .init(
      Delegation.Failure.otherBudgets,
      moment.texts.make {
        $0.add("it was asked of ")
        if claim.budgets.isEmpty { $0.add("no budget") } else { $0.add(claim.budgets) }
        $0.add(", and what ")
        $0.add(first.holder.role)
        $0.add(" may give is paid from ")
        switch first.budgets(for: action, moment.rules) {
        case .budgets(let found) where !found.isEmpty: $0.add(found.map(\.id))
        case .budgets: $0.add("no budget")
        case .missing(let id): $0 += id.utf8
        }
        $0.add(" now")
      }, at: first.grant.at)
  }

  private func noGrant(_ claim: Claim, _ person: Person, _ moment: Moment, _ text: inout [UInt8]) {
    text.add(person.role)
    if person.isAbsent(at: moment.now) {
      return text.add(" is absent: who stands in can ask")
    }
    text.add(" may not give ")
    text.add(claim.action)
    text.add(claim.grant.isEmpty ? " here" : " here any more")
  }
}

extension Authority {
  /// What one remedy may cost, and what several together may.
  func bounds(before: Int64) -> [Bound] {
    var bounds = [Bound(kind: .grant, limit: grant.upTo, at: grant.at)]
    if before > 0 { bounds.append(Bound(kind: .split, limit: grant.upTo, before: before, at: grant.at)) }
    return bounds
  }
}
