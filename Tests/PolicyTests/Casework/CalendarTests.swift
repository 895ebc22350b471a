import Events
// Owns what calendars promise: arithmetic that agrees with counting minutes, whatever the zone does.
import Foundation
import Testing

@testable import Policy

@Suite struct CalendarTests {
  /// A calendar as its author writes it.
  private static func calendar(_ yaml: String, files: [SourceFile] = []) throws -> WorkingCalendar {
    let findings = Findings()
    let draft = PolicyLoader.parse(
      [SourceFile(name: "calendars.yaml", text: "calendars:\n  c: \(yaml)\n")] + files, findings)
    let first = try #require(draft.calendars.first)
    return WorkingCalendar(PolicyDocument.Calendar(first))
  }

  private static func time(_ text: String) throws -> Int64 {
    let date = try #require(ISO8601DateFormatter().date(from: text))
    return Int64(date.timeIntervalSince1970 * 1_000)
  }

  private static let minute: Int64 = 60_000
  private static let samples = [
    #"{ zone: Europe/Paris, hours: { mon-fri: ["09:00-12:30", "13:30-18:00"], sat: "10:00-12:00" } }"#,
    #"{ zone: Australia/Lord_Howe, hours: { every day: "01:00-04:00" } }"#,
    #"{ zone: America/Santiago, hours: { "fri, sat, sun": "22:00-06:00" } }"#,
    #"{ zone: Asia/Kathmandu, hours: { mon: "00:00-24:00", thu: "23:30-00:30" } }"#,
  ]

  /// By the time zone database itself, minute by minute.
  private static func isOpen(_ sample: Int, at time: Int64) -> Bool {
    let (zone, frames): (String, [(days: Set<Int>, from: Int, to: Int)]) = [
      ("Europe/Paris", [([0, 1, 2, 3, 4], 540, 750), ([0, 1, 2, 3, 4], 810, 1080), ([5], 600, 720)]),
      ("Australia/Lord_Howe", [(Set(0..<7), 60, 240)]),
      ("America/Santiago", [([4, 5, 6], 1320, 1800)]),
      ("Asia/Kathmandu", [([0], 0, 1440), ([3], 1410, 1470)]),
    ][sample]
    let offset =
      TimeZone(identifier: zone)?.secondsFromGMT(
        for: Date(timeIntervalSince1970: Double(time) / 1_000)) ?? 0
    let local = Int(time / 60_000) + offset / 60
    for back in 0...1 {
      let day = local / 1_440 - back
      let minute = local - day * 1_440
      for frame in frames
      where frame.days.contains((day + 3) % 7) && minute >= frame.from && minute < frame.to {
        return true
      }
    }
    return false
  }

  @Test(arguments: 0..<4) func aCalendarIsOpenWhenItsZonesClockSaysSo(sample: Int) throws {
    let calendar = try Self.calendar(Self.samples[sample])
    // Around changes of the clock, and a plain month.
    for start in [
      "2026-03-27T00:00:00Z", "2026-10-23T00:00:00Z", "2026-04-03T00:00:00Z", "2026-09-04T00:00:00Z",
    ] {
      var time = try Self.time(start)
      for _ in 0..<(4 * 1_440) {
        // In the hour that is there twice, what is open stays open: nobody loses working time.
        if calendar.isOpen(at: time) != Self.isOpen(sample, at: time) {
          #expect(calendar.isOpen(at: time), "\(Date(timeIntervalSince1970: Double(time) / 1_000))")
          #expect(Self.isNearAChange(sample, time))
        }
        time += Self.minute
      }
    }
  }

