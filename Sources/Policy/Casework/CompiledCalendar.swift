// Owns a calendar's line of time: its horizon, and the usual week before and after it, without end.

/// Times are milliseconds since 1970, UTC, within ±2^60; `WorkingCalendar` sees to that. Shared by all its copies.
final class CompiledCalendar: Sendable {
  let name: String
  /// The horizon's beginning and end.
  let start: Int64
  let end: Int64
  private let horizon: WorkingSpan
  private let usual: WorkingSpan
  private let clock: LocalClock

  static let week: Int64 = 604_800_000
  static let day: Int64 = 86_400_000

  init(
    name: String, start: Int64, horizon: WorkingSpan, usual: WorkingSpan, clock: LocalClock
  ) {
    self.name = name
    self.start = start
    end = start + horizon.length
    self.horizon = horizon
    self.usual = usual
    self.clock = clock
  }

  /// A stretch as it stands on the line of time.
  private struct Place {
    var span: WorkingSpan
    var origin: Int64
    /// Working time since the horizon began; negative before it.
    var worked: Int64
    /// Days on which it opened since the horizon began; negative before it.
    var days: Int64
    var isHorizon: Bool
  }

  private func place(of time: Int64) -> Place {
    if time >= start, time < end { return horizonPlace }
    let edge = time < start ? start : end
    let weeks = Self.floored(time - edge, Self.week)
    return week(weeks, isAfter: time >= end)
  }

  private var horizonPlace: Place {
    Place(span: horizon, origin: start, worked: 0, days: 0, isHorizon: true)
  }

  /// Counted from the horizon's end, or negative ones from its beginning.
  private func week(_ number: Int64, isAfter: Bool) -> Place {
    Place(
      span: usual, origin: (isAfter ? end : start) + number * Self.week,
      worked: (isAfter ? horizon.total : 0) + number * usual.total,
      days: (isAfter ? Int64(horizon.days.count) : 0) + number * Int64(usual.days.count), isHorizon: false)
  }

  func isOpen(_ time: Int64) -> Bool {
    let place = place(of: time)
    return place.span.isOpen(time - place.origin)
  }

  func nextOpen(_ time: Int64) -> Int64? {
    var place = place(of: time)
    var time = time
    // The stretch at hand, the one after it, and, when that was the horizon, a week that has every opening.
    for _ in 0..<3 {
      if let opens = place.span.nextOpen(time - place.origin) { return place.origin + opens }
      time = place.origin + place.span.length
      place = self.place(of: time)
    }
    return nil
  }

  func worked(until time: Int64) -> Int64 {
    let place = place(of: time)
    return place.worked + place.span.worked(until: time - place.origin)
  }

  /// `length` is positive.
  func moment(working length: Int64, after time: Int64) -> Int64 {
    let target = worked(until: time) + length
    if target > 0, target <= horizon.total { return start + horizon.moment(worked: target) }
    guard usual.total > 0 else { return Int64.max }
    let isAfter = target > 0
    let rest = isAfter ? target - horizon.total : target
    // The week in which the last millisecond passes: a week's whole working time is over within it.
    let weeks = Self.floored(rest - 1, usual.total)
    let (distance, overflow) = weeks.multipliedReportingOverflow(by: Self.week)
    guard !overflow, distance < 1 << 62 else { return Int64.max }
    let place = week(weeks, isAfter: isAfter)
    return place.origin + place.span.moment(worked: rest - weeks * usual.total)
  }

  /// `days` is positive.
  func moment(days: Int64, after time: Int64) -> Int64 {
    guard let begins = nextOpen(time), !usual.days.isEmpty else { return Int64.max }
    let place = place(of: begins)
    guard let index = place.span.interval(at: begins - place.origin) else { return Int64.max }
    let today = place.days + Int64(place.span.intervals[index].day)
    let timeOfDay = shows(at: begins) - day(today).midnight
    let target = day(today + days)
    let local = target.midnight + timeOfDay
    let time = target.isHorizon ? clock.time(showing: local) : local - clock.last
    let due = min(max(time, target.opens), day(today + days + 1).opens)
    return nextOpen(due) ?? Int64.max
  }

  /// A day on which it opens, counted from the horizon's first.
  private func day(_ number: Int64) -> (midnight: Int64, opens: Int64, isHorizon: Bool) {
    let count = Int64(horizon.days.count)
    var place = horizonPlace
    if number < 0 || number >= count {
      let isAfter = number >= count
      place = week(
        Self.floored(isAfter ? number - count : number, Int64(usual.days.count)), isAfter: isAfter)
    }
    let day = place.span.days[Int(number - place.days)]
    return (
      place.origin + clock.last + day.number * Self.day, place.origin + day.opens, place.isHorizon
    )
  }

  private func shows(at time: Int64) -> Int64 {
    time >= start && time < end ? clock.shows(at: time) : time + clock.last
  }

  static func floored(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }
}

extension CompiledCalendar: Hashable {
  static func == (a: CompiledCalendar, b: CompiledCalendar) -> Bool {
    a === b
      || a.name == b.name && a.start == b.start && a.horizon == b.horizon && a.usual == b.usual
        && a.clock == b.clock
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(start)
    hasher.combine(horizon.total)
    hasher.combine(usual.total)
  }
}
