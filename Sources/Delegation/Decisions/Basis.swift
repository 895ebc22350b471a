// Owns what a request is judged by: whose grant, which pots, which limits, which evidence.
import Events
import Policy
import StateBytes

/// Looked up once for a request; the decision judges by it, and an explanation tells it.
struct Basis {
  let asking: Asking
  /// Nil where no grant holds that pays from the claim's budgets.
  let authority: Authority?
  /// Where the pots that pay are in the state.
  let pots: [Int]
  /// Every limit, in the order in which they are judged.
  let bounds: [Bound]
  let needs: [ByteSlice]
  let missing: [ByteSlice]

  /// Also writes into the claim of `state` for whom who asks stands in.
  ///
  /// - Parameters:
  ///   - before: what was asked for before it and counts with it; `ofCase` for its case alone.
  init(
    _ claim: Claim, _ person: Person, _ action: ActionRules, before: Int64, ofCase: Int64,
    _ state: inout DelegationState, _ moment: Moment
  ) {
    asking = Asking(claim, person, action, moment)
    authority = asking.authority(for: state.claim, before: before, moment)
    if let absent = authority?.absent {
      state.claim.requester = Escalation.Person(person, standsInFor: absent)
    }
    pots = state.indices(of: Requests.pots(for: state.claim, moment))
    bounds =
      (authority?.bounds(before: before) ?? []) + Requests.ceiling(action, ofCase: ofCase)
      + state.bounds(ofPots: pots, moment)
    needs = action.needs + (authority?.grant.needs ?? [])
    let given = state.claim.evidence
    missing = needs.filter { !given.contains($0) }
  }
}
