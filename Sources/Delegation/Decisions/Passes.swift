// Owns what would pass in place of what does not.
import Events
import Policy

enum Passes {
  /// The largest amount that passes now, and when the amount that was asked for does if nothing else is asked for.
  static func all(
    within bounds: [Bound], _ judgement: Judgement, _ state: DelegationState, _ moment: Moment
  ) -> [Delegation.Passing] {
    let claim = state.claim
    guard !judgement.failures.contains(where: { $0.code == "evidence" }) else { return [] }
    var passes: [Delegation.Passing] = []
    let now = bounds.largest(below: claim.amount, claim.currency, moment)
    if now > 0 {
      var passing = Delegation.Passing()
      passing.amount = now
      passes.append(passing)
    }
    if let later = later(bounds, state, moment) {
      var passing = Delegation.Passing()
      passing.amount = claim.amount
      passing.from = later
      passes.append(passing)
    }
    return passes
  }

  private static func later(_ bounds: [Bound], _ state: DelegationState, _ moment: Moment) -> Int64? {
    let claim = state.claim
    var later = moment.now
    for bound in bounds where !bound.takes(claim.amount, claim.currency, moment) {
      var alone = bound
      alone.before = 0
      switch bound.kind {
      case .pot(let index):
        guard case .beyond(let amount) = bound.judge(claim.amount, claim.currency, moment),
          let time = state.pots[index].time(ofRoomFor: amount, from: moment.now)
        else { return nil }
        later = max(later, time)
      case .grant: return nil
      case .split, .ceiling:
        guard alone.takes(claim.amount, claim.currency, moment),
          let time = Sums.changes(of: claim, in: state, moment).first(where: { time in
            let only: LoadedSum.Dimension? = bound.kind == .ceiling ? .caseOf : nil
            guard case .amount(let before) = Sums.before(claim, in: state, at: time, only: only, moment)
            else {
              return false
            }
            alone.before = before
            return alone.takes(claim.amount, claim.currency, moment)
          })
        else { return nil }
        later = max(later, time)
      }
    }
    return later > moment.now ? later : nil
  }
}
