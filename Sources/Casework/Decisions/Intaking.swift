// Owns what becomes of a feedback or an incident: a case opens, takes it, opens again or closes; or it is only remembered.
import Events
import Policy
import StateBytes

enum Intaking {
  static func decide(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    outcome.journal.score = triage.score
    outcome.journal.priority = triage.priority
    outcome.journal.contributions = triage.contributions
    outcome.journal.memoryBefore = triage.memoryBefore
    outcome.journal.memoryAfter = Memory.points(state.subject.memory, moment.rules.memory)
    switch triage.finding {
    case .open: open(signal, triage, &state, moment, into: &outcome)
    case .attach: attach(signal, triage, &state, moment, into: &outcome)
    case .reopen: reopen(signal, triage, &state, moment, into: &outcome)
    case .resolve: resolve(signal, &state, moment, into: &outcome)
    case .park: park(signal, triage, &state, moment, into: &outcome)
    case .resolvedAlready:
      outcome.refuse("already-closed", "the incident is closed already")
    default:
      outcome.decide(.noted, "below-open-from", "remembered; too weak to open a case by cases.open-from")
    }
  }

  // MARK: Opening

  private static func open(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    var current = Case(id: CaseID(subjectKey: state.subjectKey, number: state.subject.nextCase))
    state.subject.nextCase = state.subject.nextCase &+ 1
    own(&current, signal, moment)
    current.priority = triage.priority
    current.score = triage.score
    current.contributions = triage.contributions
    current.group = triage.group
    current.epoch = moment.epoch
    current.happenedAt = happened(signal, moment)
    current.openedAt = moment.now
    current.lastContactAt = current.happenedAt
    current.lastActAt = current.happenedAt
    place(&current, signal)
    state.current = current
    state.hasCurrent = true
    state.changes.insert(.current)
    Clockwork.begin(&state.current, moment)
    Rungs.begin(&state, moment)
    count(signal, triage, &state)
    outcome.decide(.opened, "new", "no open case of this subject has this group")
    begin(signal, .opened, &state, moment, into: &outcome)
    outcome.describe(state.current, moment)
    outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    tell(signal, state, moment, into: &outcome)
  }

  /// An incident that begins, or begins again, gathers what was felt before it was reported; and it is over at once where
  /// its end was heard first.
  private static func begin(
    _ signal: Signal, _ decision: JournalRecord.Decision, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard state.current.kind == .incident else { return }
    Gathering.collect(&state, moment, into: &outcome)
    guard unpark(signal, &state) else { return }
    Lifecycle.close(&state, .monitor, moment)
    outcome.decide(decision, "resolved-before", "it was over already: its end was heard before its beginning")
  }

  /// Owner, worker and witness as the signal has them; what the policy does not have any more goes to whoever owns
  /// what nobody thought of.
  private static func own(_ current: inout Case, _ signal: Signal, _ moment: Moment) {
    current.owner = signal.owner
    current.worker = signal.worker
    current.witness = signal.witness
    current.rule = signal.rule
    current.ruleAt = signal.ruleAt
    guard let team = moment.rules.team(signal.owner) else {
      current.owner = moment.policy.unroutedOwner
      current.worker = ByteSlice()
      return
    }
    guard team.isSubcontractor else { return }
    // It became a subcontractor since the signal was routed: it does the work, and whom it works for answers.
    current.worker = signal.owner
    current.owner = moment.rules.principal(of: team) ?? moment.policy.unroutedOwner
  }

  private static func place(_ current: inout Case, _ signal: Signal) {
    switch signal.event.body {
    case .feedback(let feedback):
      current.kind = .feedback
      current.respondent = feedback.respondent
      current.site = feedback.site
      current.journey = feedback.journey
      current.touchpoint = feedback.touchpoint
      current.entity = feedback.entity
    case .incident(let incident):
      current.kind = .incident
      current.site = incident.site
      current.service = incident.service
      current.entity = incident.entity
    case .caseUpdate, .remedy: break
    }
  }

  /// When it happened; now, of one whose clock runs ahead: nobody could answer it before its time came.
  private static func happened(_ signal: Signal, _ moment: Moment) -> Int64 {
    min(signal.occurredAt, moment.now)
  }

  /// Keeps count, for each case, of contacts about it that nobody has answered.
  private static func count(_ signal: Signal, _ triage: Triage, _ state: inout CaseworkState) {
    guard triage.isContact, signal.kind == .feedback else { return }
    state.subject.change(state.current.id.number) { $0.contacts = $0.contacts.increased }
  }

  /// Tells the site where it was felt, so that an incident there can gather it.
  private static func tell(
    _ signal: Signal, _ state: CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .feedback(let feedback) = signal.event.body, !outcome.journal.caseID.isEmpty,
      !feedback.site.isEmpty || moment.rules.gathersWithoutSite(service: feedback.touchpoint)
    else { return }
    var notice = Notice()
    notice.caseID = outcome.journal.caseID
    notice.owner = state.current.owner
    notice.site = feedback.site
    notice.touchpoint = feedback.touchpoint
    notice.journey = feedback.journey
    notice.priority = state.current.priority
    outcome.outputs.append(.notice(notice))
  }

  // MARK: Joining

