// Owns what users of the systems next door ask for and do not get, as far as it is about what a signal becomes.
// The numbers are those of the list of asks that the design keeps.
import Events
import Testing

@Suite struct FieldAskTests {
  @Test func fieldAsk05TheHistoryOfWhatWasDecidedIsARecordEachTimeTheNoIncluded() throws {
    let desk = try Desk()
    desk.feedback { $0.id = "fb-1" }
    desk.feedback { $0.id = "fb-1" }
    desk.feedback("bob") { $0.score = 3 }
    #expect(desk.decisions.map(\.decision) == [.opened, .refused, .noted])
    #expect(desk.decisions.allSatisfy { !$0.code.isEmpty && !$0.sentence.isEmpty })
  }

  @Test func fieldAsk08APolicyThatChangesNeitherLosesNorSendsAgain() throws {
    let desk = try Desk()
    let opened = desk.feedback { $0.id = "fb-1" }
    try desk.adopt([:])
    #expect(desk.feedback { $0.id = "fb-1" }.code == "duplicate")
    #expect(desk.feedback().caseID == opened.caseID)
  }

  @Test func fieldAsk09EveryCaseHasOneOwnerAlsoWhenNoRuleThoughtOfIt() throws {
    let desk = try Desk()
    let told = desk.feedback {
      $0.owner = "care"
      $0.rule = "ownership.unrouted"
    }
    #expect(told.owner == "care" && told.rule == "ownership.unrouted")
    #expect(told.assignment?.view.owner == "care")
  }

  @Test func fieldAsk10AHolidayFromAFileAndTheOwnersOwnTimeMoveAClock() throws {
    let desk = try Desk([
      "calendars.yaml": """
      calendars:
        office: { zone: Europe/Paris, hours: { mon-fri: "09:00-18:00" }, holidays: [days.ics] }
      """,
      "days.ics": [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", "BEGIN:VEVENT", "UID:1",
        "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20260309", "SUMMARY:A day off", "END:VEVENT",
        "END:VCALENDAR", "",
      ].joined(separator: "\r\n"),
      "teams.yaml": CaseworkSample.teams.replacing(
        "accountable: chief-engineer }", with: "accountable: chief-engineer, calendar: office }"),
      "ladders.yaml": Desk.ladder,
    ])
    // Friday at five in Paris, four hours to respond: one of them today, none on Monday, three on Tuesday.
    desk.advance(to: monday + 4.days + 7.hours)
    let view = try #require(desk.feedback { $0.score = 60 }.assignment).view
    #expect(view.due(.respond) == monday + 8.days + 2.hours)
  }

  @Test func fieldAsk12ARestartAtAnyMomentLosesNoStepOfALadder() throws {
    let policy = try CaseworkSample().compiled()
    func escalations(_ desk: Desk) -> [String] {
      desk.feedback()
      return desk.advance(by: 20.days).flatMap(\.escalations).map {
        "\($0.id) \($0.kind) \($0.rung) \($0.due)"
      }
    }
    let undisturbed = escalations(Desk { DeskEngine(policy, $0) })
    #expect(undisturbed.count > 4)
    #expect(escalations(Desk { DeskEngine(policy, $0, restarts: true) }) == undisturbed)
  }

  @Test func fieldAsk13AnEscalationShowsTheFactsOfTheMomentAndNotOfTheOpening() throws {
    let desk = try Desk()
    let opened = desk.feedback { $0.score = 60 }
    desk.feedback { $0.score = 95 }
    let told = desk.advance(by: 1.days)
    let first = try #require(told.flatMap(\.escalations).first { $0.view.caseID == opened.caseID })
    #expect(first.view.priority == .p1 && first.view.signals == 2)
  }

  @Test func fieldAsk15EveryCaseHasAScoreAndAPriorityWithTheirReasons() throws {
    let desk = try Desk()
    let view = try #require(desk.feedback { $0.score = 60 }.assignment).view
    #expect(view.score == 60 && view.priority == .p2 && view.contributions == ["base 20", "rating 40"])
  }

  @Test func fieldAsk16AnUrgentCaseBeginsHigherOnItsLadder() throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    desk.feedback("alice") { $0.score = 60 }
    desk.feedback("bob") { $0.score = 95 }
    let first = desk.advance(by: 1.days).flatMap(\.escalations).filter { $0.kind == .rung }
    #expect(first.first { $0.view.subjectKey == DeskNames.key("alice") }?.rung == 1)
    #expect(first.first { $0.view.subjectKey == DeskNames.key("bob") }?.rung == 2)
  }

  @Test func fieldAsk17WhatDidNotHappenIsRecordedWithItsReason() throws {
    let desk = try Desk()
    let noted = desk.feedback { $0.score = 3 }
    #expect(noted.decision == .noted && noted.code.isEmpty == false && noted.owner == "technique")
  }

  @Test func fieldAsk18WeakSignalsOpenACaseOnlyOnceTheyHaveAddedUp() throws {
    let desk = try Desk(["cases.yaml": "cases: { open-from: P2, memory: { adds: { 10: 0, 60: 30 } } }"])
    let told = (0..<8).map { _ in desk.feedback { $0.score = 48 } }
    #expect(told.first?.decision == .noted && told.last?.decision != .noted)
  }

  @Test func fieldAsk20And27APoorRatingHasAnOwnerAndClocksWithoutAnybodyAsking() throws {
    let desk = try Desk()
    let told = desk.feedback {
      $0.score = 70
      $0.rate(nps: 1)
    }
    #expect(told.decision == .opened && told.clocks.count == 4)
  }

  @Test func fieldAsk24AClockRunsWhileTheCustomerWaitsAndRestsWhileTheTeamDoes() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.act(.wait(for: "customer", until: desk.now + 2.days), on: opened.caseID)
    #expect(desk.assignment(opened.caseID)?.view.state(.respond) == .paused)
    desk.feedback()
    #expect(desk.assignment(opened.caseID)?.view.state(.respond) == .running)
  }

  @Test func fieldAsk31TheRuleThatWonAndThoseThatLostAreNamed() throws {
    let desk = try Desk()
    let told = desk.feedback {
      $0.rule = "ownership.rules[0]"
      $0.alsoMatched = ["ownership.rules[3]", "ownership.rules[5]"]
    }
    #expect(told.rule == "ownership.rules[0]")
    #expect(told.alsoMatched == ["ownership.rules[3]", "ownership.rules[5]"])
  }
}
