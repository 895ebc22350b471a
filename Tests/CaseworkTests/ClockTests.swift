// Owns the guarantees about clocks: absolute moments that only a wait moves, by exactly as long as it rested.
import Events
import Testing

@testable import Casework

@Suite struct ClockTests {
  @Test func aCaseBeginsWithTheClocksOfItsPriorityAndTheirRules() throws {
    let desk = try Desk.onLadder()
    let view = try #require(desk.feedback { $0.score = 60 }.assignment).view
    #expect(view.due(.acknowledge) == monday + 1.hours && view.due(.respond) == monday + 4.hours)
    #expect(view.due(.resolve) == monday + 2.days && view.due(.silence) == monday + 6.days)
    #expect(view.clocks.first?.rule == "ladders.standard.clocks.acknowledge")
    let urgent = try #require(desk.feedback("bob") { $0.score = 95 }.assignment).view
    #expect(urgent.due(.acknowledge) == monday + 15.minutes && urgent.due(.respond) == monday + 1.hours)
  }

  @Test func aPriorityThatRisesShortensWhatRuns() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 5.minutes)
    desk.feedback { $0.score = 95 }
    let view = try #require(desk.view(caseID))
    #expect(view.due(.acknowledge) == monday + 15.minutes && view.due(.respond) == monday + 1.hours)
  }

  @Test func aPriorityThatRisesLateMakesNobodyLateForThePast() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 50.minutes)
    desk.feedback { $0.score = 95 }
    #expect(desk.view(caseID)?.due(.acknowledge) == desk.now)
  }

  @Test func aPriorityThatRisesDoesNotStartWhatWasDone() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.feedback { $0.score = 95 }
    #expect(desk.view(caseID)?.state(.acknowledge) == .met)
  }

  /// A desk whose P1 counts at any time, and whose other cases count in the hours of their owner.
  private static func withNights() throws -> Desk {
    try Desk([
      "calendars.yaml": """
      calendars: { office: { zone: UTC, hours: { mon-fri: "09:00-17:00" } } }
      """,
      "teams.yaml": CaseworkSample.teams.replacing(
        "accountable: chief-engineer }",
        with: "accountable: chief-engineer, calendar: office, on-call: always }"),
      "ladders.yaml": Desk.ladder.replacing("P1: { acknowledge", with: "P1: { calendar: always, acknowledge"),
    ])
  }

  @Test func aPriorityWithACalendarOfItsOwnDoesNotWaitForMorning() throws {
    let desk = try Self.withNights()
    let evening = monday + 12.hours
    desk.advance(to: evening)
    let urgent = try #require(desk.feedback("bob") { $0.score = 95 }.assignment).view
    #expect(urgent.due(.acknowledge) == evening + 15.minutes && urgent.due(.resolve) == evening + 8.hours)
    let other = try #require(desk.feedback { $0.score = 60 }.assignment).view
    #expect((other.due(.acknowledge) ?? 0) > evening + 8.hours)
    let told = desk.advance(to: evening + 1.hours + Desk.grace + 1.minutes)
    #expect(told.rungs == [2], "the rung of the case that is counted at night")
  }

  @Test func aPriorityThatRisesAtNightGoesOnInTheCalendarOfTheNewOne() throws {
    let desk = try Self.withNights()
    let evening = monday + 12.hours
    desk.advance(to: evening)
    let caseID = desk.feedback().caseID
    desk.feedback { $0.score = 95 }
    let view = try #require(desk.view(caseID))
    #expect(view.due(.acknowledge) == evening + 15.minutes && view.due(.respond) == evening + 1.hours)
  }

  @Test func whatHasRunInTheOwnersHoursHasRunWhenTheCalendarChangesWhileItWaits() throws {
    let desk = try Self.withNights()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 30.minutes)
    desk.act(.wait(for: "customer", until: desk.now + 2.hours), on: caseID)
    desk.advance(by: 1.hours)
    // The customer's next contact ends the wait and raises the priority: an hour to respond, half of which has run.
    desk.feedback { $0.score = 95 }
    let view = try #require(desk.view(caseID))
    #expect(view.state(.respond) == .running && view.due(.respond) == desk.now + 30.minutes)
  }

  @Test func aWaitRestsWhatDependsOnTheCustomerAndNothingElse() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.wait(for: "customer", until: monday + 2.days), on: caseID)
    let view = try #require(told.assignment).view
    #expect(view.status == .waiting && view.state(.acknowledge) == .running)
    for kind in [ClockKind.respond, .resolve, .silence] { #expect(view.state(kind) == .paused) }
  }

  @Test func aWaitMovesADeadlineByExactlyAsLongAsItRested() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 3.hours)
    desk.act(.wait(for: "customer", until: desk.now + 1.days), on: caseID)
    desk.advance(by: 1.days)
    let view = try #require(desk.view(caseID))
    #expect(view.due(.respond) == monday + 4.hours + 1.days && view.state(.respond) == .running)
    #expect(view.due(.silence) == monday + 7.days)
  }

  @Test func aContactEndsTheWait() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.wait(for: "customer", until: monday + 2.days), on: caseID)
    desk.advance(by: 2.hours)
    desk.feedback { $0.score = 40 }
    let view = try #require(desk.view(caseID))
    #expect(view.status != .waiting && view.due(.respond) == monday + 6.hours)
  }

  @Test func aPriorityThatRisesWhileItWaitsShortensWhatIsLeft() throws {
    let desk = try Desk.onLadder()
    let opened = desk.incident()
    desk.act(.acknowledge, on: opened.caseID)
    desk.act(.wait(for: "spare part", until: monday + 1.days), on: opened.caseID)
    desk.incident {
      $0.status = .update
      $0.score = 95
    }
    desk.advance(by: 2.days)
    #expect(desk.view(opened.caseID)?.due(.respond) == monday + 1.days + 1.hours)
  }

  @Test func whatIsMetIsNeverMissed() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID)
    desk.advance(by: 1.days)
    #expect(desk.view(caseID)?.state(.respond) == .met)
  }

  @Test func whatIsMissedSaysSoAndCanStillBeDone() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 5.hours)
    #expect(desk.view(caseID)?.state(.respond) == .missed)
    desk.act(.respond, on: caseID)
    #expect(desk.view(caseID)?.state(.respond) == .met)
  }

  @Test func aContactThatNobodyAnswersForDaysIsAnEventOfItsOwn() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    let silences = desk.advance(by: 7.days).escalations(.silence)
    #expect(silences.count == 1 && silences.first?.due == monday + 6.days)
    #expect(silences.first?.dueBy == "ladders.standard.clocks.silence")
  }

  @Test func anAnswerEndsTheSilenceAndTheNextContactBeginsAnother() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID)
    #expect(desk.view(caseID)?.state(.silence) == .met)
    desk.advance(by: 3.days)
    desk.feedback()
    #expect(desk.view(caseID)?.due(.silence) == monday + 9.days)
  }

  @Test func askingAgainDoesNotPutTheSilenceOff() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 3.days)
    desk.feedback()
    #expect(desk.view(caseID)?.due(.silence) == monday + 6.days)
  }

  @Test func anAnswerFromBeforeTheLastContactLeavesThatContactWaiting() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 7.days)
    desk.feedback()
    desk.act(.respond, on: caseID) { $0.at = monday + 6.days + 12.hours }
    #expect(desk.view(caseID)?.state(.silence) == .running)
    #expect(desk.view(caseID)?.due(.silence) == monday + 13.days)
  }

  @Test func employeesHaveTheSameClocksAsCustomers() throws {
    let desk = try Desk.onLadder()
    let customer = try #require(desk.feedback().assignment).view
    let employee = try #require(desk.feedback("bob") { $0.respondent = .employee }.assignment).view
    #expect(customer.clocks == employee.clocks)
  }
}
