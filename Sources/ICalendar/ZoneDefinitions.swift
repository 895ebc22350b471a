// Owns the zones of an iCalendar file: those of the time zone database by name, others as the file defines them.
import CLibICal

/// Finds the clock of a TZID. A name of the database means what the database says, whatever the file defines.
struct ZoneDefinitions {
  private let known: (String) -> ZoneClock?
  private let written: [String: Components.Zone]
  private var found: [String: ZoneClock?] = [:]

  /// Times of one zone's clock that are read.
  private static let mostChanges = 10_000

  init(_ zones: [Components.Zone], known: @escaping (String) -> ZoneClock?) {
    self.known = known
    written = Dictionary(zones.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Nil when nobody knows it.
  mutating func clock(_ name: String, lastYear: Int, _ effort: inout Recurrence.Effort) -> ZoneClock? {
    if let clock = found[name] { return clock }
    let clock = known(name) ?? written[name].flatMap { Self.clock($0, lastYear: lastYear, &effort) }
    found[name] = .some(clock)
    return clock
  }

  private static func clock(
    _ zone: Components.Zone, lastYear: Int, _ effort: inout Recurrence.Effort
  ) -> ZoneClock? {
    var changes: [(at: Int64, before: Int64, after: Int64)] = []
    for observance in zone.observances {
      func offset(_ name: String) -> Int64? {
        observance.properties.first { $0.key == name }.flatMap { line in
          PropertyValue.read(line) { property in
            Int64(
              name == "TZOFFSETTO"
                ? icalproperty_get_tzoffsetto(property) : icalproperty_get_tzoffsetfrom(property))
          }
        }.flatMap { abs($0) < LocalTime.day ? LocalTime.floored($0, 60) : nil }
      }
      guard
        let start = observance.properties.first(where: { $0.key == "DTSTART" }).flatMap({ line in
          PropertyValue.time(line)
        }), !start.isDay, let before = offset("TZOFFSETFROM"), let after = offset("TZOFFSETTO")
      else {
        return nil
      }
      var starts = [start.local]
      for line in observance.properties {
        switch line.key {
        case "RRULE":
          // The end of a zone's rule is in UTC; the clock until then is the one before.
          let clock = ZoneClock(.init(from: .min, minutes: before), [])
          guard let rule = try? Recurrence(line, from: start, clock: clock, lastYear: lastYear, &effort)
          else {
            return nil
          }
          starts += rule.starts.dropFirst()
        case "RDATE":
          for value in line.values {
            guard let time = PropertyValue.time(line, value) else { return nil }
            starts.append(time.local)
          }
        default: break
        }
      }
      changes += starts.map { (LocalTime.floored($0, 60) - before, before, after) }
      if changes.count > mostChanges { return nil }
    }
    changes.sort { ($0.at, $0.after) < ($1.at, $1.after) }
    guard let first = changes.first else { return nil }
    var offsets: [ZoneClock.Offset] = []
    for change in changes where (offsets.last?.minutes ?? first.before) != change.after {
      if offsets.last?.from == change.at { continue }
      offsets.append(.init(from: change.at, minutes: change.after))
    }
    return ZoneClock(.init(from: .min, minutes: first.before), offsets)
  }
}

extension ContentLine {
  /// Where the values of a list stand.
  var values: [Range<Int>] {
    var values: [Range<Int>] = []
    var from = value.lowerBound
    for index in value where bytes[index] == UInt8(ascii: ",") {
      values.append(from..<index)
      from = index + 1
    }
    return values + [from..<value.upperBound]
  }
}