  private static func isNearAChange(_ sample: Int, _ time: Int64) -> Bool {
    let zone =
      TimeZone(
        identifier: ["Europe/Paris", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"][sample])
      ?? .gmt
    func offset(_ time: Int64) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time) / 1_000))
    }
    return offset(time - 7_200_000) != offset(time + 7_200_000)
  }

  @Test(arguments: 0..<4) func workingTimeThatHasPassedIsTheTimeThatWasAskedFor(sample: Int) throws {
    let calendar = try Self.calendar(Self.samples[sample])
    var random = SeededGenerator(seed: UInt64(sample) + 17)
    let from = try Self.time("2026-01-01T00:00:00Z")
    for _ in 0..<2_000 {
      let time = from + Int64.random(in: 0..<Int64(400) * 86_400_000, using: &random)
      let length = Int64.random(in: 1...Int64(90) * 3_600_000, using: &random)
      let due = calendar.moment(.time(length), after: time)
      #expect(calendar.workingTime(from: time, to: due) == length)
      #expect(calendar.workingTime(from: time, to: due - 1) == length - 1)
      let opens = try #require(calendar.nextOpen(from: time))
      #expect(opens >= time && calendar.isOpen(at: opens))
    }
  }

  @Test(arguments: 0..<4) func whatBeginsLaterIsNeverDueEarlier(sample: Int) throws {
    let calendar = try Self.calendar(Self.samples[sample])
    var random = SeededGenerator(seed: UInt64(sample) + 5)
    let from = try Self.time("2026-01-01T00:00:00Z")
    for _ in 0..<2_000 {
      let time = from + Int64.random(in: 0..<Int64(400) * 86_400_000, using: &random)
      let later = time + Int64.random(in: 0..<Int64(3) * 86_400_000, using: &random)
      for duration in [WorkingDuration.time(3_600_000), .days(1), .days(3)] {
        #expect(calendar.moment(duration, after: time) <= calendar.moment(duration, after: later))
      }
    }
  }

  @Test func twoWorkingDaysFromAFridayAfternoonEndOnTuesday() throws {
    let calendar = try Self.calendar(Self.samples[0])
    let due = calendar.moment(.days(2), after: try Self.time("2026-03-06T15:00:00+01:00"))
    // Saturday is a day on which it opens, and 15:00 is past its hours: the day after the next is Monday.
    #expect(due == (try Self.time("2026-03-09T15:00:00+01:00")))
  }

  @Test func nothingBeginsOnAHolidayOfAFileARangeOrADay() throws {
    let ics =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY\r\n"
      + "EXDATE;VALUE=DATE:20270501\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    let calendar = try Self.calendar(
      #"{ zone: Europe/Paris, hours: { every day: "09:00-17:00" }, holidays: [may.ics, 2026-07-14, "2026-12-24..2026-12-26"] }"#,
      files: [SourceFile(name: "may.ics", text: ics)])
    for closed in ["2026-05-01", "2025-05-01", "2026-07-14", "2026-12-24", "2026-12-25", "2026-12-26"] {
      #expect(!calendar.isOpen(at: try Self.time(closed + "T12:00:00+02:00")), "\(closed)")
    }
    for open in ["2027-05-01", "2026-05-02", "2026-12-27", "2027-07-14"] {
      #expect(calendar.isOpen(at: try Self.time(open + "T12:00:00+02:00")), "\(open)")
    }
  }

  @Test func beyondTheYearsThatWereCompiledTheUsualWeekGoesOn() throws {
    let calendar = try Self.calendar(Self.samples[0])
    for year in ["1990", "2060"] {
      let monday = try Self.time("\(year)-06-01T00:00:00Z")
      let opens = try #require(calendar.nextOpen(from: monday))
      #expect(opens - monday < 4 * 86_400_000)
      #expect(calendar.workingTime(from: monday, to: monday + 7 * 86_400_000) == 42 * 3_600_000)
    }
  }

  @Test func noTimeIsTooFarAwayToBeAskedAbout() throws {
    let calendar = try Self.calendar(Self.samples[2])
    for time in [Int64.min, -1, 0, Int64.max - 1, Int64.max] {
      _ = calendar.isOpen(at: time)
      _ = calendar.nextOpen(from: time)
      for duration in [WorkingDuration.time(.max), .time(1), .days(.max), .days(1)] {
        #expect(calendar.moment(duration, after: time) >= time)
      }
      #expect(calendar.workingTime(from: time, to: .max) >= 0)
    }
  }

  @Test func theSameFilesMakeTheSamePolicyWheneverTheyAreChecked() throws {
    let first = try Self.calendar(Self.samples[0])
    #expect(first == (try Self.calendar(Self.samples[0])))
  }
}

@Suite struct PeopleTests {
  private static func rules(_ people: [PolicyDocument.Person]) throws -> CompiledPolicy {
    let folder = ShippedPolicyTests.folder
    var document = try #require(PolicyLoader.load(folder: folder).document)
    document.people = people
    return CompiledPolicy(document)
  }

  @Test func whoHoldsARoleAtTheSiteComesBeforeWhoHoldsItAnywhere() throws {
    let policy = try Self.rules([
      .init(id: "a", role: "shift-lead", team: "billing"),
      .init(id: "b", role: "shift-lead", team: "billing", site: "lyon-1"),
      .init(id: "c", role: "shift-lead", team: "security", site: "lyon-1"),
    ])
    func ids(_ team: ByteSlice, _ site: ByteSlice) -> [String] {
      policy.casework.holders(of: "shift-lead", team: team, site: site).map(\.id.string)
    }
    #expect(ids("billing", "lyon-1") == ["b"])
    #expect(ids("billing", "lyon-2") == ["a", "b"])
    #expect(ids("", "lyon-1") == ["b", "c"])
    #expect(ids("reservations", "") == [])
  }

  @Test func somebodyWorksByTheirTeamsCalendarUnlessTheyHaveTheirOwn() throws {
    let policy = try Self.rules([
      .init(id: "a", role: "clerk", team: "billing"),
      .init(id: "b", role: "clerk", team: "billing", calendar: "technique-nights"),
    ])
    let team = try #require(policy.casework.team("billing"))
    #expect(policy.casework.person("a")?.calendar == team.calendar)
    let own = try #require(policy.casework.person("b"))
    #expect(policy.casework.calendar(own.calendar).name == "technique-nights")
    #expect(policy.casework.person("nobody") == nil)
  }

  @Test func aPolicyOfBeforeThereWerePeopleKnowsNobodyAndHasNoDirectory() throws {
    #expect(try !Self.rules([]).casework.hasDirectory)
  }
}
