// Owns what the hours of timed events do to a calendar: they are closed, and nothing else is.
import Foundation
import Testing

@testable import Policy

@Suite struct HolidayHoursTests {
  private static func calendar(_ yaml: String, _ events: [String]) throws -> WorkingCalendar {
    let findings = Findings()
    let draft = PolicyLoader.parse(
      [
        SourceFile(name: "calendars.yaml", text: "calendars:\n  c: \(yaml)\n"),
        SourceFile(name: "a.ics", text: ICS.file(events)),
      ], findings)
    #expect(findings.sorted.filter { $0.line > 0 }.map(\.description) == [])
    return WorkingCalendar(PolicyDocument.Calendar(try #require(draft.calendars.first)))
  }

  private static func time(_ text: String) throws -> Int64 {
    Int64(try #require(ISO8601DateFormatter().date(from: text)).timeIntervalSince1970 * 1_000)
  }

  @Test func theAfternoonOfChristmasEveIsClosedAndTheMorningIsNot() throws {
    let calendar = try Self.calendar(
      #"{ zone: Europe/Paris, hours: { every day: "09:00-18:00" }, holidays: a.ics }"#,
      ["DTSTART:20261224T130000\nDTEND:20261224T200000\nRRULE:FREQ=YEARLY"])
    for year in 2026...2036 {
      let from = try Self.time("\(year)-12-24T00:00:00+01:00")
      #expect(calendar.workingTime(from: from, to: from + 86_400_000) == 4 * 3_600_000)
      #expect(calendar.isOpen(at: try Self.time("\(year)-12-24T12:59:00+01:00")))
      #expect(!calendar.isOpen(at: try Self.time("\(year)-12-24T13:00:00+01:00")))
    }
  }

  @Test func hoursOfAnotherZoneAreClosedWhenItsClockShowsThem() throws {
    let calendar = try Self.calendar(
      #"{ zone: Europe/Paris, hours: { every day: "00:00-24:00" }, holidays: a.ics }"#,
      ["DTSTART;TZID=America/New_York:20261126T090000\nDURATION:PT2H"])
    #expect(calendar.isOpen(at: try Self.time("2026-11-26T13:59:00Z")))
    #expect(!calendar.isOpen(at: try Self.time("2026-11-26T14:00:00Z")))
    #expect(
      calendar.nextOpen(from: try Self.time("2026-11-26T14:00:00Z"))
        == (try Self.time("2026-11-26T16:00:00Z")))
  }

  /// What is left of Friday's night after midnight is no working day of its own.
  @Test func aNightWithHoursTakenOutOfItStaysOneDay() throws {
    let yaml = #"{ zone: Europe/Paris, hours: { mon-fri: "22:00-07:00" }"#
    let plain = try Self.calendar(yaml + ", holidays: a.ics }", ["DTSTART;VALUE=DATE:20360601"])
    let pause = try Self.calendar(
      yaml + ", holidays: a.ics }",
      ["DTSTART;VALUE=DATE:20360601", "DTSTART:20260307T010000\nDURATION:PT1H"])
    let from = try Self.time("2026-03-05T23:00:00+01:00")
    for days in 1...5 {
      #expect(pause.moment(.days(Int32(days)), after: from) == plain.moment(.days(Int32(days)), after: from))
    }
    let hour: Int64 = 3_600_000
    #expect(
      pause.workingTime(from: from, to: from + 48 * hour) == plain.workingTime(
        from: from, to: from + 48 * hour) - hour)
  }

  /// Against the calendar without them, minute by minute.
  @Test(arguments: UInt64(1)...40) func theirMinutesAreClosedAndAllOthersAreAsBefore(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zone = random.pick(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
    let hours = random.pick([
      #"{ every day: "22:00-07:00" }"#, #"{ mon-fri: ["09:00-12:30", "13:30-18:00"] }"#,
    ])
    let yaml = "{ zone: \(zone), hours: \(hours)"
    let start = try Self.time("2026-03-01T00:00:00Z")
    var closed: [Range<Int64>] = []
    var events = ["DTSTART;VALUE=DATE:20360601"]
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let from = Int64.random(in: 0..<60 * 1_440, using: &random)
      let length = Int64.random(in: 1...2_000, using: &random)
      closed.append(start + from * 60_000..<start + (from + length) * 60_000)
      let formatter = ISO8601DateFormatter()
      formatter.formatOptions = [.withYear, .withMonth, .withDay, .withTime, .withTimeZone]
      let text = formatter.string(from: Date(timeIntervalSince1970: Double(start / 1_000 + from * 60)))
      events.append("DTSTART:\(text)\nDURATION:PT\(length)M")
    }
    let plain = try Self.calendar(yaml + ", holidays: a.ics }", [events[0]])
    let calendar = try Self.calendar(yaml + ", holidays: a.ics }", events)
    for minute in stride(from: Int64(0), to: 63 * 1_440, by: 7) {
      let time = start + minute * 60_000
      let isClosed = closed.contains { $0.contains(time) }
      #expect(
        calendar.isOpen(at: time) == (plain.isOpen(at: time) && !isClosed),
        "\(zone) \(hours) \(events) \(minute)")
    }
  }
}
