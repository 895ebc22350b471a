// Owns what a case escalates for want of: a promise kept, a lease renewed, a contact answered, a rung's condition.
import Events
import Policy
import StateBytes

enum Wants {
  /// Everything that is due of an open case, in a fixed order. A hold puts all of it off.
  static func decide(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    guard isAnythingDue(state, moment) else { return }
    if Holds.until(state, moment) > 0 { return Holds.put(&state, moment, into: &outcome) }
    promises(&state, moment, into: &outcome)
    leases(&state, moment, into: &outcome)
    silence(&state, moment, into: &outcome)
    rung(&state, moment, into: &outcome)
    end(&state, moment, into: &outcome)
  }

  private static func isAnythingDue(_ state: CaseworkState, _ moment: Moment) -> Bool {
    var trial = state.current
    trial.waitingUntil = 0
    return (Schedule.next(trial, moment.cases) ?? .max) <= moment.now
  }

  /// Whether what was due may be spoken of; if not, the case is looked at again soon.
  static func mayTell(
    _ due: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) -> Bool {
    if moment.bugs.contains(.deafClocks) { return true }
    switch moment.evidence(due: due, behindSince: state.current.behindSince) {
    case .heard, .missing: return true
    case .behind(let since, let lookAgain):
      state.current.behindSince = since
      state.notBefore = state.notBefore == .min ? lookAgain : min(state.notBefore, lookAgain)
      if outcome.journal.decision == .rearmed {
        outcome.decide(
          .rearmed, "evidence-behind", "what was done by then has not all been read; it waits for that")
      }
      return false
    }
  }

  static func isPast(_ due: Int64, _ moment: Moment) -> Bool {
    due > 0 && plus(due, moment.cases.evidenceGrace) <= moment.now
  }

  // MARK: Promises

  static func promises(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    for index in state.current.promises.indices {
      let promise = state.current.promises[index]
      guard promise.state == .open, isPast(promise.due, moment),
        mayTell(promise.due, &state, moment, into: &outcome)
      else { continue }
      state.current.promises[index].state = .broken
      state.current.promisesBroken = state.current.promisesBroken.increased
      Memory.breakPromise(&state.subject.memory)
      state.changes.insert(.subject)
      let isTold = tell(
        .promiseBroken, Reason(code: "promise-broken", text: "what was promised by then was not done"),
        due: promise.due, by: "promise", &state, moment, into: &outcome)
      if isTold { Escalations.stand(promiseDue: promise.due, number: state.current.escalations, &state) }
    }
  }

  // MARK: Leases

  private static func leases(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    let acknowledged = state.current.acknowledgementLease
    if state.current.acknowledgedAt > 0, isPast(acknowledged, moment),
      mayTell(acknowledged, &state, moment, into: &outcome)
    {
      state.current.acknowledgedAt = 0
      state.current.acknowledgementLease = 0
      tell(
        .acknowledgementLapsed,
        Reason(code: "acknowledgement-lapsed", text: "acknowledged, and nothing was done since"),
        due: acknowledged, by: "cases.leases.acknowledgement", &state, moment, into: &outcome)
    }
    let owned = state.current.ownershipLease
    if isPast(owned, moment), mayTell(owned, &state, moment, into: &outcome) {
      lapse(owned, &state, moment)
      tell(
        .ownershipLapsed,
        Reason(code: "ownership-lapsed", text: "owned, and nothing was done for as long as ownership lasts"),
        due: owned, by: "cases.leases.ownership", &state, moment, into: &outcome)
    }
  }

  /// Ownership has lapsed once more. After the first time it is said again as often as the ladder repeats its last rung,
  /// and not at all where all of the ladder was told in vain; whoever does something for the case begins a new lease.
  private static func lapse(_ owned: Int64, _ state: inout CaseworkState, _ moment: Moment) {
    state.current.lapses = state.current.lapses.increased
    let repeats = state.ladder.repeatEvery == nil ? 0 : state.ladder.repeatAtMost
    guard !state.current.ladder.isExhausted, state.current.lapses <= repeats else {
      state.current.ownershipLease = 0
      return
    }
    let calendar = moment.calendar(of: state.current.owner)
    state.current.ownershipLease = max(
      plus(moment.now, 1),
      calendar.moment(moment.cases.ownershipLease, after: Rungs.fired(owned, moment)))
  }

  // MARK: Silence

