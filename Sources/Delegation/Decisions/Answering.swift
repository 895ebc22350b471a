// Owns the other ends of a referral: an approver says no, it is taken back, nobody answers in time.
import Events
import Policy

enum Answering {
  /// Why a claim waits for no answer; nil when it does.
  static func notReferred(_ act: Claim, _ claim: ClaimAccount, _ moment: Moment) -> Delegation.Failure? {
    guard claim.phase == .referred else {
      return .init(
        "already-answered",
        moment.texts.make {
          $0.add("the claim waits for nobody's answer: it is ")
          $0.add(claim.phase.word)
        })
    }
    guard claim.expiresAt == 0 || moment.now < claim.expiresAt else {
      return .init("too-late", "the time for an answer is over: ask again")
    }
    return nil
  }

  /// An approver says no, whatever the amount.
  static func decline(
    _ act: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    if let failure = notReferred(act, state.claim, moment) {
      return outcome.refuse(failure, act, &state, moment)
    }
    let says = Say.all(of: act.actor.id, on: state.claim, moment)
    guard let say = says.first(where: { !$0.isOwn }) else {
      return outcome.refuse(Say.failure(says, act, state.claim, moment), act, &state, moment)
    }
    state.claim.decider = say.decider
    end(.declined, &state, moment)
    var failure = Delegation.Failure("declined-by-approver", "an approver said no")
    failure.at = say.candidate.rules.at
    let text = moment.texts.make {
      $0.add("declined by ")
      $0.add(say.candidate.rules.role)
    }
    outcome.tell(.declined, Reason(code: failure.code, text: text), &state, pots: [], by: act, moment) {
      $0.failed = [failure]
    }
  }

  /// Whoever asked takes it back, or the case does. What an approval holds is given back in full.
  static func cancel(
    _ act: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    let claim = state.claim
    guard act.actor.id.isEmpty || isRequester(act.actor.id, of: claim, moment) else {
      return outcome.refuse(
        .init("not-yours", "only who asked, and who stands in for them, can take a claim back"), act, &state,
        moment)
    }
    switch claim.phase {
    case .referred:
      end(.cancelled, &state, moment)
      let reason = Reason(
        code: act.actor.id.isEmpty ? "case-over" : "cancelled",
        text: act.actor.id.isEmpty ? "the case is over" : "taken back by who asked")
      outcome.tell(.cancelled, reason, &state, pots: [], by: act, moment)
    case .approved:
      let movements = Settling.release(&state, moment)
      end(.returned, &state, moment)
      outcome.tell(
        .returned,
        Reason(code: "taken-back", text: "taken back before it was paid: what it held is free again"),
        &state, pots: state.indices(of: claim.holds.map(\.pot)), by: act, moment
      ) {
        $0.movements = movements
      }
    case .settled:
      outcome.refuse(
        .init("already-settled", "it was paid: give it back instead"), act, &state, moment)
    case .returned, .lapsed, .declined, .cancelled, .expired:
      outcome.refuse(
        .init(
          "already-over",
          moment.texts.make {
            $0.add("the claim is ")
            $0.add(claim.phase.word)
          }), act, &state, moment)
    }
  }

  private static func isRequester(_ id: ByteSlice, of claim: ClaimAccount, _ moment: Moment) -> Bool {
    if id == claim.requester.id || id == claim.requester.standsInFor { return true }
    guard let requester = moment.people.person(claim.requester.id) else { return false }
    return moment.people.acting(requester, at: moment.now)?.id == id
  }

  static func end(_ phase: ClaimAccount.Phase, _ state: inout DelegationState, _ moment: Moment) {
    state.claim.phase = phase
    state.claim.changedAt = moment.now
    Sums.keep(&state, moment)
  }
}

extension ClaimAccount.Phase {
  /// As people read it.
  var word: ByteSlice {
    switch self {
    case .referred: "referred"
    case .approved: "approved"
    case .settled: "settled"
    case .returned: "returned"
    case .lapsed: "lapsed"
    case .declined: "declined"
    case .cancelled: "cancelled"
    case .expired: "expired"
    }
  }
}
