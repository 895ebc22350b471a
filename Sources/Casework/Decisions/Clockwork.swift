// Owns the clocks of a case: when they begin, rest, go on and end. Nothing else moves a deadline.
import Events
import Policy

enum Clockwork {
  /// Starts the clocks of a case that opens or opens again, as its priority has them.
  static func begin(_ current: inout Case, _ moment: Moment) {
    guard let team = moment.team(of: current.owner) else { return }
    let calendar = moment.clockCalendar(of: current)
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    current.clocks = Clocks()
    start(&current.clocks.acknowledge, clocks.acknowledge, calendar, moment.now)
    start(&current.clocks.respond, clocks.respond, calendar, moment.now)
    start(&current.clocks.resolve, clocks.resolve, calendar, moment.now)
    if current.kind == .feedback { listen(&current, clocks.silence, moment.now) }
    own(&current, moment)
  }

  /// A priority that rose: a clock that runs is due earlier by what its length is shorter, never later than before and
  /// never before now, for nobody can be late for what was not asked yet. A clock that only the new priority has begins
  /// now, unless what it waits for was done.
  static func tighten(_ current: inout Case, from before: Priority, _ moment: Moment) {
    guard let team = moment.team(of: current.owner) else { return }
    let calendar = moment.clockCalendar(of: current)
    let oldCalendar = moment.clockCalendar(of: current.owner, before)
    let opening = moment.rules.opening(ladder: team.ladder, priority: before)
    let isSame =
      opening.calendar == moment.rules.opening(ladder: team.ladder, priority: current.priority).calendar
    let old = opening.clocks
    let new = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    let openedAt = current.openedAt
    func tighten(_ clock: inout Clock, _ old: WorkingDuration?, _ new: WorkingDuration?, isDone: Bool) {
      guard let new else { return }
      if clock.state == .off, !isDone { return start(&clock, new, calendar, moment.now) }
      guard clock.state == .running || clock.state == .paused, let old else { return }
      let (newEnd, oldEnd) = (calendar.moment(new, after: openedAt), oldCalendar.moment(old, after: openedAt))
      guard newEnd < oldEnd else { return }
      if isSame {
        let shorter = calendar.workingTime(from: newEnd, to: oldEnd)
        if clock.state == .paused {
          clock.remaining = max(1, clock.remaining &- shorter)
          return
        }
        // Time that the clock rested while the customer was waited for stays added.
        let left = max(0, calendar.workingTime(from: moment.now, to: clock.due) &- shorter)
        clock.due = min(clock.due, max(moment.now, calendar.moment(.time(left), after: moment.now)))
        return
      }
      // The new priority counts in another calendar: what has run of the clock has run, the rest of its new length is
      // left; and what it rested stays added.
      if clock.state == .paused {
        let run = max(0, oldCalendar.workingTime(from: openedAt, to: oldEnd) &- clock.remaining)
        let left = calendar.workingTime(from: openedAt, to: newEnd) &- run
        clock.remaining = max(1, min(clock.remaining, left))
        return
      }
      let rested = oldCalendar.workingTime(from: oldEnd, to: clock.due)
      clock.due = min(clock.due, max(moment.now, calendar.moment(.time(rested), after: newEnd)))
    }
    tighten(
      &current.clocks.acknowledge, old.acknowledge, new.acknowledge, isDone: current.acknowledgedAt > 0)
    tighten(&current.clocks.respond, old.respond, new.respond, isDone: current.respondedAt > 0)
    tighten(&current.clocks.resolve, old.resolve, new.resolve, isDone: current.phase != .open)
  }

  /// The subject was in touch: a wait for it is over, and the silence that follows is counted from the first contact
  /// that nobody answered.
  static func contact(_ current: inout Case, at happened: Int64, _ moment: Moment) {
    current.lastContactAt = max(current.lastContactAt, happened)
    resume(&current, moment)
    guard current.clocks.silence.state != .running, current.clocks.silence.state != .missed,
      let team = moment.team(of: current.owner)
    else { return }
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    listen(&current, clocks.silence, moment.now)
  }

