// Owns the demo's calendar: one week of March 2026, Paris time, as milliseconds since 1970.
import Events

/// The week that is played: Monday 2 to Sunday 8 March 2026. All sites keep the same time, UTC+1 that week.
enum WeekTime {
  static let second: Int64 = 1000
  static let minute: Int64 = 60 * second
  static let hour: Int64 = 60 * minute
  static let day: Int64 = 24 * hour

  /// Monday 00:00 in Paris: 2026-03-01T23:00:00Z.
  static let start: Int64 = 1_772_406_000_000
  /// The Monday after.
  static let end = start + 7 * day
  /// What Paris is ahead of UTC.
  static let offset = hour

  /// The moment of a day (0 is Monday; others may be outside of the week) and minute of that day.
  static func at(day: Int, minute: Int) -> Int64 {
    start + Int64(day) * self.day + Int64(minute) * self.minute
  }

  /// 0 for Monday … 6 for Sunday; weekdays go round outside of the week.
  static func weekday(_ time: Int64) -> Int {
    let days = Int((time - start) / day) - (time < start && (time - start) % day != 0 ? 1 : 0)
    return ((days % 7) + 7) % 7
  }

  /// Minutes since midnight in Paris.
  static func minuteOfDay(_ time: Int64) -> Int {
    let rest = (time - start) % day
    return Int((rest < 0 ? rest + day : rest) / minute)
  }

  static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// `Tue 09:12`
  static func label(_ time: Int64) -> String {
    let minutes = minuteOfDay(time)
    return "\(weekdays[weekday(time)]) \(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
  }

  static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

  /// How systems write times: most in UTC, some with their own offset.
  enum Zone: Sendable { case utc, paris }

  /// RFC 3339, `2026-03-03T08:12:41.000Z` or the same moment as `2026-03-03T09:12:41.000+01:00`.
  static func text(_ time: Int64, _ zone: Zone) -> String {
    var bytes = [UInt8](repeating: 0, count: RFC3339.length)
    bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      RFC3339.write(zone == .utc ? time : time + offset, to: start)
    }
    if zone == .paris { bytes.replaceSubrange((bytes.count - 1)..., with: Array("+01:00".utf8)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
