// Owns the door to delegation's decisions: pure, by one policy, for one thread.
import Events
import Policy
import StateBytes

/// Decides. (state, claim or timer, policy, now) → (state, outcome): nothing is read or kept beside; texts that it makes
/// live until its next call.
///
/// A claim is decided in two steps, because what has to be loaded depends on the first: `wants` says which pots and sums,
/// `decide` looks at all of them.
struct DelegationDecider {
  let policy: CompiledPolicy
  let texts = Texts()
  private let bugs: PlantedDelegationBugs

  init(_ policy: CompiledPolicy, bugs: PlantedDelegationBugs = []) {
    self.policy = policy
    self.bugs = bugs
  }

  /// Makes room for everything that the decision about a record or a timer may look at. `state` has the claim, if there
  /// is one.
  func wants(_ act: Claim?, _ state: inout DelegationState, now: Int64, epoch: Int64) {
    let moment = moment(now: now, epoch: epoch)
    let isRequest = act?.kind == .request
    guard state.hasClaim != isRequest else { return }
    let claim: ClaimAccount
    if isRequest, let act { claim = Requests.begin(act, moment) } else { claim = state.claim }
    var pots = claim.holds.map(\.pot)
    if isRequest || act?.kind == .approve {
      if isRequest, let act {
        pots += Requests.pots(asking: act, for: claim, moment)
      } else {
        pots += Requests.pots(for: claim, moment)
      }
      for candidate in Candidate.all(for: claim, moment) where !candidate.rules.from.isEmpty {
        pots += candidate.holders.flatMap { candidate.pots(for: claim, $0, moment) ?? [] }
      }
    }
    for pot in pots where state.index(of: pot) == nil { state.pots.append(LoadedPot(pot, moment.rules)) }
    state.sums = Sums.loaded(for: claim, moment.rules)
  }

  /// Decides about a record.
  mutating func decide(
    _ act: Claim, _ state: inout DelegationState, now: Int64, epoch: Int64, into outcome: inout Outcome
  ) {
    let moment = moment(now: now, epoch: epoch)
    outcome.begin()
    if act.kind == .request { return Requests.decide(act, &state, moment, into: &outcome) }
    guard state.hasClaim else {
      return outcome.refuse(
        .init("unknown-claim", "there is no such claim here, or it was over long ago and has left"), act,
        &state,
        moment)
    }
    switch act.kind {
    case .request: break
    case .approve: Approving.decide(act, &state, moment, into: &outcome)
    case .decline: Answering.decline(act, &state, moment, into: &outcome)
    case .cancel: Answering.cancel(act, &state, moment, into: &outcome)
    case .settle: Settling.settle(act, &state, moment, into: &outcome)
    case .giveBack: Settling.giveBack(act, &state, moment, into: &outcome)
    }
  }

  /// Decides about the timer of the claim in `state`; says whether the claim stays.
  mutating func tick(
    _ state: inout DelegationState, now: Int64, epoch: Int64, into outcome: inout Outcome
  ) -> Ending.Next {
    outcome.begin()
    return Ending.decide(&state, moment(now: now, epoch: epoch), into: &outcome)
  }

  func moment(now: Int64, epoch: Int64) -> Moment {
    Moment(policy: policy, now: now, epoch: epoch, texts: texts, bugs: bugs)
  }
}
