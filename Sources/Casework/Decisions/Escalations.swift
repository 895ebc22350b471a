// Owns the escalation as a record: with the whole why, who can act, and what comes next.
import Events
import Policy
import StateBytes

enum Escalations {
  /// An escalation of the current case, without a target yet.
  static func make(_ kind: Escalation.Kind, _ state: CaseworkState, _ moment: Moment) -> Escalation {
    var escalation = Escalation()
    escalation.kind = kind
    escalation.at = moment.now
    escalation.epoch = moment.epoch
    escalation.cause = moment.cause
    escalation.traceparent = moment.traceparent
    escalation.audience = .owner
    return escalation
  }

  /// Numbers it, shows the case as it stands now, and publishes.
  static func publish(
    _ escalation: inout Escalation, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    state.current.escalations = plus(state.current.escalations, 1)
    state.changes.insert(.current)
    escalation.view = CaseShow.view(of: state.current, state.ladder, moment)
    escalation.id = moment.texts.numbered(escalation.view.id, "-e", state.current.escalations)
    if state.current.phase == .open {
      escalation.next = next(state, moment)
      escalation.canAct = canAct(state, escalation.to, moment)
    }
    // Said only where it is not all: whoever reads it may have done what nobody has heard of yet.
    if escalation.due > 0, moment.evidence < escalation.due { escalation.heardUntil = moment.heardUntil }
    outcome.journal.outputs.append(escalation.id)
    outcome.outputs.append(.escalation(escalation))
  }

  /// The rung that comes next if nobody moves.
  private static func next(_ state: CaseworkState, _ moment: Moment) -> Escalation.Next {
    var next = Escalation.Next()
    guard let first = Rungs.plan(state, moment).first else { return next }
    let duty = Duty.of(state.ladder.rungs[first.rung], state.current, moment)
    next.rung = Int32(clamping: first.rung + 1)
    next.at = first.at
    next.role = duty.target.role
    next.team = duty.target.team
    return next
  }

  private static func canAct(_ state: CaseworkState, _ target: Escalation.Target, _ moment: Moment)
    -> [ByteSlice]
  {
    var list: [ByteSlice] = [state.current.owner]
    if !state.current.worker.isEmpty { list.append(state.current.worker) }
    if let team = moment.rules.team(state.current.owner), !team.accountable.isEmpty {
      list.append(team.accountable)
    }
    if !target.role.isEmpty, !list.contains(target.role) { list.append(target.role) }
    return list
  }

  /// Takes back what late evidence disproves: every standing escalation that fired, at or after the evidence, for want of
  /// what it shows. The ladder goes on where it stands: what was told above is not told again.
  static func retract(
    _ condition: RungRules.Condition, evidenceAt happened: Int64, _ state: inout CaseworkState,
    _ moment: Moment, into outcome: inout Outcome
  ) -> Bool {
    var isDone = false
    var index = 0
    while index < state.current.ladder.standing.count {
      let standing = state.current.ladder.standing[index]
      guard standing.unless == condition, !standing.isOfPromise, happened <= standing.firedAt else {
        index += 1
        continue
      }
      takeBack(index, CaseShow.word(of: condition), &state, moment, into: &outcome)
      isDone = true
    }
    if isDone { Rungs.schedule(&state.current, state.ladder, moment) }
    return isDone
  }

  /// Takes back that a promise, due at that moment, was called broken.
  static func retract(
    promiseDue due: Int64, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard
      let index = state.current.ladder.standing.firstIndex(where: { $0.isOfPromise && $0.firedAt == due })
    else { return }
    takeBack(index, ByteSlice(), &state, moment, into: &outcome)
  }

  private static func takeBack(
    _ index: Int, _ unless: ByteSlice, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    let standing = state.current.ladder.standing.remove(at: index)
    var escalation = make(.retraction, state, moment)
    escalation.retracts = moment.texts.numbered(
      moment.texts.caseID(state.current.id), "-e", standing.number)
    escalation.rung = max(0, standing.rung &+ 1)
    escalation.unless = unless
    escalation.reason = Reason(
      code: "late-evidence", text: "it had been done by then, and word of it came late")
    publish(&escalation, &state, moment, into: &outcome)
  }

  /// Remembers what can still be taken back.
  static func stand(
    _ condition: RungRules.Condition, rung: Int, number: Int64, _ state: inout CaseworkState, _ moment: Moment
  ) {
    if condition == .always { return }
    var standing = StandingEscalation()
    standing.unless = condition
    standing.rung = Int32(clamping: rung)
    standing.number = number
    standing.firedAt = moment.now
    stand(standing, &state)
  }

  /// Remembers what was said of a promise.
  static func stand(promiseDue due: Int64, number: Int64, _ state: inout CaseworkState) {
    var standing = StandingEscalation()
    standing.rung = StandingEscalation.ofPromise
    standing.number = number
    standing.firedAt = due
    stand(standing, &state)
  }

  /// The oldest of many is let go.
  private static func stand(_ standing: StandingEscalation, _ state: inout CaseworkState) {
    if state.current.ladder.standing.count >= 16 { state.current.ladder.standing.removeFirst() }
    state.current.ladder.standing.append(standing)
  }
}