  private static func attach(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard state.hasCurrent else { return }
    state.changes.insert(.current)
    state.current.signals = state.current.signals.increased
    if !triage.isContact, isEvidence(signal, state.current, moment) {
      Lifecycle.close(&state, .rating, moment)
      outcome.decide(.closed, "rating", "a rating measured again shows that it is over")
      outcome.describe(state.current, moment)
      outcome.assign(&state, "rating", outcome.journal.reason.text, moment)
      return
    }
    if triage.isCapped {
      outcome.decide(
        .attached, "cap-open-cases", "the subject has as many open cases as fit: the latest one takes it")
    } else {
      outcome.decide(.attached, "same-group", "the subject has an open case of this group")
    }
    if !triage.isContact {
      let isReply = signal.kind == .feedback && state.current.waitingUntil > 0
      var text: ByteSlice = "the customer was waited for, and was in touch"
      if isReply {
        goOn(&state, moment)
        text = Rescoring.decide(text, &state, moment)
      }
      outcome.describe(state.current, moment)
      if isReply { outcome.assign(&state, "reply", text, moment) }
      return
    }
    let isAwaited = state.current.waitingUntil > 0
    if isAwaited, signal.kind == .feedback {
      outcome.journal.reason.text = Rescoring.decide(outcome.journal.reason.text, &state, moment)
    }
    count(signal, triage, &state)
    if signal.kind == .feedback { Clockwork.contact(&state.current, at: happened(signal, moment), moment) }
    if state.current.phase == .resolved { backToOpen(&state, moment, into: &outcome) }
    raise(triage, &state, moment)
    Rungs.schedule(&state.current, state.ladder, moment)
    outcome.describe(state.current, moment)
    outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    tell(signal, state, moment, into: &outcome)
  }

  /// A wait for the customer is over.
  private static func goOn(_ state: inout CaseworkState, _ moment: Moment) {
    Clockwork.resume(&state.current, moment)
    Rungs.schedule(&state.current, state.ladder, moment)
  }

  /// The subject speaks again about what somebody called resolved.
  private static func backToOpen(
    _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    Lifecycle.reopen(&state, moment)
    outcome.decide(
      .reopened, "contact-again", "the subject was in touch again before it was shown to be over")
  }

  /// A stronger signal raises the case; a weaker one never lowers it.
  private static func raise(_ triage: Triage, _ state: inout CaseworkState, _ moment: Moment) {
    guard triage.score > state.current.score else { return }
    state.current.score = triage.score
    state.current.contributions = triage.contributions
    if triage.priority < state.current.priority {
      let before = state.current.priority
      state.current.priority = triage.priority
      Clockwork.tighten(&state.current, from: before, moment)
    }
  }

  /// A case that waits for evidence takes a good rating of the same group as such, unless what is said beside it matters
  /// enough to want an answer.
  private static func isEvidence(_ signal: Signal, _ current: Case, _ moment: Moment) -> Bool {
    guard current.phase == .resolved, case .feedback(let feedback) = signal.event.body,
      let rating = feedback.rating, signal.occurredAt >= current.resolvedAt
    else { return false }
    let lowest = rating.kind.lowest &* 1_000
    let width = rating.scale &- lowest
    guard width > 0 else { return false }
    // On a scale of 0 to 10, thousandths.
    return (rating.value &- lowest) &* 10_000 / width >= moment.cases.closeRating
  }

  // MARK: Reopening

  private static func reopen(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard state.hasCurrent else { return }
    state.changes.insert(.current)
    state.current.signals = state.current.signals.increased
    if triage.score > state.current.score {
      state.current.score = triage.score
      state.current.contributions = triage.contributions
    }
    state.current.priority = min(state.current.priority, triage.priority)
    // Somebody answers for it today, whoever did when it closed.
    if moment.rules.team(state.current.owner)?.isSubcontractor ?? true { own(&state.current, signal, moment) }
    Lifecycle.reopen(&state, moment)
    state.current.lastContactAt = max(state.current.lastContactAt, happened(signal, moment))
    count(signal, triage, &state)
    outcome.decide(.reopened, "again", "the same group within cases.reopen.within: one rung higher")
    begin(signal, .reopened, &state, moment, into: &outcome)
    outcome.describe(state.current, moment)
    outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    tell(signal, state, moment, into: &outcome)
  }

  // MARK: The monitor's word

  private static func resolve(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.hasCurrent else { return }
    state.current.signals = state.current.signals.increased
    state.changes.insert(.current)
    Lifecycle.close(&state, .monitor, moment)
    outcome.decide(.closed, "monitor", "the monitor that reported it says that it is over")
    outcome.describe(state.current, moment)
    outcome.assign(&state, "monitor", outcome.journal.reason.text, moment)
  }

  private static func park(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    state.subject.parked.removeAll { minus(moment.now, $0.at) > parkedFor }
    guard state.subject.parked.count < parkedAtMost else {
      outcome.refuse("cap-parked", "as many ends without a beginning are kept as fit")
      return
    }
    var parked = ParkedResolution()
    parked.group = triage.group
    parked.occurredAt = signal.occurredAt
    parked.at = moment.now
    state.subject.parked.append(parked)
    outcome.refuse("parked", "no such incident is open: kept for an hour, for its beginning may come late")
  }

  static let parkedAtMost = 8
  static let parkedFor: Int64 = 3_600_000

  /// Takes the end that was heard before this beginning.
  private static func unpark(_ signal: Signal, _ state: inout CaseworkState) -> Bool {
    guard signal.kind == .incident else { return false }
    let group = state.current.group
    let now = state.current.openedAt
    guard
      let index = state.subject.parked.firstIndex(where: {
        $0.group == group && $0.occurredAt >= signal.occurredAt && minus(now, $0.at) <= parkedFor
      })
    else { return false }
    state.subject.parked.remove(at: index)
    return true
  }
}
