// Owns the climb: which rung is due when, on the ladder that the case pinned when it opened.
import Events
import Policy
import StateBytes

enum Rungs {
  /// Pins the owner's ladder, and stands on the rung at which a case of that priority begins.
  static func begin(_ state: inout CaseworkState, _ moment: Moment) {
    guard let team = moment.team(of: state.current.owner) else { return }
    let opening = moment.rules.opening(ladder: team.ladder, priority: state.current.priority)
    state.current.ladder = LadderPosition()
    guard state.ladder.read(opening.shapeBytes.bytes) else { return }
    state.current.ladder.shape = opening.shapeHash
    state.pinned = opening.shapeBytes
    state.current.ladder.next = max(0, min(opening.start, opening.rungs &- 1))
    schedule(&state.current, state.ladder, moment)
  }

  /// Goes so many rungs up, never beyond the last one: what comes next is told to whoever stands there.
  static func climb(_ current: inout Case, by rungs: Int, _ ladder: LadderShape, _ moment: Moment) {
    let last = max(0, ladder.rungs.count - 1)
    let next = min(Int64(last), plus(Int64(current.ladder.next), Int64(rungs)))
    current.ladder.next = Int32(clamping: max(0, next))
    current.ladder.isExhausted = false
    current.ladder.repeats = 0
    schedule(&current, ladder, moment)
  }

  static func holds(_ condition: RungRules.Condition, _ current: Case) -> Bool {
    switch condition {
    case .acknowledged: current.acknowledgedAt > 0
    case .responded: current.respondedAt > 0
    case .resolved: current.phase != .open
    case .always: false
    }
  }

  /// Finds the next rung whose condition does not hold yet, and when it is due.
  static func schedule(_ current: inout Case, _ ladder: LadderShape, _ moment: Moment) {
    let calendar = moment.clockCalendar(of: current)
    current.ladder.due = 0
    guard current.phase == .open else { return }
    if !findNext(&current, ladder, calendar) {
      current.ladder.due = afterLast(current, ladder, calendar)
    }
  }

  /// Stands on the next rung whose condition does not hold; false above the last one.
  private static func findNext(_ current: inout Case, _ ladder: LadderShape, _ calendar: WorkingCalendar)
    -> Bool
  {
    current.ladder.due = 0
    while current.ladder.next >= 0, Int(current.ladder.next) < ladder.rungs.count {
      let rung = ladder.rungs[Int(current.ladder.next)]
      if !holds(rung.unless, current), let due = due(rung, current, calendar) {
        current.ladder.due = due
        return true
      }
      current.ladder.next = current.ladder.next.increased
    }
    return false
  }

  /// When a rung is due; 0 while its clock rests, nil where the case has no such clock.
  private static func due(_ rung: LadderShape.Rung, _ current: Case, _ calendar: WorkingCalendar) -> Int64? {
    let before = current.ladder.firedAt > 0 ? current.ladder.firedAt : current.openedAt
    if let after = rung.after { return calendar.moment(after, after: before) }
    let clock = clock(of: rung.unless, current)
    switch clock.state {
    case .running, .missed, .met: return max(1, clock.due)
    case .paused: return 0
    case .off: return nil
    }
  }

  /// What comes next counts from when this was due, so that no grace adds up; after a long sleep, from now.
  static func fired(_ due: Int64, _ moment: Moment) -> Int64 {
    max(due, minus(moment.now, moment.cases.evidenceGrace))
  }

  static func clock(of condition: RungRules.Condition, _ current: Case) -> Clock {
    switch condition {
    case .acknowledged: current.clocks.acknowledge
    case .responded: current.clocks.respond
    case .resolved: current.clocks.resolve
    case .always: Clock()
    }
  }

  /// After the last rung: the next repetition, or the end of the ladder, if the last rung has fired and what it asked
  /// for is still missing.
  private static func afterLast(_ current: Case, _ ladder: LadderShape, _ calendar: WorkingCalendar) -> Int64
  {
    let position = current.ladder
    guard !position.isExhausted, let last = ladder.rungs.last, position.firedAt > 0,
      !holds(last.unless, current)
    else { return 0 }
    return calendar.moment(ladder.repeatEvery ?? .days(1), after: position.firedAt)
  }

  /// What is due by now: the rung to fire and those that were due before it and never fired; nil when nothing is.
  static func dueNow(_ state: CaseworkState, _ moment: Moment) -> (rung: Int, skipped: [Int32], due: Int64)? {
    var trial = state.current
    let calendar = moment.clockCalendar(of: trial)
    var found: (rung: Int, due: Int64)?
    var skipped: [Int32] = []
    while Int(trial.ladder.next) < state.ladder.rungs.count, trial.ladder.due > 0,
      plus(trial.ladder.due, moment.cases.evidenceGrace) <= moment.now
    {
      if let found { skipped.append(Int32(clamping: found.rung + 1)) }
      found = (Int(trial.ladder.next), trial.ladder.due)
      trial.ladder.firedAt = trial.ladder.due
      trial.ladder.next = trial.ladder.next.increased
      _ = findNext(&trial, state.ladder, calendar)
    }
    return found.map { ($0.rung, skipped, $0.due) }
  }

  /// When the rung above one that was due then is due; 0 where none is, or its clock rests.
  static func dueAfter(_ rung: Int, due: Int64, _ state: CaseworkState, _ moment: Moment) -> Int64 {
    var trial = state.current
    trial.ladder.firedAt = due
    trial.ladder.next = Int32(clamping: rung + 1)
    _ = findNext(&trial, state.ladder, moment.clockCalendar(of: trial))
    return trial.ladder.due
  }

  /// The plan from here if nobody moves: (rung from 0, the moment it is due). Ends where a clock rests: nobody knows yet
  /// when it goes on.
  static func plan(_ state: CaseworkState, _ moment: Moment) -> [(rung: Int, at: Int64)] {
    var trial = state.current
    let calendar = moment.clockCalendar(of: trial)
    let earliest = max(trial.ladder.nobodyUntil, trial.deferredUntil)
    var plan: [(rung: Int, at: Int64)] = []
    guard trial.phase == .open, findNext(&trial, state.ladder, calendar) else { return plan }
    while trial.ladder.due > 0, Int(trial.ladder.next) < state.ladder.rungs.count {
      let at = max(trial.ladder.due, earliest, plan.last?.at ?? 0)
      var rung = Int(trial.ladder.next)
      // Of those that are due by then, the highest is told.
      while trial.ladder.due > 0, trial.ladder.due <= at, Int(trial.ladder.next) < state.ladder.rungs.count {
        rung = Int(trial.ladder.next)
        trial.ladder.firedAt = trial.ladder.due
        trial.ladder.next = trial.ladder.next.increased
        _ = findNext(&trial, state.ladder, calendar)
      }
      plan.append((rung, at))
      trial.ladder.firedAt = at
      trial.ladder.next = Int32(clamping: rung + 1)
      _ = findNext(&trial, state.ladder, calendar)
    }
    return plan
  }
}
