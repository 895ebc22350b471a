// Owns the ends and new beginnings of cases and subjects: close, reopen, expire, erase.
import Events
import Policy
import StateBytes

enum Lifecycle {
  /// Closes the current case on evidence, or without any where the policy lets time close it.
  static func close(_ state: inout CaseworkState, _ evidence: Evidence, _ moment: Moment) {
    state.changes.insert(.current)
    Deferrals.settle(&state, moment)
    state.current.phase = .closed
    state.current.evidence = evidence
    state.current.closedAt = moment.now
    if state.current.resolvedAt == 0 { state.current.resolvedAt = moment.now }
    state.current.verifyBy = 0
    state.current.waitingUntil = 0
    state.current.expiresAt = plus(moment.now, max(1, moment.cases.reopenWithin))
    state.current.ladder.due = 0
    state.current.ladder.nobodyUntil = 0
    state.current.ladder.standing.removeAll()
    Clockwork.meet(&state.current.clocks.acknowledge)
    Clockwork.meet(&state.current.clocks.respond)
    Clockwork.meet(&state.current.clocks.resolve)
    Clockwork.meet(&state.current.clocks.silence)
    for index in state.current.promises.indices where state.current.promises[index].state == .open {
      state.current.promises[index].state = .kept
    }
    forgetContacts(&state)
  }

  /// Nobody waits for an answer about the current case any more.
  static func forgetContacts(_ state: inout CaseworkState) {
    let number = state.current.id.number
    for index in state.subject.cases.indices where state.subject.cases[index].number == number {
      state.subject.cases[index].contacts = 0
    }
  }

  /// Opens it again, one rung higher than it had come, with clocks of its own.
  static func reopen(_ state: inout CaseworkState, _ moment: Moment) {
    // A case that began above the first rung had come as far as that.
    let start = moment.team(of: state.current.owner).map {
      moment.rules.opening(ladder: $0.ladder, priority: state.current.priority).start
    }
    let reached = max(state.current.ladder.firedRung, start ?? 0, 0)
    let shape = state.current.ladder.shape
    state.changes.insert(.current)
    state.current.phase = .open
    state.current.reopened = state.current.reopened.increased
    state.current.openedAt = moment.now
    state.current.evidence = .none
    state.current.acknowledgedAt = 0
    state.current.respondedAt = 0
    state.current.resolvedAt = 0
    state.current.closedAt = 0
    state.current.verifyBy = 0
    state.current.expiresAt = 0
    state.current.waitingUntil = 0
    state.current.acknowledgementLease = 0
    state.current.acknowledgementLeft = 0
    Deferrals.count(&state.current, from: moment.now)
    Clockwork.begin(&state.current, moment)
    if shape == 0 || state.ladder.rungs.isEmpty {
      Rungs.begin(&state, moment)
    } else {
      state.current.ladder = LadderPosition()
      state.current.ladder.shape = shape
      state.current.ladder.next = reached
    }
    Rungs.climb(&state.current, by: max(0, moment.cases.reopenRungs), state.ladder, moment)
  }

  /// A closed case leaves the state: nothing of its group opens it again.
  static func expire(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    outcome.describe(state.current, moment)
    outcome.decide(
      .expired, "reopen-window-over", "closed for longer than cases.reopen.within: it leaves the state")
    outcome.outputs.append(.tombstone(caseID: outcome.journal.caseID))
    state.changes.insert(.currentGone)
    state.changes.insert(.subject)
    let number = state.current.id.number
    state.subject.cases.removeAll { $0.number == number }
  }

  /// A subject that has no case and remembers nothing any more. Of one that had cases the number of the next stays on.
  static func expireSubject(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    guard state.subject.timerAt != 0 else { return }
    state.subject.timerAt = 0
    state.changes.insert(.subject)
    let end = state.subject.expiresAt
    // With a case it is set again when the last one leaves.
    guard state.subject.cases.isEmpty, end > 0 else { return }
    guard end <= moment.now else { return arm(&state, end) }
    let rest = minus(numbersKept, faded(moment))
    if state.subject.nextCase > 1, !state.subject.isNumberOnly, rest > 0 {
      outcome.decide(
        .expired, "forgotten",
        "the subject has no case, and its memory has faded; the number of a next case stays for a while")
      state.subject.keepNumberOnly()
      state.subject.expiresAt = plus(moment.now, rest)
      return arm(&state, state.subject.expiresAt)
    }
    outcome.decide(.expired, "forgotten", "the subject has no case, and its memory has faded")
    state.changes.insert(.subjectGone)
  }

