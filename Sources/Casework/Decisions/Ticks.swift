// Owns what happens when the time of a case comes: everything that is due, in one order.
import Events
import Policy

enum Ticks {
  static func decide(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    guard state.hasCurrent else { return }
    state.changes.insert(.current)
    outcome.describe(state.current, moment)
    if state.current.phase == .closed {
      if state.current.expiresAt <= moment.now { Lifecycle.expire(&state, moment, into: &outcome) }
      return
    }
    let before = outcome.outputs.count
    goOn(&state, moment, into: &outcome)
    if state.current.phase == .resolved, state.current.deferredUntil == 0 {
      whileResolved(&state, moment, into: &outcome)
    }
    if state.current.phase == .open, state.current.deferredUntil == 0 {
      Wants.decide(&state, moment, into: &outcome)
    }
    // Nothing waits any more.
    if state.notBefore == .min { state.current.behindSince = 0 }
    if state.current.phase != .closed { Rungs.schedule(&state.current, state.ladder, moment) }
    outcome.describe(state.current, moment)
    // What is shown of the case has changed also where the limit kept an escalation back.
    let isTold = outcome.outputs.count > before || outcome.journal.reason.code == "over-limit"
    if isTold, !outcome.endsWithAssignment {
      outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    }
  }

  /// Nothing is asked of anybody but the evidence, and what was promised. A hold puts both off.
  private static func whileResolved(
    _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard (Schedule.next(state.current, moment.cases) ?? .max) <= moment.now else { return }
    if Holds.until(state, moment) > 0 { return Holds.put(&state, moment, into: &outcome) }
    let verifyBy = state.current.verifyBy
    if Wants.isPast(verifyBy, moment) {
      if Wants.mayTell(verifyBy, &state, moment, into: &outcome) {
        return verify(&state, moment, into: &outcome)
      }
    }
    Wants.promises(&state, moment, into: &outcome)
  }

  /// Waits and deferrals that are over.
  private static func goOn(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    if state.current.waitingUntil > 0, state.current.waitingUntil <= moment.now {
      Clockwork.resume(&state.current, moment)
      Rungs.schedule(&state.current, state.ladder, moment)
      let text = Rescoring.decide(
        "the wait for the customer is over; clocks go on with what was left", &state, moment)
      outcome.decide(.resumed, "wait-over", text)
      showScore(state, &outcome)
      outcome.assign(&state, "wait-over", outcome.journal.reason.text, moment)
    }
    if state.current.deferral == .held {
      // A hold can be made longer, made shorter, and released.
      let until = Holds.until(state, moment)
      // It may have been woken, and stand on no list any more.
      if until > 0 { Holds.list(&state, moment) }
      if until > 0, until != state.current.deferredUntil {
        state.current.deferredUntil = until
        outcome.decide(.deferred, "held", "an operator holds escalations until another moment")
      }
      if until == 0 {
        state.current.deferredUntil = min(state.current.deferredUntil, moment.now)
        Holds.forget(ofAll: false, &state, moment)
        Holds.forget(ofAll: true, &state, moment)
      }
    }
    if state.current.deferredUntil > 0, state.current.deferredUntil <= moment.now {
      let text = Rescoring.decide("the deferral is over; the facts of now decide", &state, moment)
      let reason = Reason(code: "deferral-over", text: text)
      Deferrals.end(reason, &state, moment, into: &outcome)
      outcome.decide(.resumed, reason.code, reason.text)
      showScore(state, &outcome)
    }
  }

  private static func showScore(_ state: CaseworkState, _ outcome: inout Outcome) {
    outcome.journal.score = state.current.score
    outcome.journal.contributions = state.current.contributions
  }

  /// Called resolved, and nothing has shown it.
  private static func verify(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    switch moment.cases.unverified {
    case .close:
      Lifecycle.close(&state, .none, moment)
      outcome.decide(.closed, "unverified", "no evidence came, and cases.close lets time close it")
      outcome.describe(state.current, moment)
      outcome.assign(&state, "unverified", outcome.journal.reason.text, moment)
    case .escalate:
      let due = state.current.verifyBy
      Lifecycle.reopen(&state, moment)
      Wants.tell(
        .unverified,
        Reason(code: "unverified", text: "called resolved, and nothing has shown that it is over"),
        due: due, by: "cases.close.verify-within", &state, moment, into: &outcome)
    }
  }
}
