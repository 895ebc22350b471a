// Owns what happens to the money of an approval: paid, in full or in part, early or late; given back; free again.
import Events
import Policy
import StateBytes

enum Settling {
  /// It was paid.
  static func settle(
    _ act: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    let claim = state.claim
    if let failure = notPayable(act, claim, moment) { return outcome.refuse(failure, act, &state, moment) }
    let amount = act.amount == 0 ? claim.amount : act.amount
    guard amount > 0 else {
      return outcome.refuse(.init("amount", "the amount has to be above zero"), act, &state, moment)
    }
    guard act.currency.isEmpty || act.currency == claim.currency else {
      return outcome.refuse(currency(claim, moment), act, &state, moment)
    }
    guard amount <= claim.amount else {
      return outcome.refuse(
        .init(
          "over-held",
          moment.texts.make {
            $0.add(Money(minor: amount, currency: claim.currency))
            $0.add(" is more than the ")
            $0.add(Money(minor: claim.amount, currency: claim.currency))
            $0.add(" that were approved: ask for the rest")
          }), act, &state, moment)
    }
    let isInTime = claim.phase == .approved && (claim.expiresAt == 0 || moment.now < claim.expiresAt)
    if !isInTime, let failure = notBookableLate(state, moment) {
      return outcome.refuse(failure, act, &state, moment)
    }
    // An approval that is over and whose timer has not fired yet holds nothing any more either.
    var movements = !isInTime && claim.phase == .approved ? release(&state, moment) : []
    for index in state.claim.holds.indices {
      isInTime
        ? pay(index, amount, &state, moment, into: &movements)
        : payLate(index, amount, &state, moment, into: &movements)
    }
    let drawn = state.claim.holds.reduce(0) { plus($0, $1.drawn) }
    state.claim.settled = amount
    state.claim.decider = decider(act, moment)
    Answering.end(.settled, &state, moment)
    let pots = state.indices(of: claim.holds.map(\.pot))
    outcome.tell(
      .settled, isInTime ? Reason(code: "settled", text: "paid") : late(drawn, pots, state, moment), &state,
      pots: pots, by: act, moment
    ) {
      $0.amount = amount
      $0.movements = movements
    }
  }

  private static func notPayable(_ act: Claim, _ claim: ClaimAccount, _ moment: Moment) -> Delegation.Failure?
  {
    switch claim.phase {
    case .approved, .lapsed: nil
    case .settled, .returned:
      if moment.bugs.contains(.doubleSettle), claim.phase == .settled {
        nil
      } else if claim.settled > 0 {
        .init("already-settled", "it was paid before: nothing is paid twice")
      } else {
        notApproved(claim, moment)
      }
    case .referred, .declined, .cancelled, .expired: notApproved(claim, moment)
    }
  }

  private static func notApproved(_ claim: ClaimAccount, _ moment: Moment) -> Delegation.Failure {
    .init(
      "not-approved",
      moment.texts.make {
        $0.add("the claim is ")
        $0.add(claim.phase.word)
        $0.add(": only what is approved is paid")
      })
  }

  private static func currency(_ claim: ClaimAccount, _ moment: Moment) -> Delegation.Failure {
    .init(
      "currency",
      moment.texts.make {
        $0.add("the claim is in ")
        $0.add(claim.currency)
      })
  }

  /// Held becomes spent on the day of the approval; what is left is room again.
  private static func pay(
    _ index: Int, _ amount: Int64, _ state: inout DelegationState, _ moment: Moment,
    into movements: inout [Delegation.Movement]
  ) {
    let hold = state.claim.holds[index]
    guard let pot = state.index(of: hold.pot) else { return }
    let spent = share(of: hold.amount, amount, state.claim.amount)
    state.pots[pot].book(.held, .spent, spent, day: hold.day, moment, into: &movements)
    state.pots[pot].book(.held, .room, minus(hold.amount, spent), day: hold.day, moment, into: &movements)
    state.claim.holds[index].spent = spent
  }

  /// Nothing is held any more: what there is room for is spent today, the rest comes out of the overdraft. The money is
  /// gone, whatever the limit says.
  private static func payLate(
    _ index: Int, _ amount: Int64, _ state: inout DelegationState, _ moment: Moment,
    into movements: inout [Delegation.Movement]
  ) {
    let hold = state.claim.holds[index]
    guard let pot = state.index(of: hold.pot) else { return }
    let spent = share(of: hold.amount, amount, state.claim.amount)
    let day = state.pots[pot].day(at: moment.now)
    let fits = min(spent, state.pots[pot].room(at: moment.now))
    state.pots[pot].book(.room, .spent, fits, day: day, moment, into: &movements)
    state.pots[pot].book(.overdraft, .spent, minus(spent, fits), day: day, moment, into: &movements)
    state.claim.holds[index].spent = spent
    state.claim.holds[index].drawn = minus(spent, fits)
    state.claim.holds[index].day = day
  }