  /// How long the number of a subject's next case is kept at least, for a year and more: the journal and escalations
  /// are kept for 30 days unless an operator wants it otherwise, and name cases by it. A number that was given out
  /// again meanwhile would make two cases one to whoever reads them.
  static let numbersKept: Int64 = 400 * 86_400_000

  /// Forgets a subject: its state, and what compacted outputs keep of it. Of one that had cases the number of the next
  /// stays under its pseudonymous key, for `numbersKept`.
  static func erase(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    outcome.decide(
      .erased, "asked-for",
      "everything that is kept about the subject is deleted; the number of a next case stays for a while")
    for entry in state.subject.cases {
      let id = moment.texts.caseID(CaseID(subjectKey: state.subjectKey, number: entry.number))
      outcome.outputs.append(.tombstone(caseID: id))
    }
    Claims.takeBackAll(state, moment, into: &outcome)
    if state.subject.nextCase == 1 {
      outcome.decide(.erased, "asked-for", "everything that is kept about the subject is deleted")
    } else if !state.subject.isNumberOnly {
      state.subject.expiresAt = plus(moment.now, numbersKept)
    }
    state.subject.timerAt = state.subject.expiresAt
    state.changes.remove(.subject)
    state.changes.insert(.erased)
  }

  /// Brings the subject's account in line with the current case, and says when the subject may leave.
  static func keep(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    if state.changes.contains(.erased) || state.changes.contains(.subjectGone) { return }
    if state.hasCurrent, state.changes.contains(.current), !state.changes.contains(.currentGone) {
      Claims.takeBack(&state, moment, into: &outcome)
      keepEntry(&state, moment, into: &outcome)
      state.changes.insert(.subject)
    }
    guard state.changes.contains(.subject) else { return }
    Remedies.forget(&state.subject, moment)
    let end = state.subject.cases.isEmpty ? plus(moment.now, faded(moment)) : 0
    state.subject.expiresAt = end
    if end > 0, state.subject.timerAt == 0 || end < state.subject.timerAt { arm(&state, end) }
  }

  private static func arm(_ state: inout CaseworkState, _ moment: Int64) {
    state.subject.timerAt = moment
    state.changes.insert(.subjectTimer)
  }

  /// After this time nothing of a subject without cases counts any more.
  private static func faded(_ moment: Moment) -> Int64 {
    max(
      1, moment.cases.deduplicateWindow, moment.rules.memory.halfLife.multipliedByEight,
      Remedies.longest(moment))
  }

  private static func keepEntry(
    _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    var entry = CaseEntry()
    entry.number = state.current.id.number
    entry.group = state.current.group
    entry.phase = state.current.phase
    entry.kind = state.current.kind
    if entry.kind == .incident {
      entry.cause = CauseKey.of(owner: state.current.owner, service: state.current.service)
    }
    entry.touchedAt =
      state.current.phase == .closed
      ? state.current.closedAt : max(state.current.openedAt, state.current.lastContactAt)
    state.subject.change(entry.number) {
      entry.contacts = $0.contacts
      $0 = entry
    }
    guard state.subject.cases.count > CaseworkDecider.knownCases,
      let oldest = state.subject.cases.firstIndex(where: { $0.phase == .closed })
    else { return }
    let number = state.subject.cases.remove(at: oldest).number
    state.dropped = number
    let id = moment.texts.caseID(CaseID(subjectKey: state.subjectKey, number: number))
    outcome.outputs.append(.tombstone(caseID: id))
  }
}

extension Int64 {
  fileprivate var multipliedByEight: Int64 {
    let (value, overflow) = multipliedReportingOverflow(by: 8)
    return overflow ? .max : value
  }
}
