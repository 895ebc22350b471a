// Owns what days a repetition names, through libical, in bounded time.
import CLibICal

/// When an event begins again, by the clock of its beginning.
struct Recurrence {
  /// Seconds that the clock shows, ascending.
  private(set) var starts: [Int64] = []
  /// It has beginnings after the years that were asked for.
  private(set) var goesOn = false
  /// Its first beginning is not the event's.
  private(set) var isAskew = false

  enum Mistake: Error {
    case unreadable, tooOften, numberedDay, mixedDays, never, untilBeforeStart, tooMuch
  }

  /// What reading one file may still cost, in periods that libical looks at.
  struct Effort {
    var left = 2_000_000

    mutating func spend(_ periods: Int) throws(Mistake) {
      left -= periods
      if left < 0 { throw .tooMuch }
    }
  }

  /// Beginnings of one event.
  private static let most = 20_000
  /// Beyond the last year, to see whether it goes on.
  private static let yearsOnTop = 12

  /// Reads and expands a rule (RRULE, EXRULE) until the end of `lastYear`. The event's own beginning counts as the
  /// first one, as RFC 5545 has it. `clock` is that of the beginning; nil for none.
  init(
    _ line: ContentLine, from start: WrittenTime, clock: ZoneClock?, lastYear: Int, _ effort: inout Effort
  ) throws(Mistake) {
    var left = effort
    let result: Result<Recurrence, Mistake>? = PropertyValue.read(line, as: "RRULE") { property in
      do throws(Mistake) {
        return .success(
          try Self.expanded(icalproperty_get_rrule(property), start, clock, lastYear: lastYear, &left))
      } catch {
        return .failure(error)
      }
    }
    effort = left
    guard let result else { throw .unreadable }
    self = try result.get()
  }

  private init() {}

  private static func expanded(
    _ written: icalrecurrencetype, _ start: WrittenTime, _ clock: ZoneClock?, lastYear: Int,
    _ effort: inout Effort
  ) throws(Mistake) -> Recurrence {
    var rule = written
    guard [ICAL_DAILY_RECURRENCE, .weekly, .monthly, .yearly].contains(rule.freq) else { throw .tooOften }
    if start.isDay {
      // Of whole days they mean nothing.
      rule.by_hour.0 = RuleDays.none
      rule.by_minute.0 = RuleDays.none
      rule.by_second.0 = RuleDays.none
    }
    let days = try RuleDays(&rule, start)
    let until = try Until(rule.until, clock)
    if let until, !until.admits(start.local) { throw .untilBeforeStart }
    let last = Int64(LocalDate.number(.init(year: lastYear + 1, month: 1, day: 1))) * LocalTime.day
    guard start.local < last else {
      var found = Recurrence()
      (found.starts, found.goesOn) = ([start.local], true)
      return found
    }
    let top = Int64(LocalDate.number(.init(year: lastYear + 1 + yearsOnTop, month: 1, day: 1)))
    try effort.spend(periods(Int(top) - start.day, rule.freq))
    let bound = min(until.map { $0.local + 2 * LocalTime.day } ?? .max, top * LocalTime.day)
    rule.until = LocalTime.libical(bound, isDay: start.isDay)
    return try walk(rule, start, days, until, last: last, &effort)
  }

  private static func walk(
    _ rule: icalrecurrencetype, _ start: WrittenTime, _ days: RuleDays, _ until: Until?, last: Int64,
    _ effort: inout Effort
  ) throws(Mistake) -> Recurrence {
    var found = Recurrence()
    var rule = rule
    let count = rule.count > 0 ? Int(rule.count) : Int.max
    rule.count = 0
    // What went wrong earlier on this thread would end libical's search.
    icalerror_clear_errno()
    guard let iterator = icalrecur_iterator_new(rule, LocalTime.libical(days.first, isDay: start.isDay))
    else { throw .never }
    defer { icalrecur_iterator_free(iterator) }
    var isFirst = true
    while found.starts.count < count {
      let next = icalrecur_iterator_next(iterator)
      guard icaltime_is_null_time(next) == 0, let local = LocalTime.seconds(next) else { break }
      try effort.spend(1)
      guard local >= start.local, days.admit(local) else { continue }
      if isFirst, local != start.local {
        found.isAskew = true
        found.starts.append(start.local)
      }
      isFirst = false
      if found.starts.count >= count { break }
      if let until, !until.admits(local) { break }
      if local >= last {
        found.goesOn = true
        break
      }
      found.starts.append(local)
      if found.starts.count > most { throw .tooMuch }
    }
    if isFirst { throw .never }
    return found
  }

  private static func periods(_ days: Int, _ frequency: icalrecurrencetype_frequency) -> Int {
    switch frequency {
    case .weekly: days / 7
    case .monthly: days / 15
    case .yearly: days / 180
    default: days
    }
  }
}

extension icalrecurrencetype_frequency {
  static var weekly: Self { ICAL_WEEKLY_RECURRENCE }
  static var monthly: Self { ICAL_MONTHLY_RECURRENCE }
  static var yearly: Self { ICAL_YEARLY_RECURRENCE }
}

/// The end of a repetition, which is part of it. A day admits all that begins on it.
private struct Until {
  var local: Int64
  private var isDay: Bool
  private var clock: ZoneClock?

  /// Nil when the rule has none.
  init?(_ time: icaltimetype, _ clock: ZoneClock?) throws(Recurrence.Mistake) {
    guard icaltime_is_null_time(time) == 0 else { return nil }
    guard let written = PropertyValue.time(time, zone: nil) else { throw .unreadable }
    (local, isDay) = (written.local, written.isDay)
    self.clock = written.isUTC ? clock : nil
  }

  func admits(_ start: Int64) -> Bool {
    if isDay { return LocalTime.floored(start, LocalTime.day) * LocalTime.day <= local }
    guard let clock else { return start <= local }
    return clock.seconds(start, isEnd: false) <= local
  }
}

extension ZoneClock {
  /// When it shows `local`, both in seconds.
  func seconds(_ local: Int64, isEnd: Bool) -> Int64 {
    let minute = LocalTime.floored(local, 60)
    return utc(minute, isEnd: isEnd) * 60 + local - minute * 60
  }
}
