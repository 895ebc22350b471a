// Owns one event as it is written: its beginning, its length, and what repeats it.

/// A beginning, in seconds of its clock.
struct EventStart: Sendable, Hashable {
  var isDay: Bool
  var local: Int64
  /// Nil: a day, or the clock of whoever uses the file.
  var clock: ZoneClock?

  var day: Int { Int(LocalTime.floored(local, LocalTime.day)) }

  /// Seconds since 1970, UTC; those of the clock where there is none.
  var time: Int64 { clock?.seconds(local, isEnd: false) ?? local }

  /// Whether `other` says when this begins: a day says so of all that begins on it.
  func isNamed(by other: EventStart) -> Bool {
    if other.isDay || isDay { return other.day == day }
    return other.clock == clock ? other.local == local : other.time == time
  }
}

struct HolidayEvent {
  /// Of an event that takes the place of others of its series.
  struct Exception {
    var start: EventStart
    /// And of all that follow.
    var isFollowing: Bool
    var line: ContentLine
  }

  var line: ContentLine
  var uid: String?
  var name = ""
  var start: EventStart
  var written: WrittenTime
  var length: EventLength
  var rules: [ContentLine] = []
  var exceptRules: [ContentLine] = []
  var more: [(start: EventStart, length: EventLength?)] = []
  var except: [EventStart] = []
  var exception: Exception?
  var isCancelled = false
  var sequence = 0

  /// Of one event, in days.
  static let longest = 400
}

/// Reads events; what they say about time costs effort, which is bounded.
struct EventReader {
  var mistakes: MistakeList
  var effort = Recurrence.Effort()
  private var zones: ZoneDefinitions
  let lastYear: Int
  /// Of RDATE and EXDATE, in the whole file.
  private var dates = 0
  private static let mostDates = 40_000

  init(_ zones: ZoneDefinitions, lastYear: Int, _ mistakes: MistakeList) {
    (self.zones, self.lastYear, self.mistakes) = (zones, lastYear, mistakes)
  }

  /// Nil when it cannot be read, which is said.
  mutating func read(_ component: Components.Event) -> HolidayEvent? {
    let before = mistakes.found.count
    var once: [String: ContentLine] = [:]
    var lists: [ContentLine] = []
    for line in component.properties {
      if ["RRULE", "EXRULE", "RDATE", "EXDATE"].contains(line.key) {
        lists.append(line)
      } else if let first = once[line.key] {
        mistakes.add(.twice(line.key, line: first.line), line)
      } else {
        once[line.key] = line
      }
    }
    let name = once["SUMMARY"].flatMap(PropertyValue.text) ?? ""
    guard let startLine = once["DTSTART"] else {
      // The end of a series needs no beginning.
      if !Self.isCancelled(once["STATUS"]) { mistakes.add(.noStart(event: name), component.line) }
      return nil
    }
    guard let written = time(startLine, startLine.value), let start = start(written, startLine),
      let length = length(once, written, start)
    else { return nil }
    var event = HolidayEvent(line: component.line, name: name, start: start, written: written, length: length)
    event.uid = once["UID"].map { $0.text($0.value) }
    event.isCancelled = Self.isCancelled(once["STATUS"])
    event.sequence = once["SEQUENCE"].flatMap { Int($0.text($0.value)) } ?? 0
    if let line = once["RECURRENCE-ID"] { readException(line, &event) }
    for line in lists { readList(line, &event) }
    if event.exception != nil, let rule = event.rules.first { mistakes.add(.ruleOfAnException, rule) }
    if !start.isDay, length.total == 0, !event.isCancelled, event.more.allSatisfy({ $0.length == nil }) {
      mistakes.add(.noLength, startLine)
    }
    return mistakes.found[before...].allSatisfy(\.isWarning) ? event : nil
  }

  private static func isCancelled(_ status: ContentLine?) -> Bool {
    status.map { $0.text($0.value).uppercased().hasPrefix("CANCELLED") } ?? false
  }

  private mutating func readException(_ line: ContentLine, _ event: inout HolidayEvent) {
    guard let written = time(line, line.value), let start = start(written, line) else { return }
    let isFollowing = line.text(line.parameters).uppercased().contains("RANGE=THISANDFUTURE")
    event.exception = .init(start: start, isFollowing: isFollowing, line: line)
  }

