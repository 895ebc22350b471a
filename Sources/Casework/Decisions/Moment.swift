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

  /// Whether a clock that was due may speak of what did not happen: the grace has passed, and what was told by then has
  /// been heard, or cannot be waited for any longer.
  func isEvidenceIn(due: Int64) -> Bool {
    now >= sum(due, cases.evidenceGrace) && (evidence >= due || now >= sum(due, Moment.longestWait))
  }

  /// How long evidence is waited for when what reads it stands still.
  static let longestWait: Int64 = 900_000
  /// When a clock that waits for evidence is looked at again.
  static let evidencePause: Int64 = 10_000
}

/// The sum, held at the ends of the range.
@inline(__always)
func sum(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.min : Int64.max) : value
}

/// The difference, held at the ends of the range.
@inline(__always)
func difference(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.subtractingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.max : Int64.min) : value
}

extension Int32 {
  /// One more, held at the end.
  var increased: Int32 { self == .max ? self : self + 1 }
}
