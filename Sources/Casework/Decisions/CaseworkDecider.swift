// Owns the door to casework's decisions: pure, by one policy, for one thread.
import Events
import Policy
import StateBytes

/// Decides. (state, signal or timer, policy, now) → (state, outcome): nothing is read or kept beside; texts that it
/// makes live until its next call.
///
/// A signal is decided in two steps, because what has to be loaded depends on the first: `triage` looks at the subject,
/// `decide` at everything.
public struct CaseworkDecider {
  let policy: CompiledPolicy
  let texts = Texts()
  private let bugs: PlantedCaseworkBugs

  public init(_ policy: CompiledPolicy) { self.init(policy, bugs: []) }

  package init(_ policy: CompiledPolicy, bugs: PlantedCaseworkBugs) {
    self.policy = policy
    self.bugs = bugs
  }

  /// Decides about a signal. `triage` is what the first step found, `state` what it asked for.
  public mutating func decide(
    _ signal: Signal, _ triage: Triage, _ state: inout CaseworkState, now: Int64, epoch: Int64,
    into outcome: inout Outcome
  ) {
    var moment = moment(now: now, epoch: epoch, evidence: state.evidence)
    moment.cause = signal.cause
    moment.traceparent = signal.event.traceparent
    outcome.begin(signal, moment)
    state.changes.insert(.subject)
    switch triage.finding {
    case .hold: Holds.decide(signal, &state, moment, into: &outcome)
    case .notice: Gathering.decide(signal, &state, moment, into: &outcome)
    case .link: Gathering.link(signal, &state, moment, into: &outcome)
    case .act: Acts.decide(signal, &state, moment, into: &outcome)
    case .erase: Lifecycle.erase(&state, moment, into: &outcome)
    case .duplicate:
      outcome.refuse("duplicate", "an event with this source and id was heard before")
      state.changes.remove(.subject)
    case .remedy: Remedies.decide(signal, &state, moment, into: &outcome)
    case .claimAct(let act): Claims.pass(act, signal, &state, moment, into: &outcome)
    case .answer(let answer): Claims.hear(answer, &state, moment, into: &outcome)
    case .noCase:
      outcome.refuse("unknown-case", "the subject has no such case, or it left the state")
      state.changes.remove(.subject)
    default: Intaking.decide(signal, triage, &state, moment, into: &outcome)
    }
    Lifecycle.keep(&state, moment, into: &outcome)
  }

  /// Decides about a timer that is due.
  public mutating func tick(
    _ timer: TimerKey, due: Int64, _ state: inout CaseworkState, now: Int64, epoch: Int64,
    into outcome: inout Outcome
  ) {
    texts.reset()
    let moment = moment(now: now, epoch: epoch, evidence: state.evidence)
    outcome.begin(timerDue: due, subjectKey: state.subjectKey, moment)
    switch timer {
    case .ofCase: Ticks.decide(&state, moment, into: &outcome)
    case .ofSubject: Lifecycle.expireSubject(&state, moment, into: &outcome)
    case .ofOwner(let owner): Limits.decide(owner, &state, moment, into: &outcome)
    }
    if case .ofCase = timer { Lifecycle.keep(&state, moment, into: &outcome) }
  }

  /// When the timer of the current case has to fire next; nil for never.
  public func nextMoment(_ state: CaseworkState) -> Int64? {
    guard state.hasCurrent, !state.changes.contains(.currentGone) else { return nil }
    let next = Schedule.next(state.current, policy.casework.cases)
    return next.map { max($0, state.notBefore) }
  }

  private func moment(now: Int64, epoch: Int64, evidence: Int64) -> Moment {
    Moment(
      policy: policy, rules: policy.casework, now: now, epoch: epoch, evidence: evidence, texts: texts,
      bugs: bugs)
  }
}
