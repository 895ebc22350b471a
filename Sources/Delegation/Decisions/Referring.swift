// Owns the referral: who can say yes, until when. It holds nothing, and everything is looked at again when somebody does.
import Events
import Policy
import StateBytes

enum Referring {
  /// Approvers whose say goes as far as the sum: those whose pots have room, and all of them.
  static func approvers(
    for state: DelegationState, before: Int64, claimHasRoom: Bool, _ moment: Moment
  ) -> (able: [Delegation.Approver], others: [Delegation.Approver]) {
    let claim = state.claim
    var able: [Delegation.Approver] = []
    var all: [Delegation.Approver] = []
    for candidate in Candidate.all(for: claim, moment) where candidate.reaches(claim, before: before, moment)
    {
      let holders = candidate.others(than: claim, moment)
      guard !holders.isEmpty else { continue }
      all.append(candidate.shown(for: claim, holders, moment))
      let solvent = holders.filter {
        candidate.canPay(for: claim, $0, in: state, claimHasRoom: claimHasRoom, moment)
      }
      if !solvent.isEmpty { able.append(candidate.shown(for: claim, solvent, moment)) }
    }
    return (able, all)
  }

  static func refer(
    _ act: Claim, _ action: ActionRules, _ judgement: Judgement, _ canSayYes: [Delegation.Approver],
    _ passes: [Delegation.Passing], pots: [Int], _ state: inout DelegationState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    state.claim.phase = .referred
    state.claim.expiresAt = action.referFor > 0 ? plus(moment.now, action.referFor) : 0
    var movements: [Delegation.Movement] = []
    if moment.bugs.contains(.referralHoldsMoney) {
      for part in judgement.parts {
        let day = state.pots[part.pot].day(at: moment.now)
        state.pots[part.pot].book(.room, .held, part.amount, day: day, moment, into: &movements)
      }
    }
    Sums.keep(&state, moment)
    let text = moment.texts.make {
      $0.add(judgement.failures.first?.text ?? "it is beyond what may be given")
      $0.add("; can say yes: ")
      $0.add(canSayYes.map(\.role))
    }
    outcome.tell(
      .referred, Reason(code: judgement.failures.first?.code ?? "referred", text: text), &state, pots: pots,
      by: act, moment
    ) {
      $0.failed = judgement.failures
      $0.passes = passes
      $0.canSayYes = canSayYes
    }
  }

  /// Beyond the grant, and nobody is there to say yes.
  static func nobody(_ act: Claim, _ moment: Moment) -> Delegation.Failure {
    .init(
      "no-approver",
      moment.texts.make {
        $0.add("nobody but who asks may approve ")
        $0.add(Money(minor: act.amount, currency: act.currency))
        $0.add(" for ")
        $0.add(act.action)
        $0.add(" here")
      })
  }
}
