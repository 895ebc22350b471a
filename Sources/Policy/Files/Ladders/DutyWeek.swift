// Owns the hours of a usual week in which somebody is on duty, and how hours of a week read.

/// A week of minutes in UTC, from Monday 00:00; the week repeats.
struct DutyWeek: Hashable {
  static let minutes = 10_080
  private var words: [UInt64]

  private init(_ word: UInt64) { words = Array(repeating: word, count: (Self.minutes + 63) / 64) }

  static let never = DutyWeek(0)
  static let always = {
    var week = DutyWeek(0)
    week.insert(from: 0, length: minutes)
    return week
  }()

  /// The usual week of a calendar, in the last offset of its zone.
  init(_ calendar: PolicyDocument.Calendar) {
    self.init(0)
    for index in stride(from: 0, to: calendar.usual.count - 1, by: 2) {
      let begins = (calendar.start % Int64(Self.minutes)) + Int64(calendar.usual[index])
      insert(from: Self.sinceMonday(begins), length: Int(calendar.usual[index + 1]))
    }
  }

  /// The minute of the week of a time in minutes since 1970, which began on a Thursday.
  private static func sinceMonday(_ time: Int64) -> Int {
    let minute = (time - 4 * 1_440) % Int64(minutes)
    return Int(minute < 0 ? minute + Int64(minutes) : minute)
  }

  private mutating func insert(from: Int, length: Int) {
    for minute in from..<from + max(0, min(length, Self.minutes)) {
      let at = minute % Self.minutes
      words[at / 64] |= 1 << UInt64(at % 64)
    }
  }

  func contains(_ minute: Int) -> Bool { words[minute / 64] >> UInt64(minute % 64) & 1 == 1 }
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  mutating func formUnion(_ other: DutyWeek) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  func subtracting(_ other: DutyWeek) -> DutyWeek {
    var week = self
    for index in words.indices { week.words[index] &= ~other.words[index] }
    return week
  }
}

// MARK: As text

extension DutyWeek {
  /// `Sundays 22:00–06:00`, `Mondays to Fridays 07:00–09:00 and 18:00–22:00, Saturdays 07:00–22:00`; by clocks that are
  /// `offset` minutes ahead of UTC. At most `limit` groups of days, and how many more there are.
  func text(offset: Int, limit: Int = 4) -> String {
    let ranges = ranges(offset: offset)
    if ranges.first?.length == Self.minutes { return "at any time" }
    // The same hours of several days are said once, then the same days of several hours.
    var byHours: [(hours: String, days: [Int])] = []
    for range in ranges {
      let hours = Self.hours(range)
      let day = range.from / 1_440
      if let index = byHours.firstIndex(where: { $0.hours == hours }) {
        byHours[index].days.append(day)
      } else {
        byHours.append((hours, [day]))
      }
    }
    var byDays: [(days: [Int], hours: [String])] = []
    for (hours, days) in byHours {
      if let index = byDays.firstIndex(where: { $0.days == days }) {
        byDays[index].hours.append(hours)
      } else {
        byDays.append((days, [hours]))
      }
    }
    var texts = byDays.prefix(limit).map { "\(Self.days($0.days)) \(Suggestion.list($0.hours))" }
    if byDays.count > limit { texts.append("and at \(byDays.count - limit) more times") }
    return texts.joined(separator: ", ")
  }

  /// In local minutes of the week, in order; one that goes over the week's end stands at its beginning.
  private func ranges(offset: Int) -> [(from: Int, length: Int)] {
    func isIn(_ local: Int) -> Bool {
      contains(((local - offset) % Self.minutes + Self.minutes) % Self.minutes)
    }
    guard let out = (0..<Self.minutes).first(where: { !isIn($0) }) else { return [(0, Self.minutes)] }
    var ranges: [(from: Int, length: Int)] = []
    var length = 0
    // From a minute that is out, once around, to that minute again.
    for minute in out + 1...out + Self.minutes {
      if isIn(minute % Self.minutes) {
        length += 1
      } else if length > 0 {
        ranges.append(((minute - length) % Self.minutes, length))
        length = 0
      }
    }
    return ranges.sorted { $0.from < $1.from }
  }

  private static let dayNames = [
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
  ]

  /// The day on which it begins stands before it.
  private static func hours(_ range: (from: Int, length: Int)) -> String {
    let begins = range.from % 1_440
    let end = begins + range.length
    // Over midnight by less than half a day it is one night.
    if end <= 1_440 || range.length <= 720 {
      return "\(clock(begins))–\(clock(end > 1_440 ? end - 1_440 : end))"
    }
    let last = range.from + range.length
    let day = (last / 1_440) % 7
    return last % 1_440 == 0
      ? "\(clock(begins)) to \(dayNames[(day + 6) % 7]) 24:00"
      : "\(clock(begins)) to \(dayNames[day]) \(clock(last % 1_440))"
  }

  private static func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  /// `days` ascend.
  private static func days(_ days: [Int]) -> String {
    if days.count == 7 { return "every day" }
    if days.count > 2, days[days.count - 1] - days[0] == days.count - 1 {
      return "\(dayNames[days[0]]) to \(dayNames[days[days.count - 1]])"
    }
    return Suggestion.list(days.map { dayNames[$0] })
  }
}
