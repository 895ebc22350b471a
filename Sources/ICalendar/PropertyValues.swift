// Owns the values of properties, through libical: times, lengths of time, and repetitions.
import CLibICal

/// A time as a file writes it.
struct WrittenTime: Sendable, Hashable {
  var isDay: Bool
  var isUTC: Bool
  /// What the clock shows, in seconds since 1970.
  var local: Int64
  var zone: String?

  var day: Int { Int(LocalTime.floored(local, LocalTime.day)) }
}

/// Seconds of a clock, and libical's form of them.
enum LocalTime {
  static let day: Int64 = 86_400

  static func floored(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }

  /// Nil for what no clock shows: a 30th of February, 25 o'clock.
  static func seconds(_ time: icaltimetype) -> Int64? {
    let (month, day) = (Int(time.month), Int(time.day))
    guard (1...9_999).contains(time.year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let written = HolidayFile.Day(year: Int(time.year), month: month, day: day)
    let number = LocalDate.number(written)
    guard LocalDate.day(number) == written else { return nil }
    guard time.is_date == 0 else { return Int64(number) * Self.day }
    // A leap second is the last second of its minute.
    guard (0..<24).contains(time.hour), (0..<60).contains(time.minute), (0...60).contains(time.second) else {
      return nil
    }
    return Int64(number) * Self.day + Int64(time.hour) * 3_600 + Int64(time.minute) * 60
      + Int64(min(59, time.second))
  }

  static func libical(_ seconds: Int64, isDay: Bool) -> icaltimetype {
    let number = floored(seconds, Self.day)
    let day = LocalDate.day(Int(number))
    let rest = seconds - number * Self.day
    var time = icaltime_null_time()
    time.year = Int32(clamping: day.year)
    time.month = Int32(day.month)
    time.day = Int32(day.day)
    time.is_date = isDay ? 1 : 0
    if !isDay {
      time.hour = Int32(rest / 3_600)
      time.minute = Int32(rest / 60 % 60)
      time.second = Int32(rest % 60)
    }
    return time
  }
}

enum PropertyValue {
  /// Hands libical's property of `name` to `body`; nil when libical finds a mistake in it. `value` is the line's, or
  /// one of its list.
  static func read<Value>(
    _ line: ContentLine, as name: String? = nil, _ value: Range<Int>? = nil,
    _ body: (OpaquePointer) -> Value?
  ) -> Value? {
    let property =
      "\(name ?? line.key)\(line.text(line.parameters)):\(line.text(value ?? line.value))"
    guard let root = icalparser_parse_string("BEGIN:VCALENDAR\r\n\(property)\r\nEND:VCALENDAR\r\n") else {
      return nil
    }
    defer { icalcomponent_free(root) }
    guard icalcomponent_count_errors(root) == 0,
      let found = icalcomponent_get_first_property(root, ICAL_ANY_PROPERTY)
    else { return nil }
    return body(found)
  }

  static func text(_ line: ContentLine) -> String? {
    read(line) { property in icalproperty_get_value_as_string(property).map { String(cString: $0) } }
  }

  /// DTSTART, DTEND, EXDATE, RECURRENCE-ID and plain RDATE: all of one form.
  static func time(_ line: ContentLine, _ value: Range<Int>? = nil) -> WrittenTime? {
    read(line, as: "DTSTART", value) { property in
      time(icalproperty_get_dtstart(property), zone: zone(property))
    }
  }

  static func time(_ time: icaltimetype, zone: String?) -> WrittenTime? {
    guard let local = LocalTime.seconds(time) else { return nil }
    let isUTC = icaltime_is_utc(time) != 0
    let isDay = time.is_date != 0
    return WrittenTime(isDay: isDay, isUTC: isUTC, local: local, zone: isUTC || isDay ? nil : zone)
  }

  private static func zone(_ property: OpaquePointer) -> String? {
    icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER)
      .flatMap { icalparameter_get_tzid($0) }.map { String(cString: $0) }
  }

  static func duration(_ line: ContentLine) -> EventLength? {
    read(line) { property in length(icalproperty_get_duration(property), written: line.text(line.value)) }
  }

  /// One value of an RDATE; a period has its own length.
  static func repeated(_ line: ContentLine, _ value: Range<Int>) -> (
    start: WrittenTime, length: EventLength?
  )? {
    guard line.bytes[value].contains(UInt8(ascii: "/")) else { return time(line, value).map { ($0, nil) } }
    return read(line, value) { property in
      let period = icalproperty_get_rdate(property).period
      let zone = zone(property)
      guard let start = time(period.start, zone: zone) else { return nil }
      if icaltime_is_null_time(period.end) != 0 {
        return length(period.duration, written: line.text(value)).map { (start, $0) }
      }
      guard let end = time(period.end, zone: zone), end.isDay == start.isDay, end.isUTC == start.isUTC else {
        return nil
      }
      return (start, EventLength(clock: end.local - start.local))
    }
  }

  /// Nil for numbers that no length has, which libical does not refuse.
  private static func length(_ duration: icaldurationtype, written: String) -> EventLength? {
    let longestNumber = written.split(omittingEmptySubsequences: true) { !$0.isNumber }.map(\.count).max()
    guard let longestNumber, icaldurationtype_is_bad_duration(duration) == 0 else { return nil }
    // The start of a period has eight digits.
    guard longestNumber <= 8 else { return nil }
    let days = Int64(duration.weeks) * 7 + Int64(duration.days)
    let exact = Int64(duration.hours) * 3_600 + Int64(duration.minutes) * 60 + Int64(duration.seconds)
    let sign: Int64 = duration.is_neg != 0 ? -1 : 1
    return EventLength(clock: sign * days * LocalTime.day, exact: sign * exact)
  }
}

/// How long an event lasts: first by the clock, so that a day has the hours that it has, then in time that passes.
struct EventLength: Sendable, Hashable {
  /// Seconds that the clock goes on.
  var clock: Int64
  /// Seconds.
  var exact: Int64 = 0

  var total: Int64 { clock + exact }
}
