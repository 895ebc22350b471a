// Owns what calendars are compiled for, and the only place where the time zone database is asked.
import Foundation
import ICalendar

/// The years that calendars are compiled for. Fixed, so that the same files give the same policy whenever they are
/// compiled; a release moves them on. Outside of them the usual week goes on, without holidays and changes of the clock.
enum CalendarHorizon {
  /// From a Monday to a Sunday.
  static let firstDay = LocalDate.number(.init(year: 2024, month: 1, day: 1))
  static let weeks = 678
  static var years: ClosedRange<Int> { 2024...2036 }

  /// A zone's clock over the horizon; nil for a name that the database does not have.
  static func clock(_ name: String) -> ZoneClock? {
    guard CalendarsFile.zones.contains(name) else { return nil }
    return TimeZone(identifier: name).map(clock)
  }

  static func clock(_ zone: TimeZone) -> ZoneClock {
    let first = Int64(firstDay - 7) * 1_440
    let end = first + Int64(weeks + 2) * 10_080
    func minutes(_ time: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time * 60)))) / 60
    }
    let before = ZoneClock.Offset(from: first, minutes: minutes(first))
    var changes: [ZoneClock.Offset] = []
    var time = first
    while let next = zone.nextDaylightSavingTimeTransition(
      after: Date(timeIntervalSince1970: Double(time * 60))), changes.count < 200
    {
      time = Int64(next.timeIntervalSince1970 / 60)
      if time >= end { break }
      if (changes.last ?? before).minutes != minutes(time) {
        changes.append(.init(from: time, minutes: minutes(time)))
      }
    }
    return ZoneClock(before, changes)
  }
}