  /// What the silence was said of has an answer, and the subject has been in touch since: that is what waits now.
  static func hearAgain(_ current: inout Case, _ moment: Moment) {
    guard current.clocks.silence.state == .missed, let team = moment.team(of: current.owner) else { return }
    let clocks = moment.rules.opening(ladder: team.ladder, priority: current.priority).clocks
    listen(&current, clocks.silence, current.lastContactAt)
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
    let calendar = moment.clockCalendar(of: current)
    func pause(_ clock: inout Clock, _ calendar: WorkingCalendar) {
      guard clock.state == .running else { return }
      clock.state = .paused
      clock.remaining = calendar.workingTime(from: moment.now, to: clock.due)
    }
    pause(&current.clocks.respond, calendar)
    pause(&current.clocks.resolve, calendar)
    pause(&current.clocks.silence, .always)
    restLeases(&current, moment)
  }

  /// The wait is over: clocks go on with what was left, and so are never due at once.
  static func resume(_ current: inout Case, _ moment: Moment) {
    guard current.waitingUntil > 0 else { return }
    current.waitingUntil = 0
    let calendar = moment.clockCalendar(of: current)
    func resume(_ clock: inout Clock, _ calendar: WorkingCalendar) {
      guard clock.state == .paused else { return }
      clock.state = .running
      clock.due = calendar.moment(.time(max(1, clock.remaining)), after: moment.now)
      clock.remaining = 0
    }
    resume(&current.clocks.respond, calendar)
    resume(&current.clocks.resolve, calendar)
    resume(&current.clocks.silence, .always)
    resumeLeases(&current, moment)
  }

  // MARK: Leases

  /// Somebody owns it from now on, for as long as a lease is without progress.
  static func own(_ current: inout Case, _ moment: Moment) {
    let calendar = moment.calendar(of: current.owner)
    current.ownershipLease = calendar.moment(moment.cases.ownershipLease, after: moment.now)
    current.ownershipLeft = 0
    current.lapses = 0
    restLeases(&current, moment)
  }

  /// While the customer is waited for, and while it is put off, nobody is asked to do anything: leases rest with the
  /// working time that is left.
  static func restLeases(_ current: inout Case, _ moment: Moment) {
    guard current.waitingUntil > 0 || current.deferral != .none else { return }
    let calendar = moment.calendar(of: current.owner)
    func rest(_ lease: inout Int64, _ left: inout Int64) {
      guard lease > 0 else { return }
      left = max(1, calendar.workingTime(from: moment.now, to: lease))
      lease = 0
    }
    rest(&current.acknowledgementLease, &current.acknowledgementLeft)
    rest(&current.ownershipLease, &current.ownershipLeft)
  }

  /// Leases go on once nothing rests any more.
  static func resumeLeases(_ current: inout Case, _ moment: Moment) {
    guard current.waitingUntil == 0, current.deferral == .none else { return }
    let calendar = moment.calendar(of: current.owner)
    func resume(_ lease: inout Int64, _ left: inout Int64) {
      guard left > 0 else { return }
      lease = calendar.moment(.time(left), after: moment.now)
      left = 0
    }
    resume(&current.acknowledgementLease, &current.acknowledgementLeft)
    resume(&current.ownershipLease, &current.ownershipLeft)
  }

  /// Somebody did something for the case: who owns it and who acknowledged it keep it for another while.
  static func renewLeases(_ current: inout Case, _ moment: Moment) {
    if current.acknowledgedAt > 0 {
      let calendar = moment.calendar(of: current.owner)
      current.acknowledgementLease = calendar.moment(moment.cases.acknowledgementLease, after: moment.now)
      current.acknowledgementLeft = 0
    }
    own(&current, moment)
  }
}
