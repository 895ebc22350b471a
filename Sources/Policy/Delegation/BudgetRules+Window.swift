// Owns which days a budget's window holds: the day of a moment, where the window begins, when a day has left it.
//
//   a day d counts at a time t, if it is not after that of t:   windowFirstDay(at: t) <= d   ⇔   t < leavesWindow(day: d)
import ICalendar

extension BudgetRules {
  /// The day of a moment by the budget's clock, counted from 1970-01-01.
  public func day(at time: Int64) -> Int32 {
    let local = clock.shows(at: Self.bounded(time))
    return Int32(truncatingIfNeeded: local / Self.dayLength - (local % Self.dayLength < 0 ? 1 : 0))
  }

  /// When a day begins: the first moment whose day it is, or a later one where the zone left that day out.
  public func time(ofDay day: Int32) -> Int64 { time(ofDay: Int64(day)) }

  /// The first day that counts at a moment.
  public func windowFirstDay(at time: Int64) -> Int32 {
    Int32(truncatingIfNeeded: firstDay(ofWindowOf: Int64(day(at: time))))
  }

  /// When what was booked on a day is room again.
  public func leavesWindow(day: Int32) -> Int64 {
    let day = Int64(day)
    let next: Int64
    switch window {
    case .sliding(let days): next = day + Self.bounded(days)
    case .day: next = day + 1
    case .week: next = day - Int64(LocalDate.weekday(Int(day))) + 7
    case .month: next = Self.firstOfMonth(day, months: 1, ahead: 1)
    case .quarter: next = Self.firstOfMonth(day, months: 3, ahead: 3)
    case .year: next = Self.firstOfMonth(day, months: 12, ahead: 12)
    }
    return time(ofDay: next)
  }

  private func firstDay(ofWindowOf day: Int64) -> Int64 {
    switch window {
    case .sliding(let days): day - Self.bounded(days) + 1
    case .day: day
    case .week: day - Int64(LocalDate.weekday(Int(day)))
    case .month: Self.firstOfMonth(day, months: 1, ahead: 0)
    case .quarter: Self.firstOfMonth(day, months: 3, ahead: 0)
    case .year: Self.firstOfMonth(day, months: 12, ahead: 0)
    }
  }

  private func time(ofDay day: Int64) -> Int64 {
    let midnight = day * Self.dayLength
    // Where the clock goes back at midnight it stands still there: the day begins when it begins to.
    return min(clock.time(showing: midnight), clock.time(showing: midnight - 1) + 1)
  }

  /// The first day of the period of so many months that holds `day`, or of one so many months later.
  private static func firstOfMonth(_ day: Int64, months: Int, ahead: Int) -> Int64 {
    var date = LocalDate.day(Int(day))
    let month = (date.month - 1) / months * months + ahead
    date.year += month / 12
    date.month = month % 12 + 1
    date.day = 1
    return Int64(LocalDate.number(date))
  }

  private static let dayLength: Int64 = 86_400_000

  /// Thousands of years either way: no sum of what follows overflows, and every day fits in 32 bits.
  private static func bounded(_ time: Int64) -> Int64 { min(max(time, -longest), longest) }
  private static let longest: Int64 = 1_000_000 * dayLength

  private static func bounded(_ days: Int) -> Int64 {
    Int64(min(max(days, 1), PolicyDocument.Delegation.Budget.longestWindow))
  }
}

extension PolicyDocument.Delegation.Budget.Window {
  /// As people read it.
  public var words: String {
    switch self {
    case .sliding(let days): days == 1 ? "a day" : "\(days) days"
    case .day: "a calendar day"
    case .week: "a calendar week"
    case .month: "a calendar month"
    case .quarter: "a calendar quarter"
    case .year: "a calendar year"
    }
  }
}
