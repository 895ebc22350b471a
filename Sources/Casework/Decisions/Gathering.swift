// Owns how an incident gathers what people felt of it: linked, counted, and nobody's own promise muted.
import Events
import Policy
import StateBytes

enum Gathering {
  /// Cases that an incident lists; it counts on beyond.
  static let listed = 32
  /// Notices that a site keeps for an incident that is reported later.
  static let kept = 16

  /// A feedback was felt here: an open incident of the same cause gathers it, or it is kept for a while.
  static func decide(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .notice(let notice) = signal.message else { return }
    if state.hasCurrent, state.current.phase == .open,
      isOf(state.current, owner: notice.owner, touchpoint: notice.touchpoint)
    {
      outcome.describe(state.current, moment)
      guard gather(notice.caseID, &state, moment, into: &outcome) else {
        return outcome.decide(.gathered, "gathered-before", "the incident has gathered this case already")
      }
      outcome.decide(.gathered, "open-incident", "an open incident here has the same cause")
      outcome.assign(&state, "gathered-one", "it has gathered a case that it caused", moment)
      return
    }
    state.subject.notices.removeAll { minus(moment.now, $0.at) > moment.cases.gatherWithin }
    if state.subject.notices.count >= kept { state.subject.notices.removeFirst() }
    var one = KeptNotice()
    one.caseID = notice.caseID
    one.owner = notice.owner
    one.touchpoint = notice.touchpoint
    one.at = moment.now
    state.subject.notices.append(one)
    outcome.refuse("no-open-incident", "no open incident here has this cause; kept for cases.gather.within")
  }

  /// An incident that has just opened gathers what was felt shortly before it was reported.
  static func collect(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    let notices = state.subject.notices
    state.subject.notices.removeAll()
    for notice in notices where minus(moment.now, notice.at) <= moment.cases.gatherWithin {
      if isOf(state.current, owner: notice.owner, touchpoint: notice.touchpoint) {
        _ = gather(notice.caseID, &state, moment, into: &outcome)
      } else {
        state.subject.notices.append(notice)
      }
    }
  }

  private static func isOf(_ incident: Case, owner: ByteSlice, touchpoint: ByteSlice) -> Bool {
    incident.owner == owner || (!touchpoint.isEmpty && incident.service == touchpoint)
  }

  /// False when the incident knows that it gathered the case.
  private static func gather(
    _ caseID: ByteSlice, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) -> Bool {
    if state.current.gatheredCases.contains(caseID) { return false }
    state.current.gathered = state.current.gathered.increased
    if state.current.gatheredCases.count < listed { state.current.gatheredCases.append(caseID) }
    state.changes.insert(.current)
    var link = Link()
    link.caseID = caseID
    link.incident = moment.texts.caseID(state.current.id)
    let key = CaseID.subjectKey(of: caseID)
    outcome.outputs.append(.link(link, subjectKey: key))
    return true
  }

  /// A case learns which incident gathered it.
  static func link(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .link(let link) = signal.message else { return }
    guard state.hasCurrent else {
      outcome.refuse("unknown-case", "the case left the state before its incident gathered it")
      return
    }
    guard state.current.incident != link.incident else {
      outcome.refuse("linked-already", "the case knows its incident")
      return outcome.describe(state.current, moment)
    }
    state.current.incident = link.incident
    state.changes.insert(.current)
    outcome.decide(.linked, "gathered", "an incident gathered it; its own clocks go on")
    outcome.describe(state.current, moment)
    outcome.assign(&state, "gathered", outcome.journal.reason.text, moment)
  }
}
