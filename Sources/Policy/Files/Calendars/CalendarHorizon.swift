// Owns compiling a calendar to weeks of UTC: the only place where the time zone database is asked.
import Foundation
import ICalendar

/// The years that calendars are compiled for. Fixed, so that the same files give the same policy whenever they are
/// compiled; a release moves them on. Outside of them the usual week goes on, without holidays and changes of the clock.
enum CalendarHorizon {
  /// From a Monday to a Sunday.
  static let firstDay = LocalDate.number(.init(year: 2024, month: 1, day: 1))
  static let weeks = 678
  static var years: ClosedRange<Int> { 2024...2036 }
}

extension PolicyDocument.Calendar {
  /// `draft` has no errors and its defaults are filled.
  ///
  /// An hour that does not exist (clocks go forward) is where the gap ends. Of an hour that there is twice, what begins
  /// then begins the first time and what ends then ends the second: nobody loses working time to a change of the clock.
  init(_ draft: CalendarDraft) {
    let name = draft.zone?.value ?? CalendarsFile.defaultZone
    let zone = ZoneClock(TimeZone(identifier: name) ?? .gmt)
    let holidays = Set(draft.holidays.map(LocalDate.number))
    let lastOffset = zone.offsets.last?.minutes ?? 0
    let firstDay = CalendarHorizon.firstDay
    let start = Int64(firstDay) * 1_440 - lastOffset
    var byWeek: [[(from: Int64, to: Int64)]] = Array(repeating: [], count: CalendarHorizon.weeks)
    for number in firstDay - 1...firstDay + CalendarHorizon.weeks * 7 where !holidays.contains(number) {
      let weekday = LocalDate.weekday(number)
      for frame in draft.frames where frame.days.contains(weekday) {
        let midnight = Int64(number) * 1_440
        let from = zone.utc(midnight + Int64(frame.from), isEnd: false)
        let to = zone.utc(midnight + Int64(frame.to), isEnd: true)
        let week = CompiledCalendar.floored(from - start, 10_080)
        if to > from, week >= 0, week < Int64(byWeek.count) {
          byWeek[Int(week)].append((from - start, to - start))
        }
      }
    }
    var patterns: [[Int32]] = []
    var numbers: [[Int32]: Int32] = [:]
    var weeks: [Int32] = []
    for (week, intervals) in byWeek.enumerated() {
      let pattern = Self.pattern(intervals, from: Int64(week) * 10_080)
      let number = numbers[pattern] ?? Int32(patterns.count)
      if numbers[pattern] == nil {
        numbers[pattern] = number
        patterns.append(pattern)
      }
      weeks.append(number)
    }
    let usual = draft.frames.flatMap { frame in
      frame.days.map { (from: Int64($0 * 1_440 + frame.from), to: Int64($0 * 1_440 + frame.to)) }
    }
    self.init(
      id: draft.id.value, zone: name, start: start, offsets: zone.offsets, patterns: patterns, weeks: weeks,
      usual: Self.pattern(usual, from: 0))
  }

  /// Sorted and disjoint. What two frames share belongs to the one that begins later, so that every beginning stays, and
  /// with it the day on which the calendar opens.
  private static func pattern(_ intervals: [(from: Int64, to: Int64)], from start: Int64) -> [Int32] {
    var disjoint: [(from: Int64, to: Int64)] = []
    for var interval in intervals.sorted(by: { $0 < $1 }) {
      if let last = disjoint.last, interval.from < last.to {
        interval.to = max(interval.to, last.to)
        if last.from == interval.from {
          disjoint.removeLast()
        } else {
          disjoint[disjoint.count - 1].to = interval.from
        }
      }
      disjoint.append(interval)
    }
    return disjoint.flatMap { [Int32(clamping: $0.from - start), Int32(clamping: $0.to - $0.from)] }
  }
}

/// A zone's clock over the horizon, in minutes.
struct ZoneClock {
  let offsets: [PolicyDocument.Offset]

  init(_ zone: TimeZone) {
    let first = Int64(CalendarHorizon.firstDay - 7) * 1_440
    let end = first + Int64(CalendarHorizon.weeks + 2) * 10_080
    func minutes(_ time: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time * 60)))) / 60
    }
    var offsets = [PolicyDocument.Offset(from: first, minutes: minutes(first))]
    var time = first
    while let next = zone.nextDaylightSavingTimeTransition(
      after: Date(timeIntervalSince1970: Double(time * 60))), offsets.count < 200
    {
      time = Int64(next.timeIntervalSince1970 / 60)
      if time >= end { break }
      if let last = offsets.last, last.minutes != minutes(time) {
        offsets.append(.init(from: time, minutes: minutes(time)))
      }
    }
    self.offsets = offsets
  }

  /// When the clock shows `local`.
  func utc(_ local: Int64, isEnd: Bool) -> Int64 {
    // No zone's clock is further than a day from UTC: only the offsets around it can show it.
    let near = index(at: local)
    var found: Int64?
    var gapEnd: Int64?
    for index in max(0, near - 1)...min(offsets.count - 1, near + 1) {
      let offset = offsets[index]
      let time = local - offset.minutes
      let until = index + 1 < offsets.count ? offsets[index + 1].from : .max
      // What ends when the clock changes ends with it.
      if time >= offset.from || index == 0, time < until || (isEnd && time == until) {
        found = found.map { isEnd ? max($0, time) : min($0, time) } ?? time
      }
      if index > 0, local >= offset.from + offsets[index - 1].minutes, local < offset.from + offset.minutes {
        gapEnd = offset.from
      }
    }
    return found ?? gapEnd ?? local
  }

  /// The last offset that began at or before a time.
  private func index(at time: Int64) -> Int {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle].from <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
