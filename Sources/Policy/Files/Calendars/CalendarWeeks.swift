// Owns compiling a calendar to weeks of UTC: its frames, without what holidays close.
import Foundation
import ICalendar

extension PolicyDocument.Calendar {
  private static let week: Int64 = 10_080

  /// `draft` has no errors and its defaults are filled.
  ///
  /// An hour that does not exist (clocks go forward) is where the gap ends. Of an hour that there is twice, what begins
  /// then begins the first time and what ends then ends the second: nobody loses working time to a change of the clock.
  /// On the days of holidays nothing begins; their hours are taken out of what has begun.
  init(_ draft: CalendarDraft) {
    let name = draft.zone?.value ?? CalendarsFile.defaultZone
    let clock = CalendarHorizon.clock(TimeZone(identifier: name) ?? .gmt)
    let lastOffset = clock.offsets.last?.minutes ?? 0
    let start = Int64(CalendarHorizon.firstDay) * 1_440 - lastOffset
    let closed = draft.holidays.closures.map { closure in
      OpenFrame(
        from: (closure.isUTC ? closure.from : clock.utc(closure.from, isEnd: false)) - start,
        to: (closure.isUTC ? closure.to : clock.utc(closure.to, isEnd: true)) - start)
    }
    let frames = OpenFrame.without(
      closed.sorted { $0.from < $1.from }, OpenFrame.disjoint(Self.frames(draft, clock, start: start)))
    var byWeek: [[OpenFrame]] = Array(repeating: [], count: CalendarHorizon.weeks)
    var continued: [Int64] = []
    for frame in frames {
      let week = CompiledCalendar.floored(frame.from, Self.week)
      guard week >= 0, week < Int64(byWeek.count) else { continue }
      byWeek[Int(week)].append(frame)
      if frame.isContinued { continued.append(frame.from) }
    }
    var patterns: [[Int32]] = []
    var numbers: [[Int32]: Int32] = [:]
    var weeks: [Int32] = []
    for (week, frames) in byWeek.enumerated() {
      let pattern = Self.pattern(frames, from: Int64(week) * Self.week)
      let number = numbers[pattern] ?? Int32(patterns.count)
      if numbers[pattern] == nil {
        numbers[pattern] = number
        patterns.append(pattern)
      }
      weeks.append(number)
    }
    self.init(
      id: draft.id.value, zone: name, start: start,
      offsets: clock.offsets.map { .init(from: $0.from, minutes: $0.minutes) }, patterns: patterns,
      weeks: weeks,
      usual: Self.usual(draft), continued: continued.isEmpty ? nil : continued)
  }

  /// Those of days that are no holidays.
  private static func frames(_ draft: CalendarDraft, _ clock: ZoneClock, start: Int64) -> [OpenFrame] {
    let holidays = Set(draft.holidays.days.map(LocalDate.number))
    let firstDay = CalendarHorizon.firstDay
    var frames: [OpenFrame] = []
    for number in firstDay - 1...firstDay + CalendarHorizon.weeks * 7 where !holidays.contains(number) {
      let weekday = LocalDate.weekday(number)
      for frame in draft.frames where frame.days.contains(weekday) {
        let midnight = Int64(number) * 1_440
        let from = clock.utc(midnight + Int64(frame.from), isEnd: false)
        let to = clock.utc(midnight + Int64(frame.to), isEnd: true)
        if to > from { frames.append(OpenFrame(from: from - start, to: to - start)) }
      }
    }
    return frames
  }

  /// A week among others like it.
  private static func usual(_ draft: CalendarDraft) -> [Int32] {
    var frames: [OpenFrame] = []
    for week in Int64(-1)...1 {
      for frame in draft.frames {
        for day in frame.days {
          let midnight = week * Self.week + Int64(day) * 1_440
          frames.append(OpenFrame(from: midnight + Int64(frame.from), to: midnight + Int64(frame.to)))
        }
      }
    }
    return pattern(OpenFrame.disjoint(frames).filter { (0..<Self.week).contains($0.from) }, from: 0)
  }

  private static func pattern(_ frames: [OpenFrame], from start: Int64) -> [Int32] {
    frames.flatMap { [Int32(clamping: $0.from - start), Int32(clamping: $0.to - $0.from)] }
  }
}

extension ZoneClock {
  /// As a policy's document holds them.
  var documentOffsets: [PolicyDocument.Offset] {
    offsets.map { PolicyDocument.Offset(from: $0.from, minutes: $0.minutes) }
  }
}

/// Minutes from the horizon's beginning.
private struct OpenFrame {
  var from: Int64
  var to: Int64
  /// What is left of a frame after hours that were taken out of it.
  var isContinued = false

  /// Sorted and disjoint. What two frames share belongs to the one that begins later, so that every beginning stays, and
  /// with it the day on which the calendar opens.
  static func disjoint(_ frames: [OpenFrame]) -> [OpenFrame] {
    var disjoint: [OpenFrame] = []
    for var frame in frames.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let last = disjoint.last, frame.from < last.to {
        frame.to = max(frame.to, last.to)
        if last.from == frame.from {
          disjoint.removeLast()
        } else {
          disjoint[disjoint.count - 1].to = frame.from
        }
      }
      disjoint.append(frame)
    }
    return disjoint
  }

  /// Both are sorted; frames are disjoint. What is left of a frame whose beginning is closed begins later.
  static func without(_ closed: [OpenFrame], _ frames: [OpenFrame]) -> [OpenFrame] {
    if closed.isEmpty { return frames }
    var left: [OpenFrame] = []
    var first = 0
    let longest = closed.map { $0.to - $0.from }.max() ?? 0
    for frame in frames {
      while first < closed.count, closed[first].from + longest <= frame.from { first += 1 }
      var rest = frame
      for closure in closed[first...] {
        if closure.from >= rest.to { break }
        if closure.to <= rest.from { continue }
        if closure.from > rest.from {
          left.append(OpenFrame(from: rest.from, to: closure.from, isContinued: rest.isContinued))
          rest.isContinued = true
        }
        rest.from = closure.to
        if rest.from >= rest.to { break }
      }
      if rest.from < rest.to { left.append(rest) }
    }
    return left
  }
}
