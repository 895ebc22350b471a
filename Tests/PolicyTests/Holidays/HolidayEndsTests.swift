// Owns that a check says in time when holidays run out, by a clock that tests set.
import Foundation
import ICalendar
import Testing

@testable import Policy

@Suite struct HolidayEndsTests {
  private static func time(_ day: String) throws -> Int64 {
    let date = try #require(ISO8601DateFormatter().date(from: day + "T12:00:00Z"))
    return Int64(date.timeIntervalSince1970 * 1_000)
  }

  /// What is said at a day of a calendar with these holidays.
  private static func warnings(_ holidays: String, at day: String, files: [String: String] = [:]) throws
    -> [String]
  {
    let sources =
      [
        SourceFile(
          name: "calendars.yaml",
          text: "calendars:\n  c: { hours: { mon-fri: \"09:00-17:00\" }\(holidays) }\n")
      ] + files.map { SourceFile(name: $0.key, text: $0.value) }
    let findings = Findings()
    let draft = PolicyLoader.parse(sources, findings)
    HolidayEnds(now: try time(day)).report(draft, findings)
    return findings.sorted.filter { $0.line > 0 }.map(\.description)
  }

  @Test func aListThatEndsWithinTwelveMonthsIsWarnedOf() throws {
    let list = #", holidays: [2026-05-01, "2026-12-24..2026-12-26"]"#
    #expect(try Self.warnings(list, at: "2025-12-26") == [])
    #expect(
      try Self.warnings(list, at: "2025-12-27") == [
        "calendars.yaml:2:54: warning: calendars.c.holidays[0]: the holidays of \"c\" end on 2026-12-26, less than "
          + "12 months after 2025-12-27: add those that follow"
      ])
  }

  @Test func aFileThatEndsIsWarnedOfAtItsLastEventAndOneThatGoesOnIsNot() throws {
    let once = ICS.file(["DTSTART;VALUE=DATE:20260406", "DTSTART;VALUE=DATE:20260501"])
    #expect(
      try Self.warnings(", holidays: a.ics", at: "2026-01-01", files: ["a.ics": once]) == [
        "a.ics:6:1: warning: its holidays end on 2026-05-01, less than 12 months after 2026-01-01: add those that "
          + "follow"
      ])
    let yearly = ICS.file(["DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY", "DTSTART;VALUE=DATE:20260406"])
    for day in ["2026-01-01", "2034-06-01"] {
      #expect(try Self.warnings(", holidays: a.ics", at: day, files: ["a.ics": yearly]) == [])
    }
  }

  @Test func aMovableHolidayThatEndsAmongOthersThatGoOnIsNamed() throws {
    let file = ICS.file([
      "SUMMARY:May\nDTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY",
      "SUMMARY:Easter Monday\nDTSTART;VALUE=DATE:20260406",
      "SUMMARY:Easter Monday\nDTSTART;VALUE=DATE:20270329", "SUMMARY:Inventory\nDTSTART;VALUE=DATE:20260130",
    ])
    let list = #", holidays: [a.ics, 2026-01-02]"#
    #expect(try Self.warnings(list, at: "2026-03-29", files: ["a.ics": file]) == [])
    #expect(
      try Self.warnings(list, at: "2026-03-30", files: ["a.ics": file]) == [
        "a.ics:12:1: warning: \"Easter Monday\" (2027-03-29) ends less than 12 months after 2026-03-30, while others "
          + "of the file go on: add the days that follow"
      ])
  }

  @Test func yearsThatAreCompiledAreWarnedOfTwoYearsBeforeTheirEnd() throws {
    #expect(try Self.warnings("", at: "2034-12-29") == [])
    #expect(
      try Self.warnings("", at: "2034-12-31") == [
        "calendars.yaml:2:3: warning: calendars are compiled until 2036-12-28, less than two years after 2034-12-31; "
          + "then the usual week goes on without holidays and changes of the clock: update Answerable"
      ])
  }

  @Test func withoutAMomentAPolicyIsCheckedByItsFilesAlone() {
    let check = PolicyLoader.load(folder: ShippedPolicyTests.folder)
    #expect(check.findings == [])
    let later = PolicyLoader.load(folder: ShippedPolicyTests.folder, now: .max)
    #expect(later.warnings.count > 1 && later.document == check.document)
    #expect(PolicyLoader.load(folder: ShippedPolicyTests.folder, now: .min).document == check.document)
  }

  @Test func theShippedHolidaysLastForYears() throws {
    let check = PolicyLoader.load(folder: ShippedPolicyTests.folder, now: try Self.time("2034-01-01"))
    #expect(check.findings.map(\.description) == [])
  }
}
