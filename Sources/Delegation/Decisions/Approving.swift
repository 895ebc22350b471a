// Owns the yes: what it holds, and who may say it beyond a grant.
import Events
import Policy
import StateBytes

enum Approving {
  /// Holds the parts, if there are any, and says until when.
  static func approve(
    _ act: Claim, _ action: ActionRules, _ parts: [(pot: Int, amount: Int64)], shows pots: [Int],
    _ code: ByteSlice, _ text: ByteSlice, _ state: inout DelegationState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    state.claim.phase = .approved
    state.claim.expiresAt = action.validFor > 0 ? plus(moment.now, action.validFor) : 0
    state.claim.changedAt = moment.now
    var movements: [Delegation.Movement] = []
    for part in parts {
      var hold = ClaimAccount.Hold()
      hold.pot = state.pots[part.pot].pot
      hold.amount = part.amount
      hold.currency = state.pots[part.pot].currency
      hold.day = state.pots[part.pot].day(at: moment.now)
      state.claim.holds.append(hold)
      state.pots[part.pot].book(.room, .held, part.amount, day: hold.day, moment, into: &movements)
    }
    Sums.keep(&state, moment)
    outcome.tell(.approved, Reason(code: code, text: text), &state, pots: pots, by: act, moment) {
      $0.movements = movements
    }
  }

  /// Somebody says yes to a claim that was referred.
  static func decide(
    _ act: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    if let failure = Answering.notReferred(act, state.claim, moment) {
      return outcome.refuse(failure, act, &state, moment)
    }
    let claim = state.claim
    guard let action = moment.rules.action(claim.action) else {
      return outcome.refuse(
        .init("unknown-action", "the policy does not have this action any more"), act, &state, moment)
    }
    let missing = action.needs.filter { !claim.evidence.contains($0) }
    guard missing.isEmpty else {
      return outcome.refuse(
        Judgement.evidence(missing, at: action.at, moment), act, &state, moment)
    }
    let (before, ofCase): (Int64, Int64)
    switch Requests.earlier(state, moment) {
    case .sums(let all, let caseOnly): (before, ofCase) = (all, caseOnly)
    case .failure(let failure): return outcome.refuse(failure, act, &state, moment)
    }
    let says = Say.all(of: act.actor.id, on: claim, moment)
    guard let say = says.first(where: { !$0.isOwn && $0.candidate.reaches(claim, before: before, moment) })
    else {
      let able = Referring.approvers(for: state, before: before, claimHasRoom: true, moment).others
      return outcome.refuse(Say.failure(says, act, claim, moment), act, &state, moment) {
        $0.canSayYes = able
      }
    }
    var judged: Judgement?
    for say in says where !say.isOwn && say.candidate.reaches(claim, before: before, moment) {
      var judgement = Judgement()
      guard let paying = say.pots(for: claim, moment) else {
        judgement.fail(
          .init(
            Delegation.Failure.budgetGone,
            "a budget of this claim is not in the policy any more: take it back, and ask again"))
        judged = judged ?? judgement
        continue
      }
      let pots = state.indices(of: paying)
      judgement.judge(
        Requests.ceiling(action, ofCase: ofCase) + state.bounds(ofPots: pots, moment), claim,
        who: say.candidate.rules.role, in: state, moment)
      guard judgement.failures.isEmpty else {
        judged = judged ?? judgement
        continue
      }
      return yes(by: say, act, action, judgement.parts, pots, before: before, &state, moment, into: &outcome)
    }
    let failure = judged?.failures.first ?? Say.failure(says, act, claim, moment)
    outcome.refuse(
      failure, act, &state, pots: state.indices(of: say.pots(for: claim, moment) ?? []), moment)
  }

  private static func yes(
    by say: Say, _ act: Claim, _ action: ActionRules, _ parts: [(pot: Int, amount: Int64)], _ pots: [Int],
    before: Int64, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    state.claim.decider = say.decider
    state.claim.sum = before > 0 ? plus(before, state.claim.amount) : 0
    state.claim.grant = say.candidate.rules.path
    state.claim.grantAt = say.candidate.rules.at
    let text = moment.texts.make {
      $0.add("approved by ")
      $0.add(say.candidate.rules.role)
      if !say.decider.standsInFor.isEmpty { $0.add(", by who stands in") }
    }
    approve(act, action, parts, shows: pots, "approved", text, &state, moment, into: &outcome)
  }
}

/// One way in which somebody may say yes: by their own role, or by that of somebody they stand in for.
struct Say {
  let candidate: Candidate
  let holder: Person
  let person: Person
  /// Their own request, or one they have a part in.
  let isOwn: Bool

  /// By every approver of the chain, in its order.
  static func all(of id: ByteSlice, on claim: ClaimAccount, _ moment: Moment) -> [Say] {
    guard let person = moment.people.person(id) else { return [] }
    return Candidate.all(for: claim, moment).flatMap { candidate in
      candidate.holders.filter { moment.people.acting($0, at: moment.now)?.id == id }.map { holder in
        Say(
          candidate: candidate, holder: holder, person: person,
          isOwn: Candidate.isOwn(person, of: claim, moment) || Candidate.isOwn(holder, of: claim, moment))
      }
    }
  }

  var decider: Escalation.Person {
    Escalation.Person(person, standsInFor: holder.id == person.id ? nil : holder)
  }

  /// What pays if they say yes; nil where a budget of the claim is gone.
  func pots(for claim: ClaimAccount, _ moment: Moment) -> [Pot]? {
    if let own = candidate.pots(for: claim, holder, moment) { return own }
    let areThere = claim.budgets.allSatisfy { moment.rules.budget($0)?.root == claim.root }
    return areThere ? Requests.pots(for: claim, moment) : nil
  }

  /// Why none of these ways leads to a yes.
  static func failure(
    _ says: [Say], _ act: Claim, _ claim: ClaimAccount, _ moment: Moment
  ) -> Delegation.Failure {
    guard let first = says.first else {
      guard let person = moment.people.person(act.actor.id) else {
        return .init("unknown-person", "the directory does not have who says yes")
      }
      guard !person.isAbsent(at: moment.now) else {
        return .init("absent-person", "who says yes is absent: who stands in can")
      }
      return .init(
        "not-approver",
        moment.texts.make {
          $0.add(person.role)
          $0.add(" may not approve ")
          $0.add(claim.action)
          $0.add(" here")
        })
    }
    guard says.contains(where: { !$0.isOwn }) else {
      return .init(
        "own-request", "nobody approves what they asked for, nor who stands in for them: somebody else has to"
      )
    }
    let most = says.filter { !$0.isOwn }.last ?? first
    return .init(
      "over-limit",
      moment.texts.make {
        $0.add(Money(minor: claim.sum > 0 ? claim.sum : claim.amount, currency: claim.currency))
        $0.add(" is above the ")
        if let upTo = most.candidate.rules.upTo { $0.add(upTo) }
        $0.add(" that ")
        $0.add(most.candidate.rules.role)
        $0.add(" may approve")
      }, at: most.candidate.rules.at)
  }
}
