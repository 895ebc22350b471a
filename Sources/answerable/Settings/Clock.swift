// Owns how times read in a terminal: UTC, as short as the place allows.
import Events

enum Clock {
  /// `2026-03-02T09:30:00.000Z`
  static func full(_ milliseconds: Int64) -> String { RFC3339.string(milliseconds) }

  /// `2026-03-02 09:30`
  static func minute(_ milliseconds: Int64) -> String {
    String(RFC3339.string(milliseconds).prefix(16)).replacing("T", with: " ")
  }

  /// `09:30:00`
  static func second(_ milliseconds: Int64) -> String {
    String(RFC3339.string(milliseconds).dropFirst(11).prefix(8))
  }

  /// `Mon 2 Mar 07:12`
  static func day(_ milliseconds: Int64) -> String {
    let text = RFC3339.string(milliseconds)
    return "\(weekday(milliseconds)) \(dayOfMonth(text)) \(text.dropFirst(11).prefix(5))"
  }

  /// As short as it can be told from `now`: `09:42`, `Thu 09:42` within six days, `12 Mar 09:42` within the year, else
  /// with the year.
  static func short(_ milliseconds: Int64, from now: Int64) -> String {
    let text = RFC3339.string(milliseconds)
    let time = text.dropFirst(11).prefix(5)
    if text.prefix(10) == RFC3339.string(now).prefix(10) { return String(time) }
    if milliseconds > now, milliseconds - now < 6 * dayLength { return "\(weekday(milliseconds)) \(time)" }
    if text.prefix(4) == RFC3339.string(now).prefix(4) { return "\(dayOfMonth(text)) \(time)" }
    return minute(milliseconds)
  }

  private static let dayLength: Int64 = 86_400_000
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func weekday(_ milliseconds: Int64) -> String {
    // 1970 began on a Thursday.
    let day = (milliseconds / dayLength) % 7
    return ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(max(0, day))]
  }

  /// `2 Mar` of `2026-03-02T…`.
  private static func dayOfMonth(_ text: String) -> String {
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let name = months.indices.contains(month - 1) ? months[month - 1] : ""
    return "\(Int(text.dropFirst(8).prefix(2)) ?? 0) \(name)"
  }

  /// `12,408`
  static func grouped(_ number: Int64) -> String {
    var digits = String(number.magnitude)
    var text = ""
    while digits.count > 3 {
      text = "," + digits.suffix(3) + text
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + digits + text
  }
}