  private static func silence(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    let clock = state.current.clocks.silence
    guard clock.state == .running, isPast(clock.due, moment),
      mayTell(clock.due, &state, moment, into: &outcome)
    else { return }
    state.current.clocks.silence.state = .missed
    let isTold = tell(
      .silence, Reason(code: "silence", text: "the subject was in touch, and nobody has answered"),
      due: clock.due, by: CaseShow.rule(.silence, state.ladder, moment), &state, moment, into: &outcome)
    if isTold {
      Escalations.stand(.responded, rung: -1, number: state.current.escalations, &state, moment)
    }
  }

  // MARK: Rungs

  private static func rung(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    guard state.current.ladder.nobodyUntil <= moment.now, let due = Rungs.dueNow(state, moment),
      mayTell(due.due, &state, moment, into: &outcome)
    else { return }
    let rung = state.ladder.rungs[due.rung]
    let duty = Duty.of(rung, state.current, moment)
    if var wakeAt = duty.wakeAt {
      // The rung above does not wait for the people of this one.
      let above = Rungs.dueAfter(due.rung, due: due.due, state, moment)
      if above > 0 { wakeAt = min(wakeAt, max(plus(above, moment.cases.evidenceGrace), plus(moment.now, 1))) }
      var escalation = Escalations.make(.nobodyOnDuty, state, moment)
      fill(&escalation, due.rung, due.skipped, due.due, rung, duty, state, moment)
      return waitForDuty(until: wakeAt, &escalation, &state, moment, into: &outcome)
    }
    miss(rung.unless, &state)
    state.current.ladder.nobodyUntil = 0
    state.current.ladder.firedRung = Int32(clamping: due.rung)
    state.current.ladder.firedAt = Rungs.fired(due.due, moment)
    state.current.ladder.next = Int32(clamping: due.rung + 1)
    Rungs.schedule(&state.current, state.ladder, moment)
    var escalation = Escalations.make(.rung, state, moment)
    fill(&escalation, due.rung, due.skipped, due.due, rung, duty, state, moment)
    escalation.reason = reason(rung.unless, duty)
    guard Limits.admit(&state, moment) else { return overLimit(into: &outcome) }
    Escalations.publish(&escalation, &state, moment, into: &outcome)
    if moment.bugs.contains(.doubledRung) {
      Escalations.publish(&escalation, &state, moment, into: &outcome)
    }
    Escalations.stand(rung.unless, rung: due.rung, number: state.current.escalations, &state, moment)
    outcome.decide(.escalated, escalation.reason.code, escalation.reason.text)
  }

  private static func waitForDuty(
    until wakeAt: Int64, _ escalation: inout Escalation, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    state.current.ladder.nobodyUntil = wakeAt
    escalation.wakeAt = wakeAt
    escalation.reason = Reason(
      code: "nobody-on-duty", text: "nobody who could act is on duty; it waits for them")
    Escalations.publish(&escalation, &state, moment, into: &outcome)
    outcome.decide(.deferred, "nobody-on-duty", escalation.reason.text)
  }

  private static func fill(
    _ escalation: inout Escalation, _ rung: Int, _ skipped: [Int32], _ due: Int64, _ shape: LadderShape.Rung,
    _ duty: Duty, _ state: CaseworkState, _ moment: Moment
  ) {
    escalation.rung = Int32(clamping: rung + 1)
    escalation.skipped = skipped
    escalation.to = duty.target
    escalation.ownerGone = duty.isOwnerGone
    escalation.unless = CaseShow.word(of: shape.unless)
    escalation.due = due
    switch shape.unless {
    case .acknowledged: escalation.dueBy = CaseShow.rule(.acknowledge, state.ladder, moment)
    case .responded: escalation.dueBy = CaseShow.rule(.respond, state.ladder, moment)
    case .resolved: escalation.dueBy = CaseShow.rule(.resolve, state.ladder, moment)
    case .always: escalation.dueBy = "ladders.rungs.after"
    }
    switch shape.audience {
    case .frontline: escalation.audience = .frontline
    case .owner: escalation.audience = .owner
    case .executive: escalation.audience = .executive
    }
  }

