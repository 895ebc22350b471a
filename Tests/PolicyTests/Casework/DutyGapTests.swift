// Owns the hours in which a rung would find nobody: which are said, which are not, and how they read.
import Testing

@testable import Policy

@Suite struct DutyGapTests {
  /// A calendar in a zone `ahead` minutes of UTC; hours are minutes of the local week from Monday.
  private static func calendar(_ id: String, ahead: Int64 = 60, _ hours: [Range<Int32>])
    -> PolicyDocument.Calendar
  {
    .init(
      id: id, zone: "Europe/Paris", start: 4 * 1_440 - ahead + 2_000 * 10_080,
      offsets: [.init(from: 0, minutes: 0), .init(from: 1_000, minutes: ahead)], patterns: [], weeks: [],
      usual: hours.flatMap { [$0.lowerBound, Int32($0.count)] })
  }

  /// Every day from one hour to another, over midnight where the second is before the first.
  private static func everyDay(_ from: Int32, _ to: Int32, days: Range<Int32> = 0..<7) -> [Range<Int32>] {
    days.map { day in
      let begins = day * 1_440 + from * 60
      return begins..<begins + (to > from ? to - from : to + 24 - from) * 60
    }
  }

  private static let calendars = [
    calendar("office", everyDay(9, 18, days: 0..<5)), calendar("days", everyDay(7, 22)),
    calendar("nights", everyDay(22, 7)), calendar("weekend", everyDay(9, 18, days: 5..<7)),
    calendar("geneva", ahead: 60, everyDay(8, 20)), calendar("london", ahead: 0, everyDay(8, 20)),
  ]

  private func warnings(
    _ rungs: String, teams: [String: String] = [:], onCall: [String: String] = [:], ladder: String = "",
    _ people: [PolicyDocument.Person]
  ) -> [String] {
    let findings = Findings()
    let more = ladder.isEmpty ? "" : "    \(ladder)\n"
    let files = Sample(["ladders.yaml": "ladders:\n  standard:\n\(more)    rungs:\n\(rungs)"]).files
    var draft = PolicyLoader.parse(files.map { SourceFile(name: $0.key, text: $0.value) }, findings)
    PolicyLoader.fillDefaults(&draft)
    for index in draft.teams.indices {
      let id = draft.teams[index].id
      // Others climb nothing here, so that a test is about the teams that it names.
      draft.teams[index].ladder = teams[id.value] == nil ? Located("other", at: id.place) : nil
      draft.teams[index].onCall = onCall[id.value].map { Located($0, at: id.place) }
      if let calendar = teams[id.value] { draft.teams[index].calendar = Located(calendar, at: id.place) }
    }
    var document = PolicyDocument(draft)
    document.calendars = Self.calendars
    document.people = people
    DutyGaps(document, draft, findings).report()
    return findings.sorted.map { String($0.description.dropFirst("ladders.yaml:".count)) }
  }

  private static let rung = "      - { unless: acknowledged, to: shift-lead of owner }"

  private static func lead(_ team: String, _ calendar: String?, site: String? = nil) -> PolicyDocument.Person
  {
    .init(id: "somebody", role: "shift-lead", team: team, site: site, calendar: calendar)
  }

