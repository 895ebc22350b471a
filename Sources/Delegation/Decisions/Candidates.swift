// Owns who could say yes to a claim: the approvers of the policy as people, by today's directory.
import Events
import Policy

/// One approver of the policy, with those who hold the role.
struct Candidate {
  let rules: ApproverRules
  /// Whose say it is: a team's, or anybody's of the role.
  let team: ByteSlice
  /// At the case's site where somebody of the role is.
  let holders: [Person]

  /// The approvers of an action in the order in which they are asked.
  static func all(for claim: ClaimAccount, _ moment: Moment) -> [Candidate] {
    moment.rules.approvers(of: claim.action).map { rules in
      let team = rules.team == "owner" ? claim.owner : rules.team
      return Candidate(
        rules: rules, team: team,
        holders: moment.people.holders(of: rules.role, team: team, site: claim.site))
    }
  }

  /// The pots that pay what this holder approves; nil where those of the claim do.
  func pots(for claim: ClaimAccount, _ holder: Person, _ moment: Moment) -> [Pot]? {
    guard !rules.from.isEmpty else { return nil }
    let site = claim.site.isEmpty ? holder.site : claim.site
    guard case .budgets(let budgets) = moment.rules.budgets(of: rules.from, site: site, team: holder.team),
      budgets.allSatisfy({ $0.root == claim.root })
    else { return nil }
    return budgets.map {
      Pot(
        $0, person: holder.id, role: holder.role, team: holder.team, site: site, cause: claim.owner)
    }
  }

  /// Whether the pots that pay what this holder approves have room.
  func canPay(
    for claim: ClaimAccount, _ holder: Person, in state: DelegationState, claimHasRoom: Bool, _ moment: Moment
  ) -> Bool {
    guard let pots = pots(for: claim, holder, moment) else { return claimHasRoom }
    return state.bounds(ofPots: state.indices(of: pots), moment).allSatisfy {
      $0.takes(claim.amount, claim.currency, moment)
    }
  }

  /// Whether the say of this one goes as far as an amount that with what was asked for before makes a sum. Who may
  /// approve as much as anybody may approves any sum.
  func reaches(_ claim: ClaimAccount, before: Int64, _ moment: Moment) -> Bool {
    guard let upTo = rules.upTo else { return true }
    if Bound(kind: .split, limit: upTo, before: before).takes(claim.amount, claim.currency, moment) {
      return true
    }
    guard let ceiling = moment.rules.action(claim.action)?.ceiling else { return false }
    let bound = Bound(kind: .ceiling, limit: upTo)
    return bound.takes(ceiling.minor, ceiling.currency, moment)
      && bound.takes(claim.amount, claim.currency, moment)
  }

  /// Whether a yes of this person, whose role it is or who stands in, would be one's own: of who asked, of whom they
  /// stand in for, of who stands in for them.
  static func isOwn(_ person: Person, of claim: ClaimAccount, _ moment: Moment) -> Bool {
    if moment.bugs.contains(.approvalByTheRequester) { return false }
    if person.id == claim.requester.id { return true }
    if !claim.requester.standsInFor.isEmpty && person.id == claim.requester.standsInFor { return true }
    guard let requester = moment.people.person(claim.requester.id), requester.isAbsent(at: moment.now) else {
      return false
    }
    return moment.people.acting(requester, at: moment.now)?.id == person.id
  }

  /// Holders who may say yes to this claim, whoever acts for them now.
  func others(than claim: ClaimAccount, _ moment: Moment) -> [Person] {
    holders.filter { holder in
      if Self.isOwn(holder, of: claim, moment) { return false }
      guard let acting = moment.people.acting(holder, at: moment.now) else { return true }
      return acting.id == holder.id || !Self.isOwn(acting, of: claim, moment)
    }
  }

  /// As records name it: with those who are on duty, or when somebody is.
  func shown(for claim: ClaimAccount, _ holders: [Person], _ moment: Moment) -> Delegation.Approver {
    var shown = Delegation.Approver()
    shown.role = rules.role
    shown.team = team
    shown.site = claim.site
    if let upTo = rules.upTo {
      shown.upTo = upTo.minor
      shown.currency = upTo.currency
    }
    for holder in holders {
      guard shown.people.count < Self.mostPeople,
        let present = moment.people.present(holder, at: moment.now),
        !shown.people.contains(where: { $0.id == present.id })
      else { continue }
      shown.people.append(
        Escalation.Person(present, standsInFor: present.id == holder.id ? nil : holder))
    }
    guard shown.people.isEmpty else { return shown }
    let duties = holders.compactMap { moment.people.nextDuty(of: $0, after: moment.now) }
    shown.dutyAt = duties.min() ?? 0
    return shown
  }

  /// More are not named: one of them is enough.
  static let mostPeople = 8
}
