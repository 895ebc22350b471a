// Owns what a claim's timer does: a referral that nobody answered, an approval that nobody used, a claim that is forgotten.
import Events
import Policy

enum Ending {
  enum Next {
    case keep, forget
  }

  static func decide(_ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome) -> Next {
    // It was moved: the claim's own moment counts.
    guard let due = state.claim.due, due <= moment.now else { return .keep }
    switch state.claim.phase {
    case .referred:
      Answering.end(.expired, &state, moment)
      outcome.tell(
        .expired, Reason(code: "expired", text: "nobody said yes in time: ask again if it is still wanted"),
        &state,
        pots: [], by: nil, moment)
    case .approved:
      let movements = moment.bugs.contains(.lapseWithoutRelease) ? [] : Settling.release(&state, moment)
      let pots = state.indices(of: state.claim.holds.map(\.pot))
      Answering.end(.lapsed, &state, moment)
      outcome.tell(
        .lapsed, Reason(code: "lapsed", text: "it was not paid in time: what it held is free again"), &state,
        pots: pots, by: nil, moment
      ) {
        $0.movements = movements
      }
    case .settled, .returned, .lapsed, .declined, .cancelled, .expired: return .forget
    }
    return .keep
  }
}
