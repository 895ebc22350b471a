// Owns the clocks of a case: when they begin, rest, go on and end. Nothing else moves a deadline.
import Events
import Policy

enum Clockwork {
  /// Starts the clocks of a case that opens or opens again, as its priority has them, in its owner's calendar.
  static func begin(_ current: inout Case, _ moment: Moment) {
    guard let team = moment.rules.team(current.owner) else { return }
    let calendar = moment.rules.calendar(team.calendar)
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    current.clocks = Clocks()
    start(&current.clocks.acknowledge, clocks.acknowledge, calendar, moment.now)
    start(&current.clocks.respond, clocks.respond, calendar, moment.now)
    start(&current.clocks.resolve, clocks.resolve, calendar, moment.now)
    if current.kind == .feedback { listen(&current, clocks.silence, moment.now) }
    current.ownershipLease = calendar.moment(moment.cases.ownershipLease, after: moment.now)
  }

  /// A priority that rose: clocks that still run are due as if it had been so from the beginning, and never later
  /// than before.
  static func tighten(_ current: inout Case, _ moment: Moment) {
    guard let team = moment.rules.team(current.owner) else { return }
    let calendar = moment.rules.calendar(team.calendar)
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    func tighten(_ clock: inout Clock, _ length: WorkingDuration?) {
      guard clock.state == .running, let length else { return }
      // Not before now: nobody can be late for a promise that was not made yet.
      clock.due = min(clock.due, max(moment.now, calendar.moment(length, after: current.openedAt)))
    }
    tighten(&current.clocks.acknowledge, clocks.acknowledge)
    tighten(&current.clocks.respond, clocks.respond)
    tighten(&current.clocks.resolve, clocks.resolve)
  }

  /// The subject was in touch: a wait for it is over, and the silence that follows is counted from the first contact
  /// that nobody answered.
  static func contact(_ current: inout Case, at happened: Int64, _ moment: Moment) {
    current.lastContactAt = max(current.lastContactAt, happened)
    resume(&current, moment)
    guard current.clocks.silence.state != .running, current.clocks.silence.state != .missed,
      let team = moment.rules.team(current.owner)
    else { return }
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    listen(&current, clocks.silence, moment.now)
  }

  private static func listen(_ current: inout Case, _ length: WorkingDuration?, _ now: Int64) {
    guard let length else { return }
    current.clocks.silence = Clock()
    current.clocks.silence.state = .running
    // The subject's time: it passes on Sundays too.
    current.clocks.silence.due = WorkingCalendar.always.moment(length, after: now)
  }

  private static func start(
    _ clock: inout Clock, _ length: WorkingDuration?, _ calendar: WorkingCalendar, _ now: Int64
  ) {
    guard let length else { return }
    clock.state = .running
    clock.due = calendar.moment(length, after: now)
  }

  /// What a clock measures has happened.
  static func meet(_ clock: inout Clock) {
    switch clock.state {
    case .running, .paused, .missed:
      clock.state = .met
      clock.remaining = 0
    case .off, .met: break
    }
  }

  // MARK: Waiting for the customer

  /// What depends on the customer rests, with the working time that is left.
  static func pause(_ current: inout Case, until: Int64, _ moment: Moment) {
    current.waitingUntil = until
    let calendar = moment.calendar(of: current.owner)
    func pause(_ clock: inout Clock, _ calendar: WorkingCalendar) {
      guard clock.state == .running else { return }
      clock.state = .paused
      clock.remaining = calendar.workingTime(from: moment.now, to: clock.due)
    }
    pause(&current.clocks.respond, calendar)
    pause(&current.clocks.resolve, calendar)
    pause(&current.clocks.silence, .always)
  }

  /// The wait is over: clocks go on with what was left, and so are never due at once.
  static func resume(_ current: inout Case, _ moment: Moment) {
    guard current.waitingUntil > 0 else { return }
    current.waitingUntil = 0
    let calendar = moment.calendar(of: current.owner)
    func resume(_ clock: inout Clock, _ calendar: WorkingCalendar) {
      guard clock.state == .paused else { return }
      clock.state = .running
      clock.due = calendar.moment(.time(max(1, clock.remaining)), after: moment.now)
      clock.remaining = 0
    }
    resume(&current.clocks.respond, calendar)
    resume(&current.clocks.resolve, calendar)
    resume(&current.clocks.silence, .always)
  }

  // MARK: Leases

  /// Somebody did something for the case: who owns it and who acknowledged it keep it for another while.
  static func renewLeases(_ current: inout Case, _ moment: Moment) {
    let calendar = moment.calendar(of: current.owner)
    current.ownershipLease = calendar.moment(moment.cases.ownershipLease, after: moment.now)
    if current.acknowledgedAt > 0 {
      current.acknowledgementLease = calendar.moment(moment.cases.acknowledgementLease, after: moment.now)
    }
  }
}
