// Owns what is promised about working days: the same time of day, on days on which a calendar opens.
import Foundation
import Testing

@testable import Policy

@Suite struct WorkingDayTests {
  private static let day: Int64 = 86_400_000

  private static func calendar(_ yaml: String) throws -> WorkingCalendar {
    let draft = PolicyLoader.parse(
      [SourceFile(name: "calendars.yaml", text: "calendars:\n  c: \(yaml)\n")], Findings())
    return WorkingCalendar(PolicyDocument.Calendar(try #require(draft.calendars.first)))
  }

  private static func time(_ text: String) throws -> Int64 {
    Int64(try #require(ISO8601DateFormatter().date(from: text)).timeIntervalSince1970 * 1_000)
  }

  /// Frames that touch or overlap are days of their own.
  @Test(arguments: [
    #"{ hours: { every day: "00:00-24:00" } }"#,
    #"{ hours: { every day: ["06:00-18:00", "18:00-06:00"] } }"#,
    #"{ hours: { mon-sat: "20:00-23:00", sun: "20:00-19:00" } }"#,
  ])
  func aCalendarThatOpensEveryDayCountsEveryDay(_ yaml: String) throws {
    let calendar = try Self.calendar(yaml)
    for year in ["2020", "2026", "2045"] {
      let from = try Self.time("\(year)-06-17T21:00:00Z")
      for days in [1, 2, 5, 40] {
        #expect(
          calendar.moment(.days(Int32(days)), after: from) == from + Int64(days) * Self.day, "\(year) \(days)"
        )
      }
    }
  }

  @Test func aNightBelongsToTheDayOnWhichItBegins() throws {
    let calendar = try Self.calendar(#"{ zone: Europe/Paris, hours: { mon-fri: "22:00-07:00" } }"#)
    // Late on Friday, by Saturday's date: a working day later is late on Monday.
    let due = calendar.moment(.days(1), after: try Self.time("2026-03-07T03:00:00+01:00"))
    #expect(due == (try Self.time("2026-03-10T03:00:00+01:00")))
  }

  @Test func whatComesWhileItIsClosedCountsFromTheNextOpening() throws {
    let calendar = try Self.calendar(
      #"{ zone: Europe/Paris, hours: { mon-fri: "09:00-18:00" }, holidays: 2026-03-09 }"#)
    let opens = try Self.time("2026-03-10T09:00:00+01:00")
    for closed in ["2026-03-06T18:00:00+01:00", "2026-03-07T08:00:00+01:00", "2026-03-09T12:00:00+01:00"] {
      let time = try Self.time(closed)
      #expect(calendar.moment(.days(1), after: time) == opens + Self.day)
      #expect(calendar.moment(.time(3_600_000), after: time) == opens + 3_600_000)
    }
  }

  /// Paris leaves out 02:00-03:00 on 2026-03-29 and repeats it on 2026-10-25.
  @Test func theTimeOfDayStaysWhereClocksChange() throws {
    let calendar = try Self.calendar(#"{ zone: Europe/Paris, hours: { every day: "00:00-24:00" } }"#)
    func due(_ from: String) throws -> Int64 { calendar.moment(.days(1), after: try Self.time(from)) }
    #expect(try due("2026-03-28T12:00:00+01:00") == Self.time("2026-03-29T12:00:00+02:00"))
    #expect(try due("2026-03-28T02:30:00+01:00") == Self.time("2026-03-29T03:00:00+02:00"))
    #expect(try due("2026-10-24T02:30:00+02:00") == Self.time("2026-10-25T02:30:00+02:00"))
    // In the hour that is repeated the time of day stands still.
    #expect(try due("2026-10-25T02:10:00+01:00") == Self.time("2026-10-26T03:00:00+01:00"))
  }

  /// Each law over random calendars in zones with a change of an hour, of half an hour, and of none.
  @Test(arguments: UInt64(1)...60) func theLawsOfWorkingTimeHoldForAnyHours(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zone = random.pick([
      "Europe/Paris", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
    ])
    func clock(_ minute: Int) -> String { String(format: "%02d:%02d", minute / 60, minute % 60) }
    var hours: [String] = []
    for day in HoursText.days where random.once(in: 2) || day == "wed" {
      let edges = Set((0..<4).map { _ in Int.random(in: 0..<1_440, using: &random) }).sorted()
      let over = random.once(in: 2) && edges.count == 4
      let frames =
        over
        ? ["\(clock(edges[1]))-\(clock(edges[2]))", "\(clock(edges[3]))-\(clock(edges[0]))"]
        : ["\(clock(edges[0]))-\(clock(edges[1]))"]
      hours.append("\(day): [\(frames.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    let calendar = try Self.calendar("{ zone: \(zone), hours: { \(hours.joined(separator: ", ")) } }")
    let start = try Self.time("2026-01-01T00:00:00Z")
    func moment() -> Int64 {
      // Within the years that are compiled, and far outside of them.
      let from = random.pick([start, start, start, 0, start * 3])
      return from + Int64.random(in: 0..<400 * Self.day, using: &random)
    }
    for _ in 0..<300 {
      let times = [moment(), moment(), moment()].sorted()
      let (a, b, c) = (times[0], times[1], times[2])
      #expect(
        calendar.workingTime(from: a, to: c)
          == calendar.workingTime(from: a, to: b) + calendar.workingTime(from: b, to: c))
      let length = Int64.random(in: 1...200 * 3_600_000, using: &random)
      let due = calendar.moment(.time(length), after: a)
      #expect(calendar.workingTime(from: a, to: due) == length)
      #expect(calendar.isOpen(at: due - 1), "it passes while it is open")
      let later = a + Int64.random(in: 0...4 * Self.day, using: &random)
      #expect(calendar.moment(.time(length), after: later) >= due)
      let days = WorkingDuration.days(.random(in: 1...20, using: &random))
      let day = calendar.moment(days, after: a)
      #expect(calendar.moment(days, after: later) >= day)
      #expect(calendar.isOpen(at: day))
      let opens = try #require(calendar.nextOpen(from: a))
      #expect(calendar.workingTime(from: a, to: opens) == 0)
      #expect(calendar.isOpen(at: opens))
    }
  }
}
