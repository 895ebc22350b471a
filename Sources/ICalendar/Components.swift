// Owns the components of an iCalendar file: which of its lines belong to which event and which zone.

/// The lines of a file that say when something is.
struct Components {
  struct Event {
    /// Where it begins.
    var line: ContentLine
    var properties: [ContentLine] = []
  }

  struct Zone {
    var name = ""
    /// STANDARD and DAYLIGHT.
    var observances: [Event] = []
  }

  private(set) var events: [Event] = []
  private(set) var zones: [Zone] = []
  private var open: [(name: String, line: ContentLine)] = []

  static let mostEvents = 10_000
  private static let deepest = 16
  private static let ofEvents: Set<String> = [
    "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS",
    "SEQUENCE",
    "UID", "SUMMARY",
  ]
  private static let ofZones: Set<String> = ["DTSTART", "RRULE", "RDATE", "TZOFFSETTO", "TZOFFSETFROM"]

  init(_ text: String, _ mistakes: inout MistakeList) {
    var isFirst = true
    for line in ContentLines(text) {
      if mistakes.isFull { return }
      if isFirst {
        guard line.isProperty, line.key == "BEGIN", Self.component(line) == "VCALENDAR" else {
          mistakes.add(.noCalendar, line)
          return
        }
        isFirst = false
      }
      if let control = line.control {
        mistakes.add(.controlCharacter(line.bytes[control]), line, at: control)
      } else if line.isProperty {
        read(line, &mistakes)
      } else {
        mistakes.add(.noProperty, line)
      }
      if events.count > Self.mostEvents {
        mistakes.add(.tooManyEvents(Self.mostEvents), line)
        events = []
        return
      }
    }
    if isFirst {
      mistakes.add(.noCalendar, line: 1)
    } else if let open = open.last {
      mistakes.add(.notEnded(open.name), open.line)
    } else if events.isEmpty, mistakes.found.isEmpty {
      mistakes.add(.noEvents, line: 1)
    }
  }

  private mutating func read(_ line: ContentLine, _ mistakes: inout MistakeList) {
    let key = line.key
    switch key {
    case "BEGIN": begin(Self.component(line), line, &mistakes)
    case "END":
      let name = Self.component(line)
      if open.last?.name == name {
        open.removeLast()
      } else {
        mistakes.add(.unexpectedEnd(found: name, open: open.last?.name), line)
        // One mistake is one finding: what was to be ended is.
        if let index = open.lastIndex(where: { $0.name == name }) {
          open.removeSubrange(index...)
        } else {
          _ = open.popLast()
        }
      }
    default: add(line, key, &mistakes)
    }
  }

  private mutating func begin(_ name: String, _ line: ContentLine, _ mistakes: inout MistakeList) {
    if open.count >= Self.deepest { return mistakes.add(.nestedTooDeep, line) }
    if open.isEmpty, name != "VCALENDAR" { mistakes.add(.outside, line) }
    open.append((name, line))
    switch name {
    case "VEVENT": events.append(Event(line: line))
    case "VTIMEZONE": zones.append(Zone())
    case "STANDARD", "DAYLIGHT":
      if open.dropLast().last?.name == "VTIMEZONE", !zones.isEmpty {
        zones[zones.count - 1].observances.append(Event(line: line))
      }
    default: break
    }
  }

  private mutating func add(_ line: ContentLine, _ key: String, _ mistakes: inout MistakeList) {
    guard let component = open.last?.name else { return mistakes.add(.outside, line) }
    switch component {
    case "VEVENT":
      guard Self.ofEvents.contains(key) else { return }
      if line.isTooLong { return mistakes.add(.longLine(ContentLine.mostBytes), line) }
      events[events.count - 1].properties.append(line)
    case "VTIMEZONE":
      if key == "TZID", !zones.isEmpty { zones[zones.count - 1].name = line.text(line.value) }
    case "STANDARD", "DAYLIGHT":
      guard let zone = zones.indices.last, let last = zones[zone].observances.indices.last,
        Self.ofZones.contains(key), !line.isTooLong
      else { return }
      zones[zone].observances[last].properties.append(line)
    default: break
    }
  }

  private static func component(_ line: ContentLine) -> String {
    line.text(line.value).uppercased().filter { $0 != " " && $0 != "\t" }
  }
}
