// Owns what is promised about who is on duty: calendars, absences, stand-ins, and when somebody comes next.
import Events
import Testing

@testable import Policy

@Suite struct DutyTests {
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 24 * hour
  /// Monday 2026-03-02, 00:00 UTC.
  private static let monday: Int64 = 1_772_409_600_000

  private static let files = [
    "teams.yaml": """
    teams:
      care: { accountable: care-lead, calendar: days, on-call: nights }
      desk: { accountable: desk-lead }
      technique: { accountable: chief }
    """,
    "calendars.yaml": """
    calendars:
      days: { zone: UTC, hours: { mon-fri: "09:00-17:00" } }
      nights: { zone: UTC, hours: { sat: "20:00-06:00" } }
      mornings: { zone: Europe/Paris, hours: { every day: "07:00-12:00" } }
    """,
    "sites.yaml": "sites: { lyon-1: { zone: Europe/Paris } }", "journeys.yaml": "journeys: {}",
  ]

  private static func policy(people: String? = nil) throws -> CompiledPolicy {
    var files = files
    // Whoever answers for a team has to exist.
    files["people.yaml"] = people.map {
      $0 + """

          - { id: lead-1, role: care-lead, team: care }
          - { id: lead-2, role: desk-lead, team: desk }
          - { id: lead-3, role: chief, team: technique }
        """
    }
    return try Sample(files).compiled()
  }

  private static func next(_ policy: CompiledPolicy, _ role: ByteSlice, _ hours: Int64) -> Int64? {
    policy.casework.nextDuty(of: role, team: ByteSlice(), site: ByteSlice(), after: monday + hours * hour)
      .map { ($0 - monday) / hour }
  }

  @Test func aTeamsPeopleWorkInItsHoursAndInThoseInWhichItIsOnCall() throws {
    let policy = try Self.policy(
      people: """
        people:
          - { id: anna, role: clerk, team: care }
          - { id: ben, role: porter, team: care, calendar: mornings }
        """)
    let anna = try #require(policy.casework.person("anna"))
    let ben = try #require(policy.casework.person("ben"))
    for (hours, isOn) in [
      (8, false), (9, true), (17, false), (139, false), (140, true), (149, true), (150, false),
    ] {
      #expect(policy.casework.onDuty(anna, at: Self.monday + Int64(hours) * Self.hour) == isOn, "\(hours)")
    }
    #expect(Self.next(policy, "clerk", 17) == 33)
    #expect(Self.next(policy, "clerk", 4 * 24 + 17) == 140)
    // Their own calendar stands for the team's and for its on-call hours.
    #expect(policy.casework.onDuty(ben, at: Self.monday + 6 * Self.hour))
    #expect(!policy.casework.onDuty(ben, at: Self.monday + 140 * Self.hour))
  }

  @Test func whoStandsInIsOnDutyForSomebodyWhoIsAway() throws {
    let policy = try Self.policy(
      people: """
        people:
          - { id: anna, role: clerk, team: care, absent-from: 2026-03-02, absent-until: 2026-03-09, delegate: ben }
          - { id: ben, role: porter, team: desk, calendar: mornings }
        """)
    let anna = try #require(policy.casework.person("anna"))
    #expect(policy.casework.present(anna, at: Self.monday + 7 * Self.hour)?.id == "ben")
    #expect(!policy.casework.onDuty(anna, at: Self.monday + 12 * Self.hour))
    // The stand-in comes before the absence is over.
    #expect(Self.next(policy, "clerk", 12) == 30)
    // Sunday after the last morning: back on Monday, when the stand-in opens no more.
    #expect(Self.next(policy, "clerk", 6 * 24 + 12) == 177)
  }

  @Test func standInsOfStandInsAreFollowedOnlySoFar() throws {
    func away(_ id: String, _ delegate: String) -> String {
      "- { id: \(id), role: clerk, team: desk, absent-from: 2026-03-02, absent-until: 2026-03-04, delegate: \(delegate) }"
    }
    func policy(_ count: Int) throws -> CompiledPolicy {
      let chain = (1...count).map { away("p\($0)", "p\($0 + 1)") }
      let last = "- { id: p\(count + 1), role: porter, team: desk }"
      return try Self.policy(people: "people:\n" + (chain + [last]).map { "  \($0)" }.joined(separator: "\n"))
    }
    let near = try policy(CaseworkRules.longestStandIn)
    let far = try policy(CaseworkRules.longestStandIn + 1)
    #expect(try near.casework.onDuty(#require(near.casework.person("p1")), at: Self.monday))
    let first = try #require(far.casework.person("p1"))
    #expect(!far.casework.onDuty(first, at: Self.monday))
    #expect(far.casework.nextDuty(of: first, after: Self.monday) == Self.monday + 2 * Self.day)
  }

  @Test func aDayOfAbsenceBeginsAtMidnightWhereSomebodyWorks() throws {
    let policy = try Self.policy(
      people: """
        people:
          - { id: anna, role: clerk, team: desk, site: lyon-1, absent-from: 2026-03-02, absent-until: 2026-07-01 }
        """)
    let anna = try #require(policy.casework.person("anna"))
    #expect(anna.absentFrom == Self.monday - Self.hour)
    #expect(anna.absentUntil == Self.monday + 121 * Self.day - 2 * Self.hour)
  }

  @Test func withoutADirectoryARoleWorksWhenItsTeamDoes() throws {
    let policy = try Self.policy()
    func next(_ team: ByteSlice) -> Int64? {
      policy.casework.nextDuty(of: "clerk", team: team, site: ByteSlice(), after: Self.monday)
    }
    #expect(next("care") == Self.monday + 9 * Self.hour)
    #expect(next("desk") == Self.monday)
    #expect(next("nobody") == nil)
  }

  @Test func nobodyOfARoleIsNeverOnDuty() throws {
    let policy = try Self.policy(people: "people:\n  - { id: anna, role: clerk, team: care }")
    #expect(Self.next(policy, "captain", 0) == nil)
  }

  /// By looking at every quarter of an hour.
  @Test(arguments: UInt64(1)...30) func nobodyIsOnDutyBeforeTheNextDuty(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ids = ["anna", "ben", "carl", "dora"]
    let people = ids.enumerated().map { index, id in
      var fields = "id: \(id), role: clerk, team: \(random.pick(["care", "desk"]))"
      if !random.once(in: 3) { fields += ", calendar: \(random.pick(["days", "nights", "mornings"]))" }
      if random.once(in: 2) {
        let from = Int.random(in: 1...6, using: &random)
        fields +=
          ", absent-from: 2026-03-0\(from), absent-until: 2026-03-0\(from + Int.random(in: 1...3, using: &random))"
      }
      if index > 0, random.once(in: 2) { fields += ", delegate: \(ids[index - 1])" }
      return "  - { \(fields) }"
    }
    let policy = try Self.policy(people: "people:\n" + people.joined(separator: "\n"))
    let rules = policy.casework
    for id in [ByteSlice("anna"), "ben", "carl", "dora"] {
      let person = try #require(rules.person(id))
      let from = Self.monday - Self.day + Int64.random(in: 0...32, using: &random) * Self.hour / 4
      let next = try #require(rules.nextDuty(of: person, after: from))
      #expect(rules.onDuty(person, at: next))
      var time = from
      while time < min(next, from + 14 * Self.day) {
        #expect(!rules.onDuty(person, at: time), "\(person.id.string)")
        time += Self.hour / 4
      }
    }
  }
}
