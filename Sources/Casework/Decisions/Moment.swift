// Owns what every piece of a decision is given: the policy, the time, the cause, and where texts are made.
import Events
import Policy
import StateBytes

/// The moment of one decision.
struct Moment {
  let policy: CompiledPolicy
  let rules: CaseworkRules
  /// The task's clock, milliseconds since 1970.
  let now: Int64
  let epoch: Int64
  /// Everything that happened before this time and was told to the log has been heard.
  let evidence: Int64
  let texts: Texts
  var bugs: PlantedCaseworkBugs = []
  /// Of a signal; of a timer an empty topic.
  var cause = Coordinates()
  var traceparent = ByteSlice()

  var cases: CaseRules { rules.cases }

  /// The team that an owner is today: where it is gone, the one that owns what nobody thought of.
  func team(of owner: ByteSlice) -> TeamRules? { rules.team(owner) ?? rules.team(policy.unroutedOwner) }

  /// The calendar that a team works by; always open for a team that is gone.
  func calendar(of team: ByteSlice) -> WorkingCalendar {
    rules.team(team).map { rules.calendar($0.calendar) } ?? .always
  }

  /// Until when what people had done has been heard; nil where nobody tells.
  var heardUntil: Int64? { evidence == .max ? nil : max(0, evidence) }

  /// The calendar in which the clocks and rungs of a case count: its ladder may name one for its priority, else its
  /// owner's. Leases are its owner's working time in any case.
  func clockCalendar(of current: Case) -> WorkingCalendar {
    clockCalendar(of: current.owner, current.priority)
  }

  func clockCalendar(of owner: ByteSlice, _ priority: Priority) -> WorkingCalendar {
    guard let team = team(of: owner) else { return .always }
    let named = rules.opening(ladder: team.ladder, priority: priority).calendar
    if named >= 0 { return rules.calendar(named) }
    // A team that is gone works at any time.
    return calendar(of: owner)
  }

  /// Whether a clock that was due may speak of what did not happen, and what to do if not.
  ///
  /// It may once the grace has passed and what was told by then has been heard. What is behind is waited for, counted
  /// from when a decision first found it behind and not from when the clock was due: after a night in which everything
  /// stood still, it is still on its way.
  func evidence(due: Int64, behindSince: Int64) -> EvidenceStand {
    if evidence >= due { return .heard }
    // What was waited for earlier has been heard since.
    let isStale = behindSince == 0 || evidence >= behindSince
    let since = isStale ? now : min(behindSince, now)
    let wait = cases.longestEvidenceWait
    let end = plus(max(since, plus(due, cases.evidenceGrace)), wait)
    if now >= end { return .missing }
    // After 5 s and then less and less often, up to once a minute, of 15 minutes: what stands still for long may do so
    // for longer.
    let pause = max(1, wait / 180, min(minus(now, since) / 4, wait / 15))
    return .behind(since: since, lookAgain: min(plus(now, pause), end))
  }
}

/// What is known about the time up to a clock's due instant.
enum EvidenceStand: Hashable {
  /// All that was told by then has been heard.
  case heard
  /// Not all of it; the case has waited since then, and is looked at again at another time.
  case behind(since: Int64, lookAgain: Int64)
  /// Not all of it, and it cannot be waited for any longer.
  case missing
}

extension Int32 {
  /// One more, held at the end.
  var increased: Int32 { self == .max ? self : self + 1 }
}
