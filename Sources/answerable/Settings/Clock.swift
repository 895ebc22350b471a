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
