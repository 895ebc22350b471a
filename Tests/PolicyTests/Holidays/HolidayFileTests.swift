// Owns what iCalendar files close: every form in which an event says when it is.
import Foundation
import ICalendar
import Testing

@testable import Policy

@Suite struct HolidayFileTests {
  @Test func datesAddDaysAndExceptionsTakeThemOut() {
    let file = ICS.events(
      """
      DTSTART;VALUE=DATE:20260406
      RDATE;VALUE=DATE:20270329,20280417
      RDATE;VALUE=DATE:20290402
      EXDATE;VALUE=DATE:20280417
      """)
    #expect(file.mistakes == [])
    #expect(file.dates == ["2026-04-06", "2027-03-29", "2029-04-02"])
  }

  @Test func aPeriodHasALengthOfItsOwn() {
    let file = ICS.events(
      """
      DTSTART:20261224T140000Z
      DURATION:PT4H
      RDATE;VALUE=PERIOD:20261231T120000Z/PT6H,20270105T080000Z/20270105T093000Z
      RDATE:20280101T060000Z
      """)
    #expect(file.mistakes == [])
    #expect(
      file.hours == [
        "2026-12-24 14:00Z+240", "2026-12-31 12:00Z+360", "2027-01-05 08:00Z+90", "2028-01-01 06:00Z+240",
      ])
  }

  @Test func aDateOfATimedEventIsClosedAsAWhole() {
    let file = ICS.events("DTSTART:20261224T140000\nDURATION:PT4H\nRDATE;VALUE=DATE:20261231")
    #expect(file.hours == ["2026-12-24 14:00+240"] && file.dates == ["2026-12-31"])
  }

  @Test func severalDaysEndBeforeTheDayOfTheirEnd() {
    for length in ["DTEND;VALUE=DATE:20261227", "DURATION:P3D"] {
      #expect(
        ICS.events("DTSTART;VALUE=DATE:20261224\n\(length)").dates == [
          "2026-12-24", "2026-12-25", "2026-12-26",
        ])
    }
    #expect(ICS.events("DTSTART;VALUE=DATE:20261224\nDURATION:P1W").days.count == 7)
    #expect(ICS.events("DTSTART;VALUE=DATE:20261224").dates == ["2026-12-24"])
    #expect(ICS.events("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224").dates == ["2026-12-24"])
  }

  @Test func aTimedEventClosesItsHoursInItsOwnZone() {
    let file = ICS.events(
      "DTSTART;TZID=America/New_York:20261126T120000\nDTEND;TZID=America/New_York:20261126T180000",
      "DTSTART:20261225T090000\nDTEND:20261225T120000", "DTSTART:20261226T090000Z\nDTEND:20261226T120000Z")
    #expect(file.mistakes == [] && file.days == [])
    #expect(file.hours == ["2026-11-26 17:00Z+360", "2026-12-25 09:00+180", "2026-12-26 09:00Z+180"])
  }

  /// Paris has 23 hours on 2026-03-29.
  @Test func aDayHasItsHoursAndAnHourIsAnHour() {
    let file = ICS.events(
      "DTSTART;TZID=Europe/Paris:20260328T220000\nDURATION:P1D",
      "DTSTART;TZID=Europe/Paris:20260328T230000\nDURATION:PT24H")
    #expect(file.hours == ["2026-03-28 21:00Z+1380", "2026-03-28 22:00Z+1440"])
  }

  @Test func aZoneThatOnlyTheFileKnowsIsReadFromIt() {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VTIMEZONE
      TZID:Romance Standard Time
      BEGIN:STANDARD
      DTSTART:16010101T030000
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:16010101T020000
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
      END:DAYLIGHT
      END:VTIMEZONE
      BEGIN:VEVENT
      DTSTART;TZID=Romance Standard Time:20260714T100000
      DURATION:PT1H
      RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2
      END:VEVENT
      END:VCALENDAR
      """
    let file = ICS.read(text)
    #expect(file.mistakes == [])
    #expect(file.hours == ["2026-07-14 08:00Z+60", "2027-01-14 09:00Z+60"])
  }

  @Test func aRepetitionEndsWithItsCountOrItsUntilOrGoesOn() {
    func days(_ rule: String) -> [String] {
      ICS.events("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY\(rule)").dates
    }
    #expect(days(";COUNT=3") == ["2026-05-01", "2027-05-01", "2028-05-01"])
    #expect(days(";UNTIL=20280501") == days(";COUNT=3"))
    #expect(days(";UNTIL=20280430") == days(";COUNT=2"))
    #expect(days("").count == 11 && days("").last == "2036-05-01")
    #expect(days(";INTERVAL=4;COUNT=2") == ["2026-05-01", "2030-05-01"])
  }

  @Test func anEventOfLongAgoCountsWithItsYears() {
    let file = ICS.events("DTSTART;VALUE=DATE:19000714\nRRULE:FREQ=YEARLY")
    #expect(file.days.count == 13 && file.dates.first == "2024-07-14")
    let over = ICS.events("DTSTART;VALUE=DATE:19000714\nRRULE:FREQ=YEARLY;COUNT=125")
    #expect(over.dates == ["2024-07-14"])
  }

  /// 23:30 of New York is the next day in UTC.
  @Test func theUntilOfATimeIsAMoment() {
    func last(_ until: String) -> Int {
      ICS.events(
        "DTSTART;TZID=America/New_York:20260105T233000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=\(until)"
      ).closures.count
    }
    #expect(last("20260107T043000Z") == 2)
    #expect(last("20260107T042959Z") == 1)
    #expect(last("20260107") == 3)
  }

  @Test func anExceptionMovesOneOccurrence() {
    let file = ICS.events(
      "UID:a\nDTSTART;VALUE=DATE:20260508\nRRULE:FREQ=YEARLY;COUNT=3",
      "UID:a\nRECURRENCE-ID;VALUE=DATE:20270508\nDTSTART;VALUE=DATE:20270510\nDURATION:P2D")
    #expect(file.mistakes == [])
    #expect(file.dates == ["2026-05-08", "2027-05-10", "2027-05-11", "2028-05-08"])
  }

  @Test func anExceptionOfAllThatFollowMovesThemToo() {
    let file = ICS.events(
      "UID:a\nDTSTART;VALUE=DATE:20260508\nRRULE:FREQ=YEARLY;COUNT=4",
      "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20280508\nDTSTART;VALUE=DATE:20280509",
      "UID:a\nSTATUS:CANCELLED\nRECURRENCE-ID;VALUE=DATE:20270508\nDTSTART;VALUE=DATE:20270508")
    #expect(file.mistakes == [])
    #expect(file.dates == ["2026-05-08", "2028-05-09", "2029-05-09"])
  }

  @Test func whatIsCancelledClosesNothing() {
    let file = ICS.events(
      "UID:a\nDTSTART;VALUE=DATE:20260508\nSTATUS:CANCELLED\nRRULE:FREQ=YEARLY",
      "UID:a\nRECURRENCE-ID;VALUE=DATE:20270508\nDTSTART;VALUE=DATE:20270510",
      "UID:b\nDTSTART;VALUE=DATE:20260101\nSTATUS:TENTATIVE\nTRANSP:TRANSPARENT",
      "UID:c\nDTSTART;VALUE=DATE:20260103", "UID:c\nSEQUENCE:1\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260103"
    )
    #expect(file.mistakes == [])
    #expect(file.dates == ["2026-01-01"])
  }

  @Test func theNewestVersionOfAnEventCounts() {
    let file = ICS.events(
      "UID:a\nSEQUENCE:2\nDTSTART;VALUE=DATE:20260103", "UID:a\nSEQUENCE:1\nDTSTART;VALUE=DATE:20260102")
    #expect(file.mistakes == [] && file.dates == ["2026-01-03"])
  }

  @Test(arguments: ["\n", "\r\n"]) func foldedLinesAndAByteOrderMarkAreRead(_ end: String) {
    let folded = "DTSTART;VALUE=DA\(end) TE:2026\(end)\t0406"
    let text =
      "\u{FEFF}"
      + ["BEGIN:VCALENDAR", "BEGIN:VEVENT", folded, "END:VEVENT", "END:VCALENDAR"]
      .joined(separator: end)
    let file = ICS.read(text)
    #expect(file.mistakes == [] && file.dates == ["2026-04-06"])
  }

  /// Some writers fold after so many bytes, whatever they are.
  @Test func aFoldWithinACharacterIsMovedBehindIt() {
    let text = "SUMMARY:Fête du 🎉\r\nDTSTART"
    for fold in ["\r\n ", "\n\t"] {
      for index in 1..<text.utf8.count where Array(text.utf8)[index] & 0xC0 == 0x80 {
        var bytes = Array(text.utf8)
        bytes.insert(contentsOf: Array(fold.utf8), at: index)
        let mended = String(validating: FoldedText.mended(bytes), as: UTF8.self)
        #expect(mended?.replacing(fold, with: "") == text)
      }
    }
    let whole = Array("é\r\n é\r\n\u{20}x".utf8)
    #expect(FoldedText.mended(whole) == whole, "other folds stay")
  }

  @Test func aMistakeIsSaidAtItsPlaceAlsoInAFoldedLine() throws {
    let text =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\n"
      + "RDATE;VALUE=DATE:20260102,\r\n 20260230,20260104\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    let mistake = try #require(ICS.read(text).mistakes.first)
    #expect(mistake.kind == .malformed(property: "RDATE", value: "20260230"))
    #expect(mistake.line == 5 && mistake.column == 2)
  }

  @Test func moreMistakesThanAPersonReadsAreCounted() {
    let file = ICS.read(ICS.file(Array(repeating: "SUMMARY:x", count: 50)))
    #expect(file.mistakes.count == 21 && file.mistakes.last?.kind == .more(20))
  }

  /// Each would take hours or all memory if it were followed.
  @Test(arguments: [
    String(repeating: "X", count: 10 << 20), String(repeating: "\r\n", count: 5 << 20),
    "BEGIN:VCALENDAR\r\n" + String(repeating: "BEGIN:VEVENT\r\n", count: 800_000),
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nRDATE:" + String(repeating: "20260101,", count: 1_200_000),
    ICS.file(Array(repeating: "DTSTART:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", count: 100_000)),
    ICS.file(Array(repeating: "DTSTART:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", count: 9_000)),
    ICS.file(["DTSTART:20260101T000000\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6,7,8"]),
    ICS.file(["DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"]),
  ])
  func aFileThatIsTooMuchIsRefused(_ text: String) {
    let file = ICS.read(text)
    #expect(file.mistakes.contains { !$0.isWarning })
    #expect(file.mistakes.count <= 21)
  }

  @Test(arguments: UInt64(1)...200) func ofAnyBytesAFileIsReadOrRefused(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "DTSTART", ":", ";", ",", "\r\n",
      "\n",
      "\r", " ", "\t", "VALUE=DATE", "20260101", "20260101T100000", "Z", "RRULE:FREQ=", "YEARLY", "WEEKLY",
      ";COUNT=", "1", "9999999999", "-", "RDATE", "EXDATE", "DURATION:P", "D", "\"", "\u{0}", "é", "\u{FEFF}",
      "TZID=", "RECURRENCE-ID", "/", "PT", "=", "BYDAY=MO", "UNTIL=", "STATUS:CANCELLED", "UID:a", "BEGIN:",
    ]
    var text = ICS.file(["UID:a\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY"])
    for _ in 0..<40 {
      let count = text.count
      let at = text.index(text.startIndex, offsetBy: Int.random(in: 0...count, using: &random))
      text.insert(contentsOf: random.pick(pieces), at: at)
      if random.once(in: 4), let index = text.indices.randomElement(using: &random) { text.remove(at: index) }
    }
    let file = ICS.read(text)
    let lines = text.utf8.count { $0 == 0x0A } + 1
    #expect(file.mistakes.allSatisfy { (1...lines).contains($0.line) && $0.column >= 1 })
    #expect(file.days == file.days.sorted() && file.closures == file.closures.sorted())
  }
}