  private static func reason(_ condition: RungRules.Condition, _ duty: Duty) -> Reason {
    if duty.isOwnerGone {
      return Reason(
        code: "owner-gone", text: "the owner's team is not in the policy any more; its heir is told")
    }
    switch condition {
    case .acknowledged: return Reason(code: "not-acknowledged", text: "nobody acknowledged it in time")
    case .responded: return Reason(code: "not-responded", text: "nobody answered the subject in time")
    case .resolved: return Reason(code: "not-resolved", text: "it was not resolved in time")
    case .always:
      return Reason(code: "still-open", text: "it is open for longer than the rung before lets it be")
    }
  }

  private static func miss(_ condition: RungRules.Condition, _ state: inout CaseworkState) {
    func miss(_ clock: inout Clock) { if clock.state == .running { clock.state = .missed } }
    switch condition {
    case .acknowledged: miss(&state.current.clocks.acknowledge)
    case .responded: miss(&state.current.clocks.respond)
    case .resolved: miss(&state.current.clocks.resolve)
    case .always: break
    }
  }

  // MARK: The end of the ladder

  /// The last rung again, or the end of the ladder: said once.
  private static func end(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    let count = state.ladder.rungs.count
    guard count > 0, Int(state.current.ladder.next) >= count, isPast(state.current.ladder.due, moment),
      state.current.ladder.nobodyUntil <= moment.now, !state.current.ladder.isExhausted,
      mayTell(state.current.ladder.due, &state, moment, into: &outcome)
    else { return }
    let due = state.current.ladder.due
    let rung = state.ladder.rungs[count - 1]
    let duty = Duty.of(rung, state.current, moment)
    let isRepeat = state.ladder.repeatEvery != nil && state.current.ladder.repeats < state.ladder.repeatAtMost
    var escalation = Escalations.make(isRepeat ? .rung : .ladderExhausted, state, moment)
    fill(&escalation, count - 1, [], due, rung, duty, state, moment)
    if isRepeat, let wakeAt = duty.wakeAt {
      escalation.kind = .nobodyOnDuty
      return waitForDuty(until: wakeAt, &escalation, &state, moment, into: &outcome)
    }
    state.current.ladder.nobodyUntil = 0
    state.current.ladder.firedAt = Rungs.fired(due, moment)
    if isRepeat {
      state.current.ladder.repeats = state.current.ladder.repeats.increased
      escalation.reason = Reason(code: "repeated", text: "the last rung again: nothing has changed since")
    } else {
      state.current.ladder.isExhausted = true
      state.current.ownershipLease = 0
      escalation.reason = Reason(code: "ladder-exhausted", text: "every rung has been told; nobody has moved")
    }
    Rungs.schedule(&state.current, state.ladder, moment)
    guard !isRepeat || Limits.admit(&state, moment) else { return overLimit(into: &outcome) }
    Escalations.publish(&escalation, &state, moment, into: &outcome)
    if isRepeat {
      Escalations.stand(rung.unless, rung: count - 1, number: state.current.escalations, &state, moment)
    }
    outcome.decide(.escalated, escalation.reason.code, escalation.reason.text)
  }

  private static func overLimit(into outcome: inout Outcome) {
    outcome.decide(
      .deferred, "over-limit", "the owner got as many escalations as its limit lets it; told in a digest")
  }

  // MARK: What is no rung

  /// Tells the rung above the one that was told last, or the one that would be told first, without climbing.
  @discardableResult
  static func tell(
    _ kind: Escalation.Kind, _ reason: Reason, due: Int64, by rule: ByteSlice, _ state: inout CaseworkState,
    _ moment: Moment, into outcome: inout Outcome
  ) -> Bool {
    var escalation = Escalations.make(kind, state, moment)
    escalation.reason = reason
    escalation.due = due
    escalation.dueBy = rule
    let count = state.ladder.rungs.count
    if count > 0 {
      let position = state.current.ladder
      let next = position.firedAt > 0 ? Int64(position.firedRung) + 1 : Int64(position.next)
      let above = max(0, min(Int64(count - 1), next))
      let rung = state.ladder.rungs[Int(above)]
      let duty = Duty.of(rung, state.current, moment)
      escalation.rung = Int32(clamping: above + 1)
      escalation.to = duty.target
      escalation.ownerGone = duty.isOwnerGone
    } else if let team = moment.rules.team(state.current.owner) {
      escalation.to.role = team.accountable
      escalation.to.team = team.id
    }
    guard Limits.admit(&state, moment) else {
      overLimit(into: &outcome)
      return false
    }
    Escalations.publish(&escalation, &state, moment, into: &outcome)
    outcome.decide(.escalated, reason.code, reason.text)
    return true
  }
}