  @Test func hoursOfTheTeamWithoutAHolderAreNamed() {
    let people = [Self.lead("billing", "office"), Self.lead("billing", "weekend", site: "lyon-1")]
    #expect(
      warnings(Self.rung, teams: ["billing": "days"], people) == [
        "4:9: warning: ladders.standard.rungs[0]: Mondays to Fridays 07:00–22:00, Saturdays and Sundays 07:00–09:00 and 18:00–22:00 nobody holds role shift-lead of billing at lyon-1",
        "4:9: warning: ladders.standard.rungs[0]: every day 07:00–09:00 and 18:00–22:00 nobody holds role shift-lead of billing",
      ])
  }

  @Test func hoursInWhichNoClockOfTheTeamRunsOutAreNotNamed() {
    #expect(warnings(Self.rung, teams: ["billing": "office"], [Self.lead("billing", "days")]).isEmpty)
    #expect(warnings(Self.rung, teams: ["billing": "office"], [Self.lead("billing", nil)]).isEmpty)
    #expect(warnings(Self.rung, teams: ["billing": "always"], [Self.lead("billing", nil)]).isEmpty)
  }

  @Test func severalPeopleCoverTheWeekTogether() {
    let shifts = [Self.lead("billing", "days"), Self.lead("billing", "nights")]
    #expect(warnings(Self.rung, teams: ["billing": "always"], shifts).isEmpty)
    #expect(
      warnings(Self.rung, teams: ["billing": "always"], [shifts[0]]) == [
        "4:9: warning: ladders.standard.rungs[0]: every day 22:00–07:00 nobody holds role shift-lead of billing"
      ])
  }

  /// Hours are those of the team's zone, whatever the zone of its people.
  @Test func zonesMeetAtTheSameMoment() {
    #expect(
      warnings(Self.rung, teams: ["billing": "geneva"], [Self.lead("billing", "london")]) == [
        "4:9: warning: ladders.standard.rungs[0]: every day 08:00–09:00 nobody holds role shift-lead of billing"
      ])
  }

  @Test func aRoleAnywhereIsAskedForWhenAnyOfItsTeamsWorks() {
    let director = PolicyDocument.Person(id: "d", role: "director", team: "care", calendar: "office")
    #expect(
      warnings(
        "      - { unless: resolved, to: director }", teams: ["billing": "office", "care": "weekend"],
        [director])
        == [
          "4:9: warning: ladders.standard.rungs[0]: Saturdays and Sundays 09:00–18:00 nobody holds role director"
        ])
  }

  @Test func theAccountableIsLookedForToo() {
    let lead = PolicyDocument.Person(id: "l", role: "billing-lead", team: "billing", calendar: "weekend")
    #expect(
      warnings("      - { unless: resolved, to: accountable of owner }", teams: ["billing": "office"], [lead])
        == [
          "4:9: warning: ladders.standard.rungs[0]: Mondays to Fridays 09:00–18:00 nobody holds role billing-lead, which answers for billing"
        ])
  }

  @Test func whoeverAnswersForATeamMayStandInAnotherOne() {
    let lead = PolicyDocument.Person(id: "l", role: "billing-lead", team: "care", calendar: "days")
    let rung = "      - { unless: resolved, to: accountable of owner }"
    #expect(warnings(rung, teams: ["billing": "office"], [lead]).isEmpty)
  }

  @Test func whoIsOnCallIsOnDuty() {
    var onCall = ["billing": "nights"]
    #expect(
      warnings(Self.rung, teams: ["billing": "always"], onCall: onCall, [Self.lead("billing", "days")])
        .isEmpty)
    onCall["billing"] = "weekend"
    #expect(
      warnings(Self.rung, teams: ["billing": "always"], onCall: onCall, [Self.lead("billing", "days")]) == [
        "4:9: warning: ladders.standard.rungs[0]: every day 22:00–07:00 nobody holds role shift-lead of billing"
      ])
  }

  /// Where a ladder names a calendar, clocks run out in its hours too, or only in those.
  @Test func hoursOfACalendarThatTheLadderNamesAreAskedFor() {
    let people = [Self.lead("billing", "days")]
    #expect(
      warnings(
        Self.rung, teams: ["billing": "days"], ladder: "by-priority: { P1: { calendar: always } }", people)
        == [
          "5:9: warning: ladders.standard.rungs[0]: every day 22:00–07:00 nobody holds role shift-lead of billing"
        ])
    #expect(
      warnings(Self.rung, teams: ["billing": "always"], ladder: "clocks: { calendar: days }", people).isEmpty)
  }

  @Test func withoutADirectoryNothingIsKnown() {
    #expect(warnings(Self.rung, teams: ["billing": "days"], []).isEmpty)
  }

  @Test func manyGapsOfALadderAreCounted() {
    let people = (0..<20).map { Self.lead("billing", "office", site: "site-\($0)") }
    let found = warnings(Self.rung, teams: ["billing": "days"], people)
    #expect(found.count == 9)
    #expect(
      found.first
        == "2:3: warning: ladders.standard: has 13 more gaps like those below, in which a clock can run out and nobody is on duty"
    )
  }

  // MARK: Text

  @Test(arguments: UInt64(1)...60)
  func hoursAsTextLoseAndAddNothing(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ahead = random.pick([0, 60, -300, 345])
    let ranges = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      let from = Int32.random(in: 0..<10_080, using: &random)
      return from..<from + Int32.random(in: 1...(random.once(in: 4) ? 6_000 : 600), using: &random)
    }
    let week = DutyWeek(Self.calendar("any", ahead: Int64(ahead), ranges))
    let meant = Set(ranges.flatMap { $0.map { Int($0) % 10_080 } })
    #expect((0..<10_080).allSatisfy { week.contains(($0 - ahead + 10_080) % 10_080) == meant.contains($0) })
    let text = week.text(offset: ahead, limit: 100)
    let read = text == "at any time" ? Set(0..<10_080) : try Self.read(text)
    #expect(read == meant, "\(text)")
  }

  private static let names = [
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
  ]

  /// The minutes that a text names: each clock time belongs to the days before it.
  private static func read(_ text: String) throws -> Set<Int> {
    var minutes: Set<Int> = []
    var days: [Int] = []
    var isNew = false
    let words = text.replacing("every day", with: "Mondays to Sundays").split { " ,".contains($0) }.map(
      String.init)
    var at = 0
    func minute(_ clock: Substring) throws -> Int {
      let parts = clock.split(separator: ":")
      return try #require(Int(parts[0])) * 60 + #require(Int(parts[1]))
    }
    while at < words.count {
      if let day = names.firstIndex(of: words[at]) {
        if isNew { days = [] }
        isNew = false
        if at > 0, words[at - 1] == "to", let first = days.last {
          days += (first + 1)...day
        } else {
          days.append(day)
        }
      } else if words[at].contains(":") {
        let clocks = words[at].split(separator: "–")
        let from = try minute(clocks[0])
        var length: Int
        if clocks.count == 2 {
          let to = try minute(clocks[1])
          length = to > from ? to - from : to + 1_440 - from
        } else {
          // `22:00 to Mondays 06:00`
          let day = try #require(names.firstIndex(of: words[at + 2]))
          length = day * 1_440 + (try minute(words[at + 3][...])) - (days[0] * 1_440 + from)
          length = length <= 0 ? length + 10_080 : length
          at += 3
        }
        for day in days {
          for offset in 0..<length { minutes.insert((day * 1_440 + from + offset) % 10_080) }
        }
        isNew = true
      }
      at += 1
    }
    return minutes
  }
}
