// Owns how a suite says when: a time, or how long after the first thing that is given.
import Events

enum Moment {
  static let forms =
    "a time like 2026-03-02T07:12:00Z, or how long after the first that is given, like +4h15m or +6 days"

  /// Where a case begins whose first given says no time: a Monday morning, UTC.
  static let usualStart: Int64 = 1_772_442_000_000

  /// Milliseconds since 1970 of `2026-03-02T07:12:00Z`, of `2026-03-02` (its beginning, UTC), or of what `+4h15m` says
  /// after `origin`; nil for anything else.
  static func parse(_ word: String, origin: Int64) -> Int64? {
    if let time = RFC3339.milliseconds(word) { return time }
    if word.utf8.count == 10, let day = RFC3339.milliseconds(word + "T00:00:00Z") { return day }
    guard word.first == "+", let length = length(word.dropFirst()) else { return nil }
    let (sum, overflow) = origin.addingReportingOverflow(length)
    return overflow || sum > RFC3339.latest ? nil : sum
  }

  /// How long after `origin`: `+4h15m`, `+6 days`; a time before it as it is.
  static func text(_ time: Int64, origin: Int64) -> String {
    guard time >= origin else { return RFC3339.string(time) }
    guard time > origin else { return "+0s" }
    var left = (time - origin)
    var text = "+"
    for (unit, length) in [("d", day), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
      let count = left / length
      left %= length
      if count > 0 { text += "\(count)\(unit)" }
    }
    return text
  }

  private static let day: Int64 = 86_400_000
  private static let units: [String: Int64] = [
    "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": day, "day": day, "days": day,
  ]

  /// Milliseconds of `4h15m`, `1 day 2h`; nil for anything else, and for more than a century.
  private static func length(_ word: Substring) -> Int64? {
    var rest = word
    var sum: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard digits.count <= 12, let number = Int64(digits), let length = units[String(unit)] else {
        return nil
      }
      let (product, overflow) = number.multipliedReportingOverflow(by: length)
      guard !overflow, product <= 36_525 * day else { return nil }
      sum += product
      guard sum <= 36_525 * day else { return nil }
    }
    return word.isEmpty ? nil : sum
  }
}
