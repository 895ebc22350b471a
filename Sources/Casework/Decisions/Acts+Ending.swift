// Owns the acts that end a case and open it again.
import Events
import Policy
import StateBytes

extension Acts {
  static func resolve(
    _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.current.phase == .open else {
      return outcome.refuse("already", "it is called resolved already, and waits for evidence")
    }
    _ = Escalations.retract(.resolved, evidenceAt: happened, &state, moment, into: &outcome)
    keepPromises(happened, &state, moment, into: &outcome)
    Deferrals.settle(&state, moment)
    Clockwork.resume(&state.current, moment)
    state.current.resolvedAt = happened
    Clockwork.meet(&state.current.clocks.resolve)
    Clockwork.meet(&state.current.clocks.acknowledge)
    if state.current.respondedAt > 0, state.current.respondedAt >= state.current.lastContactAt {
      Lifecycle.close(&state, .contactBack, moment)
      outcome.decide(.closed, "contact-back", "resolved, and the subject has been told")
      return
    }
    state.current.phase = .resolved
    state.current.ladder.due = 0
    state.current.verifyBy = plus(moment.now, max(1, moment.cases.verifyWithin))
    accept(
      "resolved", "it waits for evidence: an answer to the subject, or a rating measured again", &outcome)
  }

  static func reopen(
    _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.current.phase != .open else {
      return outcome.refuse("not-resolved", "the case is open")
    }
    Lifecycle.reopen(&state, moment)
    outcome.decide(.reopened, "asked-for", "somebody says that it is not over: one rung higher")
  }
}