  /// What an account cannot carry any more: larger sums than it can count, or another currency than it has by now.
  private static func notBookableLate(_ state: DelegationState, _ moment: Moment) -> Delegation.Failure? {
    for hold in state.claim.holds {
      guard let index = state.index(of: hold.pot) else { continue }
      let pot = state.pots[index]
      guard pot.currency == hold.currency || pot.currency.isEmpty else {
        return .init(
          "budget-currency",
          moment.texts.make {
            $0.add("budget ")
            $0.add(hold.pot.budget)
            $0.add(" counts in ")
            $0.add(pot.currency)
            $0.add(" by now, and this was approved in ")
            $0.add(hold.currency)
          }, at: pot.rules?.at ?? ByteSlice())
      }
      if !pot.account.canCarry(hold.amount) { return Judgement.overflow }
    }
    return nil
  }

  private static func late(_ drawn: Int64, _ pots: [Int], _ state: DelegationState, _ moment: Moment)
    -> Reason
  {
    guard drawn > 0 else {
      return Reason(code: "settled-late", text: "paid after the approval had ended, from what was left")
    }
    let isBeyond = pots.contains {
      let pot = state.pots[$0]
      return pot.overdrawn(at: moment.now) > max(0, pot.rules?.overdraft ?? 0)
    }
    return isBeyond
      ? Reason(
        code: "beyond-overdraft",
        text: "paid after the approval had ended: the budget is overdrawn by more than the policy allows")
      : Reason(
        code: "overdrawn",
        text: "paid after the approval had ended: the budget is overdrawn, as the policy allows")
  }

  /// Some of it came back.
  static func giveBack(
    _ act: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    let claim = state.claim
    guard claim.phase == .settled else {
      return outcome.refuse(
        claim.phase == .returned && claim.settled > 0
          ? .init("already-returned", "all of it came back before") : notPaid(claim, moment), act, &state,
        moment)
    }
    let rest = minus(claim.settled, claim.returned)
    let amount = act.amount == 0 ? rest : act.amount
    guard amount > 0 else {
      return outcome.refuse(.init("amount", "the amount has to be above zero"), act, &state, moment)
    }
    guard act.currency.isEmpty || act.currency == claim.currency else {
      return outcome.refuse(currency(claim, moment), act, &state, moment)
    }
    guard amount <= rest else {
      return outcome.refuse(
        .init(
          "over-spent",
          moment.texts.make {
            $0.add(Money(minor: amount, currency: claim.currency))
            $0.add(" is more than the ")
            $0.add(Money(minor: rest, currency: claim.currency))
            $0.add(" that were paid and did not come back")
          }), act, &state, moment)
    }
    var movements: [Delegation.Movement] = []
    let returned = plus(claim.returned, amount)
    for index in claim.holds.indices { takeBack(index, returned, &state, moment, into: &movements) }
    state.claim.returned = returned
    state.claim.decider = decider(act, moment)
    Answering.end(returned == claim.settled ? .returned : .settled, &state, moment)
    outcome.tell(
      .returned,
      Reason(
        code: "returned", text: returned == claim.settled ? "all of it came back" : "some of it came back"),
      &state, pots: state.indices(of: claim.holds.map(\.pot)), by: act, moment
    ) {
      $0.amount = amount
      $0.movements = movements
    }
  }

  private static func notPaid(_ claim: ClaimAccount, _ moment: Moment) -> Delegation.Failure {
    .init(
      "not-settled",
      moment.texts.make {
        $0.add("the claim is ")
        $0.add(claim.phase.word)
        $0.add(": only what was paid comes back")
      })
  }

  /// Out of the day it was booked on: first what was overdrawn, then room.
  private static func takeBack(
    _ index: Int, _ returned: Int64, _ state: inout DelegationState, _ moment: Moment,
    into movements: inout [Delegation.Movement]
  ) {
    let hold = state.claim.holds[index]
    guard let pot = state.index(of: hold.pot) else { return }
    let total = share(of: hold.spent, returned, state.claim.settled)
    let amount = minus(total, hold.returned)
    let repaid = min(amount, max(0, minus(hold.drawn, hold.returned)))
    state.pots[pot].book(.spent, .overdraft, repaid, day: hold.day, moment, into: &movements)
    state.pots[pot].book(.spent, .room, minus(amount, repaid), day: hold.day, moment, into: &movements)
    state.claim.holds[index].returned = total
  }

  /// What is held is room again.
  static func release(_ state: inout DelegationState, _ moment: Moment) -> [Delegation.Movement] {
    var movements: [Delegation.Movement] = []
    for hold in state.claim.holds {
      guard let pot = state.index(of: hold.pot) else { continue }
      state.pots[pot].book(.held, .room, hold.amount, day: hold.day, moment, into: &movements)
    }
    return movements
  }

  private static func decider(_ act: Claim, _ moment: Moment) -> Escalation.Person {
    if let person = moment.people.person(act.actor.id) { return Escalation.Person(person) }
    var decider = Escalation.Person()
    decider.id = act.actor.id
    return decider
  }
}
