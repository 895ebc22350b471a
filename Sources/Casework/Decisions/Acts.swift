// Owns what people do to a case: each act is accepted with what it changes, or is a NO with its reason.
import Events
import Policy
import StateBytes

enum Acts {
  /// How far a clock of somebody else may be ahead.
  static let ahead: Int64 = 300_000

  static func decide(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .caseUpdate(let update) = signal.event.body, state.hasCurrent else { return }
    outcome.describe(state.current, moment)
    state.changes = []
    guard let acting = Acting.of(update.actor, moment.rules) else {
      return outcome.refuse("unknown-person", "the policy does not know who acts")
    }
    if let reason = mistimed(update.act, signal.occurredAt, state.current, moment) {
      return outcome.refuse(reason.code, reason.text)
    }
    let before = outcome.outputs.count
    let happened = min(signal.occurredAt, moment.now)
    switch update.act {
    case .acknowledge: acknowledge(acting, happened, &state, moment, into: &outcome)
    case .progress: progress(&state, moment, into: &outcome)
    case .respond: respond(happened, &state, moment, into: &outcome)
    case .promise(let due, let what): promise(due, what, happened, &state, moment, into: &outcome)
    case .transfer(let to, _): transfer(to, acting, happened, &state, moment, into: &outcome)
    case .wait(_, let until): wait(until, happened, &state, moment, into: &outcome)
    case .resolve: resolve(happened, &state, moment, into: &outcome)
    case .reopen: reopen(&state, moment, into: &outcome)
    case .snooze(let until, _):
      putOff(.snoozed, until, moment.cases.longestSnooze, acting, &state, moment, into: &outcome)
    case .silence(let until, _):
      putOff(.silenced, until, moment.cases.longestSilence, acting, &state, moment, into: &outcome)
    case .erase, .approve, .decline, .cancel, .settle, .giveBack: break
    }
    guard outcome.journal.decision != .refused else { return }
    if isWork(update.act) { Deferrals.count(&state.current, from: moment.now) }
    if isWork(update.act), state.current.phase == .open {
      takeOn(acting, happened, &state, moment, into: &outcome)
    }
    state.current.lastActAt = max(state.current.lastActAt, happened)
    state.changes.insert([.current, .subject])
    if state.current.phase == .open {
      let next = state.current.ladder.next
      Rungs.schedule(&state.current, state.ladder, moment)
      // Whom the rung waits for is somebody else now.
      if state.current.ladder.next != next || !outcome.journal.edgeTo.isEmpty {
        state.current.ladder.nobodyUntil = 0
      }
    }
    outcome.describe(state.current, moment)
    if outcome.outputs.count == before || !outcome.endsWithAssignment {
      outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    }
  }

  static func accept(_ code: ByteSlice, _ text: ByteSlice, _ outcome: inout Outcome) {
    outcome.decide(.acted, code, text)
  }

  /// What is wrong with the time of an act, or with the case it comes to.
  private static func mistimed(_ act: Act, _ happened: Int64, _ current: Case, _ moment: Moment) -> Reason? {
    if happened > plus(moment.now, ahead) {
      return Reason(code: "in-the-future", text: "it says that it happened more than five minutes from now")
    }
    if happened < current.happenedAt {
      return Reason(code: "before-the-case", text: "it happened before what the case is about")
    }
    if current.phase == .closed, act.word != .reopen {
      return Reason(code: "closed-case", text: "the case is closed; reopen it, or let a new signal open one")
    }
    switch act {
    case .resolve where happened < current.lastContactAt:
      return Reason(code: "out-of-order", text: "the subject was in touch again after it")
    case .wait where happened < current.lastContactAt:
      return Reason(code: "out-of-order", text: "the subject was in touch again after it")
    case .transfer where happened < current.transferredAt:
      return Reason(code: "out-of-order", text: "it was handed over again after that")
    case .reopen where happened < current.resolvedAt:
      return Reason(code: "out-of-order", text: "it was resolved after that")
    default: return nil
    }
  }

  // MARK: Taking on, doing, answering

  private static func acknowledge(
    _ acting: Acting, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard acting.mayAcknowledge(state.current, state.ladder, moment.rules) else {
      return outcome.refuse(
        "not-yours", "only people of the owner, of who does the work or of the ladder take it on")
    }
    let isLate = Escalations.retract(
      .acknowledged, evidenceAt: happened, &state, moment, into: &outcome)
    guard state.current.acknowledgedAt == 0 || isLate else {
      return outcome.refuse("already", "it is acknowledged already")
    }
    state.current.acknowledgedAt = happened
    Clockwork.meet(&state.current.clocks.acknowledge)
    Clockwork.renewLeases(&state.current, moment)
    accept(isLate ? "late-evidence" : "acknowledged", "somebody has taken it on", &outcome)
  }

  /// What nobody does who has not taken the case on.
  private static func isWork(_ act: Act) -> Bool {
    switch act {
    case .progress, .respond, .promise: true
    default: false
    }
  }

  /// Whoever works on a case that is theirs has it, said or not: nobody is told that it was not acknowledged.
  static func takeOn(
    _ acting: Acting, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard acting.mayAcknowledge(state.current, state.ladder, moment.rules) else { return }
    let isLate = Escalations.retract(
      .acknowledged, evidenceAt: happened, &state, moment, into: &outcome)
    guard state.current.acknowledgedAt == 0 || isLate else { return }
    state.current.acknowledgedAt = happened
    Clockwork.meet(&state.current.clocks.acknowledge)
    Clockwork.renewLeases(&state.current, moment)
  }

