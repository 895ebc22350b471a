// Owns reading the days of an iCalendar file (RFC 5545), through libical: the only Swift that sees its handles.
import CLibICal

/// The days that a file's events take, within years.
public struct HolidayFile: Sendable, Hashable {
  /// A day of the calendar, without a zone.
  public struct Day: Sendable, Hashable, Comparable {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    public static func < (a: Self, b: Self) -> Bool {
      (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
  }

  /// Why a file cannot be used.
  public enum Mistake: Error, Sendable, Hashable {
    /// It holds no calendar at all.
    case noCalendar
    /// So many lines are not what the format allows; the first of them as the library puts it.
    case malformed(count: Int, first: String)
    /// An event without a beginning.
    case noStart(event: String)
    /// It has no events.
    case empty
    /// More days than a team can be away in these years.
    case tooMany
  }

  /// Sorted, each once.
  public private(set) var days: [Day] = []

  private static let mostDays = 20_000
  private static let longestEvent: Int32 = 400

  /// Reads the events of a text, repeated ones within the years, exceptions left out. A timed event takes the days on
  /// which it is, as its own clock shows them.
  public init(_ text: String, years: ClosedRange<Int>) throws(Mistake) {
    guard let root = icalparser_parse_string(text) else { throw .noCalendar }
    defer { icalcomponent_free(root) }
    let errors = Int(icalcomponent_count_errors(root))
    if errors > 0 { throw .malformed(count: errors, first: Self.firstError(root)) }
    var found: Set<Day> = []
    var events = 0
    try Self.forEachEvent(root) { event throws(Mistake) in
      events += 1
      try Self.read(event, years, into: &found)
      if found.count > Self.mostDays { throw .tooMany }
    }
    if events == 0 { throw icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT ? .empty : .noCalendar }
    days = found.sorted()
  }

  private static func forEachEvent(
    _ root: OpaquePointer, _ body: (OpaquePointer) throws(Mistake) -> Void
  ) throws(Mistake) {
    if icalcomponent_isa(root) == ICAL_VEVENT_COMPONENT { return try body(root) }
    var child = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT)
    while let component = child {
      try forEachEvent(component, body)
      child = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT)
    }
  }

  private static func read(
    _ event: OpaquePointer, _ years: ClosedRange<Int>, into found: inout Set<Day>
  ) throws(Mistake) {
    let start = icalcomponent_get_dtstart(event)
    guard icaltime_is_null_time(start) == 0 else { throw .noStart(event: summary(event)) }
    let length = length(of: event, start)
    var except: Set<Day> = []
    var property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY)
    while let exception = property {
      except.insert(day(icalproperty_get_exdate(exception)))
      property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)
    }
    func add(_ first: icaltimetype) {
      guard !except.contains(day(first)) else { return }
      for offset in 0..<length {
        var time = first
        icaltime_adjust(&time, offset, 0, 0, 0)
        if years.contains(Int(time.year)) { found.insert(day(time)) }
      }
    }
    guard let rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY),
      let iterator = icalrecur_iterator_new(icalproperty_get_rrule(rule), start)
    else { return add(start) }
    defer { icalrecur_iterator_free(iterator) }
    var steps = 0
    while steps < mostDays {
      let next = icalrecur_iterator_next(iterator)
      if icaltime_is_null_time(next) != 0 || Int(next.year) > years.upperBound { return }
      add(next)
      steps += 1
    }
    throw .tooMany
  }

  /// Days that an event takes, at least one; its end is not part of it.
  private static func length(of event: OpaquePointer, _ start: icaltimetype) -> Int32 {
    let end = icalcomponent_get_dtend(event)
    guard icaltime_is_null_time(end) == 0 else { return 1 }
    var days: Int32 = 0
    var time = start
    while days < longestEvent, icaltime_compare_date_only(time, end) < 0 {
      days += 1
      icaltime_adjust(&time, 1, 0, 0, 0)
    }
    // A timed event that ends in the course of a day takes that day too.
    if end.is_date == 0, end.hour > 0 || end.minute > 0 || end.second > 0 { days += 1 }
    return max(1, days)
  }

  private static func day(_ time: icaltimetype) -> Day {
    Day(year: Int(time.year), month: Int(time.month), day: Int(time.day))
  }

  private static func summary(_ event: OpaquePointer) -> String {
    icalcomponent_get_summary(event).map { String(cString: $0) } ?? ""
  }

  private static func firstError(_ component: OpaquePointer) -> String {
    if let property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY),
      let text = icalproperty_get_xlicerror(property)
    {
      return String(cString: text)
    }
    var child = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
    while let inner = child {
      let text = firstError(inner)
      if !text.isEmpty { return text }
      child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)
    }
    return ""
  }
}
