// Owns the days of a repetition that libical 3 reads otherwise than RFC 5545: how it is asked instead.
import CLibICal

/// What is left to look at of a rule's days once it was rewritten for libical.
///
/// - FREQ=DAILY: days counted from a month's end are not found; days of the month are looked at here.
/// - FREQ=WEEKLY from a day that the rule does not name: its first week can be the one before; it begins with a day that
///   is named, and what is before the event is left out.
/// - FREQ=YEARLY with days of the month and no month: all months are meant, not the event's.
struct RuleDays {
  /// Where libical begins, in seconds of the clock.
  private(set) var first: Int64
  /// Of FREQ=DAILY; empty for all.
  private var monthDays: [Int16] = []

  /// What stands at the end of libical's lists.
  static let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)

  init(_ rule: inout icalrecurrencetype, _ start: WrittenTime) throws(Recurrence.Mistake) {
    first = start.local
    let weekdays = withUnsafeBytes(of: rule.by_day, Self.list)
    let days = withUnsafeBytes(of: rule.by_month_day, Self.list)
    let isByWeek = rule.freq == .weekly || rule.freq == ICAL_DAILY_RECURRENCE
    if isByWeek, weekdays.contains(where: { icalrecurrencetype_day_position($0) != 0 }) { throw .numberedDay }
    if rule.by_set_pos.0 != Self.none, days.contains(where: { $0 < 0 }), days.contains(where: { $0 > 0 }) {
      throw .mixedDays
    }
    if rule.freq == ICAL_DAILY_RECURRENCE {
      monthDays = days
      rule.by_month_day.0 = Self.none
    } else if rule.freq == .weekly, !weekdays.isEmpty {
      let named = Set(weekdays.map { Self.weekday(icalrecurrencetype_day_day_of_week($0)) })
      let begins = Self.weekday(rule.week_start)
      let monday = start.day - (LocalDate.weekday(start.day) - begins + 7) % 7
      if let day = (monday..<monday + 7).first(where: { named.contains(LocalDate.weekday($0)) }) {
        first += Int64(day - start.day) * LocalTime.day
      }
    } else if rule.freq == .yearly, !days.isEmpty, rule.by_month.0 == Self.none {
      withUnsafeMutableBytes(of: &rule.by_month) { bytes in
        let months = bytes.bindMemory(to: Int16.self)
        for month in 0..<12 { months[month] = Int16(month + 1) }
        months[12] = Self.none
      }
    }
  }

  func admit(_ local: Int64) -> Bool {
    if monthDays.isEmpty { return true }
    let number = Int(LocalTime.floored(local, LocalTime.day))
    let day = LocalDate.day(number)
    let next = HolidayFile.Day(year: day.year + day.month / 12, month: day.month % 12 + 1, day: 1)
    let fromEnd = number - LocalDate.number(next)
    return monthDays.contains { Int($0) == day.day || Int($0) == fromEnd }
  }

  private static func list(_ bytes: UnsafeRawBufferPointer) -> [Int16] {
    Array(bytes.bindMemory(to: Int16.self).prefix { $0 != none })
  }

  /// 0 is Monday.
  private static func weekday(_ day: icalrecurrencetype_weekday) -> Int { (Int(day.rawValue) + 5) % 7 }
}