  private static func progress(
    _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    Clockwork.renewLeases(&state.current, moment)
    accept("progress", "somebody works on it: leases are renewed", &outcome)
  }

  private static func respond(
    _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    let isLate = Escalations.retract(.responded, evidenceAt: happened, &state, moment, into: &outcome)
    if !moment.bugs.contains(.forgottenAnswer) {
      state.current.respondedAt = max(state.current.respondedAt, happened)
    }
    Clockwork.meet(&state.current.clocks.respond)
    if happened >= state.current.lastContactAt {
      Clockwork.meet(&state.current.clocks.silence)
      Lifecycle.forgetContacts(&state)
    } else {
      Clockwork.hearAgain(&state.current, moment)
    }
    keepPromises(happened, &state, moment, into: &outcome)
    Clockwork.renewLeases(&state.current, moment)
    if state.current.phase == .resolved, happened >= state.current.lastContactAt {
      Lifecycle.close(&state, .contactBack, moment)
      outcome.decide(
        .closed, "contact-back", "somebody was in touch with the subject: that shows that it is over")
      return
    }
    accept(isLate ? "late-evidence" : "responded", "the subject has an answer", &outcome)
  }

  // MARK: Handing over

  private static func transfer(
    _ to: ByteSlice, _ acting: Acting, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard acting.mayDispose(state.current, moment.rules) else {
      return outcome.refuse("not-yours", "only people of the owner, or who answers for it, hand it over")
    }
    guard let team = moment.rules.team(to) else {
      return outcome.refuse("unknown-team", "the policy has no such team")
    }
    if team.isSubcontractor { return delegate(team, happened, &state, moment, into: &outcome) }
    guard team.id != state.current.owner else {
      return outcome.refuse("same-owner", "it belongs to that team already")
    }
    if state.current.deferral != .none {
      let text = Rescoring.decide("the next owner is not bound by the deferral", &state, moment)
      let reason = Reason(code: "transferred", text: text)
      Deferrals.end(reason, &state, moment, into: &outcome)
    }
    outcome.withdraw(&state, to: team.id, moment)
    outcome.journal.edgeFrom = state.current.owner
    outcome.journal.edgeTo = team.id
    state.current.owner = team.id
    state.current.worker = ByteSlice()
    state.current.edges = state.current.edges.increased
    state.current.transferredAt = happened
    Clockwork.own(&state.current, moment)
    accept("transferred", "it has another owner; its clocks go on as they were", &outcome)
  }

  /// A subcontractor can do the work; who answers stays.
  private static func delegate(
    _ team: TeamRules, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard team.principal == state.current.owner else {
      return outcome.refuse("subcontractor", "it works for another team: hand the case to that team first")
    }
    guard team.id != state.current.worker else {
      return outcome.refuse("same-worker", "that subcontractor does the work already")
    }
    state.current.worker = team.id
    state.current.transferredAt = happened
    accept("worker-changed", "a subcontractor does the work; the owner still answers", &outcome)
  }

  // MARK: Waiting and putting off

  private static func wait(
    _ until: Int64, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard until > moment.now else { return outcome.refuse("past-due", "the wait would be over already") }
    guard minus(until, moment.now) <= moment.cases.longestWait else {
      return outcome.refuse("too-long", "longer than cases.longest.wait allows")
    }
    guard state.current.phase == .open else {
      return outcome.refuse("not-open", "the case is resolved: nothing waits any more")
    }
    Clockwork.pause(&state.current, until: until, moment)
    accept("waiting", "what depends on the customer rests", &outcome)
  }

  private static func putOff(
    _ deferral: Deferral, _ until: Int64, _ longest: Int64, _ acting: Acting, _ state: inout CaseworkState,
    _ moment: Moment, into outcome: inout Outcome
  ) {
    guard acting.mayDispose(state.current, moment.rules) else {
      return outcome.refuse("not-yours", "only people of the owner, or who answers for it, put it off")
    }
    guard until > moment.now else { return outcome.refuse("past-due", "it would be over already") }
    guard state.current.phase == .open else {
      return outcome.refuse("not-open", "the case is resolved: nothing is due that could be put off")
    }
    let isSnooze = deferral == .snoozed
    let left = minus(longest, Deferrals.spent(of: state.current, now: moment.now))
    guard minus(until, moment.now) <= left else {
      return outcome.refuse("too-long", tooLong(isSnooze, left: left, moment))
    }
    var reason = Reason(
      code: isSnooze ? "snoozed" : "silenced",
      text: "escalations are put off until then, and counted as the owner's debt")
    reason.note = outcome.journal.reason.note
    Deferrals.begin(deferral, until: until, reason, &state, moment, into: &outcome)
    outcome.decide(.deferred, reason.code, reason.text)
  }

  private static func tooLong(_ isSnooze: Bool, left: Int64, _ moment: Moment) -> ByteSlice {
    moment.texts.make {
      $0.add(isSnooze ? "cases.longest.snooze" : "cases.longest.silence")
      $0.add(" lets it be put off ")
      if left < 60_000 {
        $0.add("no more")
      } else {
        $0.add("for ")
        $0.append(contentsOf: WorkingDuration.time(left / 60_000 * 60_000).description.utf8)
        $0.add(" more")
      }
      $0.add(" until somebody does something for it; what it was put off since then counts")
    }
  }
}
