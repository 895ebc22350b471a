// Owns what becomes of a remedy before it is a claim: case, person and limits are looked at, then its budgets are asked.
import Events
import Policy
import StateBytes

enum Remedies {
  /// Remedies that a case keeps; the oldest that was not given leaves for a new one.
  static let kept = 32
  /// Remedies that a subject's account keeps for limits.
  static let given = 64
  /// The same request within this time is answered by the first one's answer.
  static let sameWithin: Int64 = 600_000

  static func decide(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .remedy(let remedy) = signal.event.body else { return }
    outcome.journal.actor = remedy.actor
    outcome.journal.reason.note = remedy.reason
    var request = RemedyRequest(remedy, signal)
    if let refusal = request.check(state, moment) {
      return request.decline(refusal, &state, moment, into: &outcome)
    }
    outcome.describe(state.current, moment)
    if let first = request.same(in: state.current, moment) {
      return request.repeated(first, state, moment, into: &outcome)
    }
    if let refusal = request.find(state, moment) ?? request.limits(state, moment) {
      return request.decline(refusal, &state, moment, into: &outcome)
    }
    guard makeRoom(&state) else {
      let full = Refusal(
        "cap-claims", "the case has as many remedies as it can keep: settle or cancel one first")
      return request.decline(full, &state, moment, into: &outcome)
    }
    request.ask(&state, moment, into: &outcome)
  }

  /// What no limit of a subject counts any more leaves its account.
  static func forget(_ subject: inout SubjectAccount, _ moment: Moment) {
    guard !subject.given.isEmpty else { return }
    let longest = longest(moment)
    subject.given.removeAll { !$0.isOpen && minus(moment.now, $0.at) >= longest }
  }

  /// The longest time that a limit of subjects looks back.
  static func longest(_ moment: Moment) -> Int64 {
    moment.policy.delegation.limits.reduce(0) { $1.scope == .subject ? max($0, $1.within) : $0 }
  }

  /// Room for one more remedy of the case and of the subject; what was not given leaves first.
  private static func makeRoom(_ state: inout CaseworkState) -> Bool {
    if state.current.remedies.count >= kept {
      guard let over = state.current.remedies.firstIndex(where: { !$0.state.counts }) else { return false }
      state.current.remedies.remove(at: over)
    }
    return makeRoomOfSubject(&state)
  }

  /// Room for one more in what the subject was given; what is answered leaves first.
  static func makeRoomOfSubject(_ state: inout CaseworkState) -> Bool {
    guard state.subject.given.count >= given else { return true }
    guard let over = state.subject.given.firstIndex(where: { !$0.isOpen }) else { return false }
    state.subject.given.remove(at: over)
    return true
  }
}
