// Owns what will happen to the case of one event if nobody moves: its clocks, and who is told when.
import Events
import Policy
import Roles
import Secrets

/// A plan is no forecast of its own: the event is played alone through the roles in memory, nobody does anything, and
/// what they publish is the plan. What else the subject went through is not known here.
struct FuturePlan: Encodable {
  struct Clock: Encodable {
    var kind: String
    var due: String
  }
  struct Step: Encodable {
    /// `rung`, `silence`, `ladder-exhausted` …
    var type: String
    /// From 1; nil where no rung is meant.
    var rung: Int32?
    var at: String
    var role: String?
    var team: String?
    /// Who is on duty then, by today's directory.
    var people: [String]?
    var unless: String?
    /// Nobody is on duty before.
    var wakesAt: String?

    /// Milliseconds since 1970; for terminals.
    fileprivate(set) var time: Int64 = 0
    fileprivate(set) var wakes: Int64 = 0

    private enum CodingKeys: String, CodingKey { case type, rung, at, role, team, people, unless, wakesAt }
  }

  /// `opened`, `noted` …
  var decision: String
  var because: String
  /// In which calendar clocks and rungs count; nil where there are none.
  var calendar: String?
  var clocks: [Clock] = []
  var steps: [Step] = []
  fileprivate(set) var from: Int64 = 0
  fileprivate(set) var dues: [(kind: String, due: Int64)] = []
  /// Who says so: `its owner's`, `by ladder urgent for P1`.
  fileprivate(set) var calendarFrom = ""

  private enum CodingKeys: String, CodingKey { case decision, because, calendar, clocks, steps }

  private static let secret = Secret("answerable-plan-secret")
  private static let horizon: Int64 = 60 * 86_400_000

  /// Nil of an event that INTAKE refuses, and of one that acts on a case.
  static func of(
    _ kind: EventKind, _ value: [UInt8], headers: [ScannedRecord.Header], by policy: PolicyRecord,
    from time: Int64
  ) throws -> FuturePlan? {
    guard kind == .feedback || kind == .incident else { return nil }
    let rehearsal = try Rehearsal(policy: policy, secret: secret, start: time)
    let place = try rehearsal.give("", kind, value, headers: headers, at: time)
    try rehearsal.runOn(until: time + horizon)
    guard let entry = rehearsal.told.entry(about: place) else { return nil }
    var plan = FuturePlan(decision: entry.decision.suiteWord, because: entry.reason.text)
    plan.from = time
    plan.dues = entry.clocks.map { ("\($0.kind)", $0.due) }
    plan.clocks = plan.dues.map { Clock(kind: $0.kind, due: RFC3339.string($0.due)) }
    plan.steps = rehearsal.told.escalations.filter { $0.card.id == entry.caseID }.map(Step.init)
    if !plan.clocks.isEmpty { plan.name(entry, policy.document) }
    return plan
  }

  /// The calendar of the case: its ladder may name one for its priority, else it is its owner's.
  private mutating func name(_ entry: JournalEntry, _ document: PolicyDocument) {
    guard let team = document.teams.first(where: { $0.id == entry.owner }), let priority = entry.priority
    else { return }
    let ladder = document.ladder(of: team)
    let named = ladder.calendar(of: priority)
    calendar = named ?? team.calendar
    calendarFrom = named == nil ? "its owner's" : "by ladder \(ladder.id) for \(priority.wire.string)"
  }
}

extension FuturePlan.Step {
  fileprivate init(_ escalation: EscalationEntry) {
    time = escalation.due > 0 ? escalation.due : escalation.at
    wakes = escalation.wakeAt
    type = escalation.kind.suiteWord
    rung = escalation.rung > 0 ? escalation.rung : nil
    at = RFC3339.string(time)
    role = escalation.role.nonEmpty
    team = escalation.team.nonEmpty
    people = escalation.people.isEmpty ? nil : escalation.people.map(\.id)
    unless = escalation.unless.nonEmpty
    wakesAt = wakes > 0 ? RFC3339.string(wakes) : nil
  }

  /// `10:42 shift-lead of housekeeping, unless acknowledged`
  func text(from start: Int64) -> String {
    var text = Clock.short(time, from: start)
    switch type {
    case "rung": break
    case "nobody-on-duty": text += " nobody on duty until \(Clock.short(wakes, from: start))"
    default: text += " \(type):"
    }
    if let role {
      text += " \(role)\(team.map { " of \($0)" } ?? "")"
    } else if let team {
      text += " \(team)"
    }
    if let unless { text += ", unless \(unless)" }
    return text
  }
}
