// Owns the guarantees about people: a rung is told to whoever is on duty now, and waits for them where nobody is.
import Events
import Testing

@Suite struct DutyTests {
  static let days = """
    calendars:
      days: { zone: Europe/Paris, hours: { mon-fri: "09:00-18:00" } }
      nights: { zone: Europe/Paris, hours: { every day: "18:00-09:00" } }
    """

  /// A desk whose shift lead is Sam; other roles are held around the clock.
  static func desk(sam: String, _ more: [String] = []) throws -> Desk {
    let people =
      [
        "{ id: anna, role: technician, team: technique }",
        "{ id: carl, role: chief-engineer, team: technique }",
        "{ id: dora, role: site-director, team: care }", "{ id: eve, role: customer-director, team: care }",
        "{ id: finn, role: front-desk-lead, team: front-desk }",
        "{ id: gil, role: billing-lead, team: billing }",
        "{ id: hana, role: care-lead, team: care }", "{ id: sam, role: shift-lead, team: technique\(sam) }",
        "{ id: pia, role: stand-in, team: technique }", "{ id: bea, role: shift-lead, team: billing }",
      ] + more
    let list = people.map { "  - \($0)" }.joined(separator: "\n")
    return try Desk([
      "ladders.yaml": Desk.ladder, "calendars.yaml": days, "people.yaml": "people:\n\(list)\n",
    ])
  }

  @Test func aRungIsToldToThePeopleWhoHoldItsRoleAndAreOnDuty() throws {
    let desk = try Self.desk(
      sam: ", calendar: days", ["{ id: nia, role: shift-lead, team: technique, calendar: nights }"])
    desk.feedback()
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.people == ["sam"] && rung.role == "shift-lead" && rung.team == "technique")
  }

  @Test func whoStandsInIsToldAndBothAreNamed() throws {
    let desk = try Self.desk(sam: ", absent-from: 2026-03-01, absent-until: 2026-03-10, delegate: pia")
    desk.feedback()
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.people == ["pia"] && rung.standIns == ["pia for sam"])
  }

  @Test func whereNobodyIsOnDutyThatIsSaidAndTheRungIsToldWhenSomebodyIs() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 22.hours)
    desk.feedback()
    desk.advance(by: 59.minutes)
    let told = desk.advance(by: 3.minutes)
    #expect(told.rungs == [1], "eight in the morning UTC is nine in Paris")
    desk.advance(by: 11.hours - 3.minutes)
    desk.feedback("bob")
    let silent = try #require(desk.advance(by: 62.minutes).escalations(.nobodyOnDuty).first)
    #expect(silent.rung == 1 && silent.people.isEmpty && silent.code == "nobody-on-duty")
  }

  @Test func theWakeTimeIsWhenSomebodyIsOnDutyNext() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 20.hours)
    desk.feedback()
    let silent = try #require(desk.advance(by: 62.minutes).escalations(.nobodyOnDuty).first)
    #expect(silent.wakeAt == monday + 23.hours)
    let told = desk.advance(to: monday + 23.hours)
    #expect(told.rungs == [1] && told.last?.at == monday + 23.hours)
  }

  @Test func aRungThatWaitsForItsPeopleDoesNotHoldUpTheNextOne() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 10.hours)
    desk.feedback()
    let silent = try #require(desk.advance(by: 62.minutes).escalations(.nobodyOnDuty).first)
    #expect(silent.wakeAt == monday + 14.hours + Desk.grace)
    let rung = try #require(desk.advance(by: 4.hours).escalations(.rung).first)
    #expect(rung.rung == 2 && rung.skipped == [1] && rung.people == ["carl"])
  }

  @Test func whatIsDoneMeanwhileDoesNotMakeItSayAgainThatNobodyIsThere() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 20.hours)
    let caseID = desk.feedback().caseID
    desk.advance(by: 62.minutes)
    desk.act(.progress, on: caseID)
    desk.advance(by: 1.hours)
    #expect(desk.escalations.filter { $0.kind == .nobodyOnDuty }.count == 1)
  }

  @Test func aHandOverAsksThePeopleOfTheNextOwner() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 20.hours)
    let caseID = desk.feedback().caseID
    desk.advance(by: 62.minutes)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(desk.advance(by: 1.minutes).escalations(.rung).map(\.people) == [["bea"]])
  }

  @Test func anActOfSomebodyTheDirectoryDoesNotHaveIsANo() throws {
    let desk = try Self.desk(sam: "")
    let caseID = desk.feedback().caseID
    #expect(desk.act(.acknowledge, on: caseID, by: DeskActor(id: "mallory")).code == "unknown-person")
  }

  @Test func theDirectorySaysWhoSomebodyIsAndNotTheEvent() throws {
    let desk = try Self.desk(sam: "")
    let caseID = desk.feedback().caseID
    let told = desk.act(
      .acknowledge, on: caseID, by: DeskActor(id: "gil", role: "technician", team: "technique"))
    #expect(told.code == "not-yours")
  }

  @Test func fieldAsk11WhereNobodyIsOnDutyAnEscalationWaitsForThem() throws {
    let desk = try Self.desk(sam: ", calendar: days")
    desk.advance(by: 20.hours)
    desk.feedback()
    #expect(desk.advance(by: 2.hours).rungs.isEmpty)
    let told = desk.advance(by: 1.hours)
    #expect(told.escalations(.rung).map(\.people) == [["sam"]])
  }
}
