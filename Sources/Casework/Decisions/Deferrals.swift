// Owns putting escalations off: bounded, owned, counted as a debt, and never dropped.
import Events
import Policy
import StateBytes

enum Deferrals {
  /// Puts the current case's escalations off until a moment.
  static func begin(
    _ deferral: Deferral, until: Int64, _ reason: Reason, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    settle(&state, moment)
    state.current.deferral = deferral
    state.current.deferredFrom = moment.now
    state.current.deferredUntil = max(until, plus(moment.now, 1))
    Clockwork.restLeases(&state.current, moment)
    state.owner.deferredNow = state.owner.deferredNow.increased
    state.changes.insert(.owner)
    state.changes.insert(.current)
    var escalation = Escalations.make(.deferred, state, moment)
    escalation.wakeAt = state.current.deferredUntil
    escalation.reason = reason
    Escalations.publish(&escalation, &state, moment, into: &outcome)
  }

  /// Its time has come, or somebody ended it: escalations go on by the facts of now.
  static func end(
    _ reason: Reason, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.current.deferral != .none else { return }
    settle(&state, moment)
    var escalation = Escalations.make(.resumed, state, moment)
    escalation.reason = reason
    Escalations.publish(&escalation, &state, moment, into: &outcome)
  }

  /// Pays the debt, without a word.
  static func settle(_ state: inout CaseworkState, _ moment: Moment) {
    guard state.current.deferral != .none else { return }
    settle(state.current, in: &state.owner, now: moment.now)
    state.current.putOff = spent(of: state.current, now: moment.now)
    state.current.deferral = .none
    state.current.deferredFrom = 0
    state.current.deferredUntil = 0
    Clockwork.resumeLeases(&state.current, moment)
    state.changes.insert(.owner)
    state.changes.insert(.current)
  }

  /// Takes a case that is put off out of its owner's debt: it goes on, or it leaves the state.
  static func settle(_ current: Case, in account: inout OwnerAccount, now: Int64) {
    account.deferredNow = max(0, account.deferredNow &- 1)
    account.deferredTotal = plus(account.deferredTotal, max(0, minus(now, current.deferredFrom)))
  }

  /// How long people have put a case off since somebody last did something for it; an operator's hold does not count.
  static func spent(of current: Case, now: Int64) -> Int64 {
    switch current.deferral {
    case .snoozed, .silenced: max(0, plus(current.putOff, minus(now, current.deferredFrom)))
    case .none, .held, .overLimit: max(0, current.putOff)
    }
  }

  /// Somebody does something for it: what it is put off counts anew.
  static func count(_ current: inout Case, from now: Int64) {
    current.putOff = 0
    current.putOff = minus(0, spent(of: current, now: now))
  }
}
