// Owns reading an iCalendar file (RFC 5545) as what it closes: whole days and hours.

/// What a file's events close, within years, and every mistake in it.
///
/// An event of whole days closes these days, in the zone of whoever uses the file. A timed event closes its hours: in
/// its own zone, which is UTC, one of the time zone database, or one that the file defines (VTIMEZONE); a time without
/// a zone is one of whoever uses the file. Cancelled events close nothing; whether an event counts as busy time
/// (TRANSP) does not matter.
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

  /// Hours that are closed: whole minutes since 1970, the end not among them.
  public struct Closure: Sendable, Hashable, Comparable {
    /// UTC, or what the clock of whoever uses the file shows.
    public var isUTC: Bool
    public var from: Int64
    public var to: Int64

    public static func < (a: Self, b: Self) -> Bool { (a.from, a.to) < (b.from, b.to) }
  }

  /// The events of one name (SUMMARY) that repeat without end in the years, or when the last of them is.
  public struct Named: Sendable, Hashable {
    public var name: String
    /// Different ones in which it is.
    public var years: Int
    public var last: Day
    /// Of the event that is last.
    public var line: Int
    /// It is after the years too.
    public var goesOn: Bool
  }

  /// Sorted, each once.
  public private(set) var days: [Day] = []
  /// Sorted, each once.
  public private(set) var closures: [Closure] = []
  /// By name, in the order of the file.
  public private(set) var named: [Named] = []
  /// In the order in which they were found. A file with one that is no warning is not used.
  public private(set) var mistakes: [Mistake] = []

  public var closesSomething: Bool { !days.isEmpty || !closures.isEmpty }

  /// Days and hours that a file closes at most.
  private static let most = 20_000

  /// Reads a text. `zones` knows the clocks of the time zone database by their names. Takes time and memory that are
  /// bounded by the text's length, whatever it says.
  package init(_ text: String, years: ClosedRange<Int>, zones: (String) -> ZoneClock?) {
    var found = MistakeList()
    let components = Components(text, &found)
    withoutActuallyEscaping(zones) { zones in
      var reader = EventReader(
        ZoneDefinitions(components.zones, known: zones), lastYear: years.upperBound, found)
      let events = components.events.compactMap { event in
        reader.mistakes.isFull ? nil : reader.read(event)
      }
      collect(Self.series(events, &reader.mistakes), years, &reader)
      mistakes = reader.mistakes.found
    }
  }

  /// Groups events by UID. Of several versions of an event the one of the highest SEQUENCE counts.
  private static func series(_ events: [HolidayEvent], _ mistakes: inout MistakeList) -> [HolidaySeries] {
    var series: [HolidaySeries] = []
    var byUID: [String: Int] = [:]
    for event in events where event.exception == nil {
      guard let uid = event.uid, let index = byUID[uid] else {
        if let uid = event.uid { byUID[uid] = series.count }
        series.append(HolidaySeries(event: event))
        continue
      }
      let other = series[index].event
      if event.sequence > other.sequence { series[index].event = event }
      if event.sequence == other.sequence {
        mistakes.add(.sameUID(line: other.line.line), event.line)
        series.append(HolidaySeries(event: event))
      }
    }
    addExceptions(events, byUID, &series)
    return series
  }

  private static func addExceptions(
    _ events: [HolidayEvent], _ byUID: [String: Int], _ series: inout [HolidaySeries]
  ) {
    struct Name: Hashable {
      var series: Int
      var local: Int64
      var isFollowing: Bool
    }
    var byName: [Name: Int] = [:]
    for event in events {
      guard let named = event.exception else { continue }
      guard let index = event.uid.flatMap({ byUID[$0] }) else {
        // Of a series that is not in the file: it stands for itself.
        series.append(HolidaySeries(event: event))
        continue
      }
      let name = Name(series: index, local: named.start.local, isFollowing: named.isFollowing)
      if let same = byName[name] {
        if event.sequence >= series[index].exceptions[same].sequence {
          series[index].exceptions[same] = event
        }
      } else {
        byName[name] = series[index].exceptions.count
        series[index].exceptions.append(event)
      }
    }
  }

  private mutating func collect(
    _ series: [HolidaySeries], _ years: ClosedRange<Int>, _ reader: inout EventReader
  ) {
    var allDays: Set<Int> = []
    var allClosures: Set<Closure> = []
    var names = Names()
    let first = LocalDate.number(.init(year: years.lowerBound, month: 1, day: 1))
    let last = LocalDate.number(.init(year: years.upperBound, month: 12, day: 31))
    for one in series {
      if reader.mistakes.isFull { return }
      let expanded = one.expanded(&reader)
      names.add(one.event, expanded)
      for occurrence in expanded.occurrences {
        let start = occurrence.start
        if start.isDay {
          let length = Int(occurrence.length.total / LocalTime.day)
          for day in start.day..<start.day + max(1, length) where day >= first && day <= last {
            allDays.insert(day)
          }
        } else if let closure = Self.closure(occurrence), start.day >= first - HolidayEvent.longest - 1,
          start.day <= last + 1
        {
          allClosures.insert(closure)
        }
      }
      if allDays.count + allClosures.count > Self.most {
        return reader.mistakes.add(.tooMuch, one.event.line)
      }
    }
    days = allDays.sorted().map(LocalDate.day)
    closures = allClosures.sorted()
    named = names.all
  }

  /// Nil for no time at all.
  private static func closure(_ occurrence: Occurrence) -> Closure? {
    let start = occurrence.start
    let length = occurrence.length
    let from = start.time
    let to =
      (start.clock?.seconds(start.local + length.clock, isEnd: true) ?? start.local + length.clock)
      + length.exact
    guard to > from else { return nil }
    return Closure(
      isUTC: start.clock != nil, from: LocalTime.floored(from, 60), to: -LocalTime.floored(-to, 60))
  }
}

/// Gathers when the events of each name are.
private struct Names {
  private var found: [HolidayFile.Named] = []
  private var years: [Set<Int>] = []
  private var byName: [String: Int] = [:]

  mutating func add(_ event: HolidayEvent, _ expanded: HolidaySeries.Expanded) {
    for occurrence in expanded.occurrences {
      let days = max(0, occurrence.length.total - 1) / LocalTime.day
      let day = LocalDate.day(occurrence.start.day + Int(days))
      let index = byName[event.name] ?? found.count
      if index == found.count {
        byName[event.name] = index
        found.append(.init(name: event.name, years: 0, last: day, line: event.line.line, goesOn: false))
        years.append([])
      }
      if day >= found[index].last { (found[index].last, found[index].line) = (day, event.line.line) }
      years[index].insert(day.year)
      found[index].goesOn = found[index].goesOn || expanded.goesOn
    }
  }

  var all: [HolidayFile.Named] {
    found.indices.map { index in
      var named = found[index]
      named.years = years[index].count
      return named
    }
  }
}
