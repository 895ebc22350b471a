// Owns times on the wire: RFC 3339 text to milliseconds since 1970 and back, strict and without allocation.

/// RFC 3339 §5.6 `date-time`. Read: any offset, any fraction of up to 9 digits (cut to milliseconds), the
/// years 1970–9999 in UTC. A leap second is accepted where one can be, at 23:59:60 UTC on the last day of a
/// month, and read as the last millisecond of 23:59:59: the count since 1970 has no place for it and no event
/// may change its day. Written: always UTC, always milliseconds.
public enum RFC3339 {
  /// The length of what `write` writes.
  public static var length: Int { 24 }
  /// 9999-12-31T23:59:59.999Z.
  public static var latest: Int64 { 253_402_300_799_999 }

  /// Milliseconds since 1970; nil when the text is anything but a valid time.
  public static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard text.count >= 20, text.count <= 35, let start = text.baseAddress else { return nil }
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    guard let year = digits(bytes, 0, 4), let month = digits(bytes, 5, 2), let day = digits(bytes, 8, 2),
      let hour = digits(bytes, 11, 2), let minute = digits(bytes, 14, 2), let second = digits(bytes, 17, 2),
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] | 0x20 == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      month &- 1 < 12, month > 0, day > 0, day <= daysIn(month, year), hour < 24, minute < 60, second <= 60
    else { return nil }
    var at = 19
    var fraction: Int64 = 0
    if bytes[at] == UInt8(ascii: ".") {
      at &+= 1
      var scale: Int64 = 100
      let first = at
      while at < text.count, bytes[at] &- 0x30 < 10 {
        fraction &+= Int64(bytes[at] &- 0x30) &* scale
        scale /= 10
        at &+= 1
      }
      guard at > first, at &- first <= 9 else { return nil }
    }
    guard at < text.count, let offset = offsetMinutes(bytes, at, text.count) else { return nil }
    let days = daysSince1970(year, month, day)
    let minutes = (days &* 24 &+ hour) &* 60 &+ minute &- offset
    if second == 60 {
      guard let end = endOfMonth(minutes) else { return nil }
      return end >= 0 && end <= latest ? end : nil
    }
    let result = (minutes &* 60 &+ second) &* 1000 &+ fraction
    return result >= 0 && result <= latest ? result : nil
  }

  /// The minutes east of UTC of `Z`, `z` or `±hh:mm` that ends the text.
  @inline(__always)
  private static func offsetMinutes(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ count: Int) -> Int64? {
    if bytes[at] | 0x20 == UInt8(ascii: "z") { return at &+ 1 == count ? 0 : nil }
    guard at &+ 6 == count, let hours = digits(bytes, at &+ 1, 2), let minutes = digits(bytes, at &+ 4, 2),
      bytes[at &+ 3] == UInt8(ascii: ":"), hours < 24, minutes < 60
    else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "+"): return hours &* 60 &+ minutes
    case UInt8(ascii: "-"): return -(hours &* 60 &+ minutes)
    default: return nil
    }
  }

  @inline(__always)
  private static func digits(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ count: Int) -> Int64? {
    var value: Int64 = 0
    for index in at..<(at &+ count) {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return value
  }

  @inline(__always)
  private static func daysIn(_ month: Int64, _ year: Int64) -> Int64 {
    if month == 2 { return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return 30 &+ ((month &+ (month >> 3)) & 1)
  }

  /// The last millisecond of a minute that is the last of a month in UTC, else nil.
  private static func endOfMonth(_ minutes: Int64) -> Int64? {
    let next = minutes &+ 1
    guard next % 1440 == 0, civil(next / 1440).day == 1 else { return nil }
    return next &* 60_000 &- 1
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, `days_from_civil`).
  @inline(__always)
  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year &- 1 : year
    let era = (y >= 0 ? y : y &- 399) / 400
    let yearOfEra = y &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    return era &* 146_097 &+ yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear &- 719_468
  }

  /// The date of a day since 1970 (Howard Hinnant, `civil_from_days`).
  @inline(__always)
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = days &+ 719_468
    let era = (z >= 0 ? z : z &- 146_096) / 146_097
    let dayOfEra = z &- era &* 146_097
    let yearOfEra =
      (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let shifted = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* shifted &+ 2) / 5 &+ 1
    let month = shifted < 10 ? shifted &+ 3 : shifted &- 9
    return (yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0), month, day)
  }

  /// Writes `2026-03-01T09:30:00.000Z`, 24 bytes. Times outside 1970–9999 are written as the nearest inside.
  public static func write(_ milliseconds: Int64, to destination: UnsafeMutableRawPointer) {
    let clamped = min(max(milliseconds, 0), latest)
    let seconds = clamped / 1000
    let date = civil(seconds / 86_400)
    let ofDay = seconds % 86_400
    let bytes = destination.assumingMemoryBound(to: UInt8.self)
    two(bytes, 0, date.year / 100)
    two(bytes, 2, date.year % 100)
    bytes[4] = UInt8(ascii: "-")
    two(bytes, 5, date.month)
    bytes[7] = UInt8(ascii: "-")
    two(bytes, 8, date.day)
    bytes[10] = UInt8(ascii: "T")
    two(bytes, 11, ofDay / 3600)
    bytes[13] = UInt8(ascii: ":")
    two(bytes, 14, ofDay / 60 % 60)
    bytes[16] = UInt8(ascii: ":")
    two(bytes, 17, ofDay % 60)
    bytes[19] = UInt8(ascii: ".")
    let fraction = clamped % 1000
    bytes[20] = UInt8(truncatingIfNeeded: fraction / 100 &+ 0x30)
    two(bytes, 21, fraction % 100)
    bytes[23] = UInt8(ascii: "Z")
  }

  @inline(__always)
  private static func two(_ bytes: UnsafeMutablePointer<UInt8>, _ at: Int, _ value: Int64) {
    bytes[at] = UInt8(truncatingIfNeeded: value / 10 &+ 0x30)
    bytes[at &+ 1] = UInt8(truncatingIfNeeded: value % 10 &+ 0x30)
  }

  /// For the cold path.
  public static func string(_ milliseconds: Int64) -> String {
    String(unsafeUninitializedCapacity: length) { buffer in
      write(milliseconds, to: UnsafeMutableRawPointer(buffer.baseAddress!))
      return length
    }
  }

  /// For the cold path; nil when the text is anything but a valid time.
  public static func milliseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { milliseconds(UnsafeRawBufferPointer($0)) }
  }
}