  private mutating func readList(_ line: ContentLine, _ event: inout HolidayEvent) {
    switch line.key {
    case "RRULE": event.rules.append(line)
    case "EXRULE": event.exceptRules.append(line)
    default:
      for value in line.values {
        dates += 1
        if dates > Self.mostDates { return mistakes.add(.tooMuch, line, at: value.lowerBound) }
        if line.key == "EXDATE" {
          guard let written = time(line, value), let start = start(written, line) else { return }
          event.except.append(start)
        } else {
          readMore(line, value, &event)
        }
      }
    }
  }

  private mutating func readMore(_ line: ContentLine, _ value: Range<Int>, _ event: inout HolidayEvent) {
    guard let (written, length) = PropertyValue.repeated(line, value) else {
      return mistakes.add(
        .malformed(property: line.key, value: line.text(value)), line, at: value.lowerBound)
    }
    guard let start = start(written, line) else { return }
    if let length {
      guard isPossible(length, isDay: start.isDay, line, at: value.lowerBound) else { return }
      event.more.append((start, length))
    } else if start.isDay, !event.start.isDay {
      // A day among times is closed as a whole.
      event.more.append((start, EventLength(clock: LocalTime.day)))
    } else if start.isDay != event.start.isDay {
      mistakes.add(.mixed(property: line.key), line, at: value.lowerBound)
    } else {
      event.more.append((start, nil))
    }
  }

  private mutating func time(_ line: ContentLine, _ value: Range<Int>) -> WrittenTime? {
    if let time = PropertyValue.time(line, value) { return time }
    mistakes.add(.malformed(property: line.key, value: line.text(value)), line, at: value.lowerBound)
    return nil
  }

  private mutating func start(_ time: WrittenTime, _ line: ContentLine) -> EventStart? {
    var start = EventStart(isDay: time.isDay, local: time.local)
    if time.isUTC { start.clock = .utc }
    if let zone = time.zone {
      guard let clock = zones.clock(zone, lastYear: lastYear, &effort) else {
        mistakes.add(.unknownZone(zone), line, at: line.parameters.lowerBound + 1)
        return nil
      }
      start.clock = clock
    }
    return start
  }

  /// From the end or the duration; without both a day is one day long, and a time no time.
  private mutating func length(_ once: [String: ContentLine], _ written: WrittenTime, _ start: EventStart)
    -> EventLength?
  {
    var length = EventLength(clock: written.isDay ? LocalTime.day : 0)
    let line: ContentLine
    if let end = once["DTEND"] {
      if let duration = once["DURATION"] {
        mistakes.add(.durationBesideEnd, duration)
        return nil
      }
      guard let time = time(end, end.value), let ends = self.start(time, end) else { return nil }
      guard time.isDay == written.isDay else {
        mistakes.add(.mixed(property: "DTEND"), end, at: end.value.lowerBound)
        return nil
      }
      let isSameClock = ends.clock == start.clock || ends.clock == nil || start.clock == nil
      length =
        isSameClock
        ? EventLength(clock: time.local - written.local)
        : EventLength(clock: 0, exact: ends.time - start.time)
      // Some write the last day of a day's event, which is not its end.
      if written.isDay, length.clock == 0 { length.clock = LocalTime.day }
      line = end
    } else if let duration = once["DURATION"] {
      guard let found = PropertyValue.duration(duration) else {
        mistakes.add(
          .malformed(property: "DURATION", value: duration.text(duration.value)), duration,
          at: duration.value.lowerBound)
        return nil
      }
      length = found
      line = duration
    } else {
      return length
    }
    return isPossible(length, isDay: written.isDay, line, at: line.value.lowerBound) ? length : nil
  }

  private mutating func isPossible(_ length: EventLength, isDay: Bool, _ line: ContentLine, at offset: Int)
    -> Bool
  {
    if length.total < 0 || (isDay && length.total == 0) {
      mistakes.add(.endsBeforeItBegins(property: line.key), line, at: offset)
    } else if isDay, length.total % LocalTime.day != 0 {
      mistakes.add(.partOfADay, line, at: offset)
    } else if length.total > Int64(HolidayEvent.longest) * LocalTime.day {
      mistakes.add(.tooLong(HolidayEvent.longest), line, at: offset)
    } else {
      return true
    }
    return false
  }
}
