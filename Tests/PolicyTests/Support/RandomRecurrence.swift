// Owns a random repetition and what it names day by day: the rule's own words (RFC 5545, 3.3.10), without a library.
import ICalendar

@testable import Policy

/// A rule over days, with the parts that go together.
struct RandomRecurrence {
  enum Frequency: String, CaseIterable {
    case daily = "DAILY", weekly = "WEEKLY", monthly = "MONTHLY", yearly = "YEARLY"
  }

  var frequency: Frequency
  var interval: Int
  var months: [Int] = []
  var monthDays: [Int] = []
  /// The number of a day of the week, 0 for all of them, and 0 for Monday.
  var weekdays: [(number: Int, day: Int)] = []
  var positions: [Int] = []
  var count: Int?
  var until: Int?
  /// The day number of the event.
  var start: Int

  private static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    frequency = random.pick(Frequency.allCases)
    interval = random.once(in: 2) ? 1 : number(1...4)
    start = LocalDate.number(.init(year: 2024, month: 1, day: 1)) + number(-900...900)
    if random.once(in: 2) { months = random.some(Array(1...12), most: 4).sorted() }
    if frequency != .weekly, random.once(in: 2) {
      monthDays = random.some(Array(-31 ... -1) + Array(1...31), most: 4)
    }
    if random.once(in: 2) {
      let numbers = frequency == .monthly ? [-2, -1, 1, 2, 3, 4, 5] : [-1, 1, 2, 3, 10]
      let isNumbered =
        (frequency == .monthly || frequency == .yearly) && monthDays.isEmpty && random.once(in: 2)
      for day in random.some(Array(0..<7), most: 3) {
        weekdays.append((isNumbered ? random.pick(numbers) : 0, day))
      }
    }
    let isSeveral = !weekdays.isEmpty || !monthDays.isEmpty
    let isOfBothEnds = monthDays.contains { $0 < 0 } && monthDays.contains { $0 > 0 }
    if frequency == .monthly || frequency == .yearly, isSeveral, !isOfBothEnds, random.once(in: 4) {
      positions = random.some([-3, -2, -1, 1, 2, 3], most: 2)
    }
    switch number(0...3) {
    case 0: count = number(1...40)
    case 1: until = start + number(0...4_000)
    default: break
    }
  }

  var text: String {
    var parts = ["FREQ=\(frequency.rawValue)"]
    func add(_ name: String, _ values: [String]) {
      if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
    }
    if interval > 1 { add("INTERVAL", ["\(interval)"]) }
    add("BYMONTH", months.map(String.init))
    add("BYMONTHDAY", monthDays.map(String.init))
    add("BYDAY", weekdays.map { ($0.number == 0 ? "" : "\($0.number)") + Self.names[$0.day] })
    add("BYSETPOS", positions.map(String.init))
    if let count { add("COUNT", ["\(count)"]) }
    if let until { add("UNTIL", [Self.text(until)]) }
    return parts.joined(separator: ";")
  }

  static func text(_ number: Int) -> String {
    let day = LocalDate.day(number)
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day.year)\(padded(day.month))\(padded(day.day))"
  }

  /// The days until the end of a year, the event's own first.
  func days(through year: Int) -> [Int] {
    let last = LocalDate.number(.init(year: year, month: 12, day: 31))
    var found: [Int] = []
    var period: [Int] = []
    func close() {
      let chosen = period.indices.filter { index in
        positions.isEmpty || positions.contains(index + 1) || positions.contains(index - period.count)
      }
      found += chosen.map { period[$0] }.filter { $0 >= start }
      period = []
    }
    // From the beginning of the first year, so that the first period is whole.
    var number = LocalDate.number(.init(year: LocalDate.day(start).year, month: 1, day: 1)) - 7
    var current: Int?
    while number <= last + 31 {
      let key = periodKey(number)
      if key != current { close() }
      current = key
      if matches(number) { period.append(number) }
      number += 1
    }
    close()
    if found.first != start { found.insert(start, at: 0) }
    return found.prefix(count ?? .max).filter { $0 <= min(last, until ?? .max) }
  }

  private func periodKey(_ number: Int) -> Int {
    let day = LocalDate.day(number)
    return switch frequency {
    case .daily: number
    case .weekly: number - LocalDate.weekday(number)
    case .monthly: day.year * 12 + day.month
    case .yearly: day.year
    }
  }

  private func matches(_ number: Int) -> Bool {
    let (day, first) = (LocalDate.day(number), LocalDate.day(start))
    let length = Self.length(of: day)
    let distance =
      switch frequency {
      case .daily: number - start
      case .weekly: (periodKey(number) - periodKey(start)) / 7
      case .monthly, .yearly: periodKey(number) - periodKey(start)
      }
    guard distance % interval == 0 else { return false }
    guard months.isEmpty || months.contains(day.month) else { return false }
    guard
      monthDays.isEmpty || monthDays.contains(day.day) || monthDays.contains(day.day - length - 1)
    else { return false }
    guard weekdays.isEmpty || weekdays.contains(where: { isNamed(number, day, length, by: $0) }) else {
      return false
    }
    // What a rule leaves open is as on the first day.
    switch frequency {
    case .daily: return true
    case .weekly: return !weekdays.isEmpty || LocalDate.weekday(number) == LocalDate.weekday(start)
    case .monthly: return !weekdays.isEmpty || !monthDays.isEmpty || day.day == first.day
    case .yearly:
      if !weekdays.isEmpty { return true }
      if !monthDays.isEmpty { return true }
      return day.day == first.day && (!months.isEmpty || day.month == first.month)
    }
  }

  private func isNamed(
    _ number: Int, _ day: HolidayFile.Day, _ length: Int, by weekday: (number: Int, day: Int)
  ) -> Bool {
    guard LocalDate.weekday(number) == weekday.day else { return false }
    if weekday.number == 0 { return true }
    // Counted in the month, or in the year when no month is named.
    let isOfYear = frequency == .yearly && months.isEmpty
    let ofYear = number - LocalDate.number(.init(year: day.year, month: 1, day: 1))
    let yearLength =
      LocalDate.number(.init(year: day.year + 1, month: 1, day: 1)) - number + ofYear
    let (before, all) = isOfYear ? (ofYear, yearLength) : (day.day - 1, length)
    return weekday.number > 0
      ? before / 7 + 1 == weekday.number : (all - 1 - before) / 7 + 1 == -weekday.number
  }

  private static func length(of day: HolidayFile.Day) -> Int {
    let next =
      day.month == 12
      ? HolidayFile.Day(year: day.year + 1, month: 1, day: 1)
      : HolidayFile.Day(year: day.year, month: day.month + 1, day: 1)
    return LocalDate.number(next) - LocalDate.number(.init(year: day.year, month: day.month, day: 1))
  }
}
