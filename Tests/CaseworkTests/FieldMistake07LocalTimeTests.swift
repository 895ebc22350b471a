// Owns the proof that the seventh mistake of the field is not made here: time is the team's, not UTC's.
import Events
import Testing

/// Systems next door know windows in UTC only: twice a year every one of them is an hour wrong.
@Suite struct FieldMistake07LocalTimeTests {
  private func desk() throws -> Desk {
    try Desk([
      "ladders.yaml": Desk.ladder,
      "calendars.yaml": """
      calendars:
        office: { zone: Europe/Paris, hours: { mon-fri: ["09:00-12:30", "13:30-18:00"] } }
        night: { zone: Europe/Paris, hours: { every day: "22:00-07:00" } }
      """,
      "teams.yaml": """
      teams:
        front-desk: { accountable: front-desk-lead }
        technique: { accountable: chief-engineer, calendar: office }
        billing: { accountable: billing-lead, calendar: night }
        care: { accountable: care-lead }
        lift-service: { subcontractor-of: technique }
      """,
    ])
  }

  @Test func anHourOfWorkBeginsWhenTheTeamDoesInWinterAndInSummer() throws {
    let desk = try desk()
    desk.advance(to: monday + 5.days)
    let winter = try #require(desk.feedback().assignment).view
    #expect(winter.due(.acknowledge) == monday + 7.days, "Monday, ten in Paris is nine in UTC")
    desk.advance(to: monday + 26.days)
    let summer = try #require(desk.feedback("bob").assignment).view
    #expect(summer.due(.acknowledge) == monday + 28.days - 1.hours, "Monday, ten in Paris is eight in UTC")
  }

  @Test func aBreakInTheDayIsNoWorkingTime() throws {
    let view = try #require(try desk().feedback().assignment).view
    #expect(view.due(.respond) == monday + 5.hours, "four hours from ten, with the hour of lunch")
  }

  @Test func aWorkingDayEndsAtTheSameTimeOfDay() throws {
    let view = try #require(try desk().feedback().assignment).view
    #expect(view.due(.resolve) == monday + 2.days)
  }

  @Test func silenceIsTheCustomersTimeAndPassesOnSundays() throws {
    let view = try #require(try desk().feedback().assignment).view
    #expect(view.due(.silence) == monday + 6.days)
  }

  @Test func aWaitOverTheWeekendTakesNoWorkingTimeAway() throws {
    let desk = try desk()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 1.hours)
    desk.act(.wait(for: "customer", until: monday + 6.days), on: caseID)
    desk.advance(to: monday + 6.days)
    // Three hours are left: half past nine to half past twelve, in Paris, on Monday.
    #expect(desk.view(caseID)?.due(.respond) == monday + 7.days + 2.hours)
  }

  @Test func fieldAsk22ClocksRunInTheCalendarOfTheTeamWithSplitShiftsAndNights() throws {
    let desk = try desk()
    let office = try #require(desk.feedback().assignment).view
    let night = try #require(desk.feedback("bob") { $0.owner = "billing" }.assignment).view
    #expect(office.due(.acknowledge) == monday + 1.hours)
    #expect(night.due(.acknowledge) == monday + 13.hours, "from ten in the evening in Paris")
  }
}
