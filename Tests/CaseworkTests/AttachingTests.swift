// Owns the guarantees about a further signal of an open case: it counts, it may hurry, it never delays.
import Events
import Testing

@Suite struct AttachingTests {
  /// Urgent cases have shorter clocks, and one that others do not have.
  private static let ladder = """
    ladders:
      standard:
        clocks: { acknowledge: 1h, respond: 4h, resolve: 2 days, silence: 6 days }
        by-priority:
          P1: { acknowledge: 15m, respond: 1h, resolve: 8h }
          P4: { resolve: none }
        rungs:
          - { unless: acknowledged, to: shift-lead of owner }
          - { unless: responded, to: accountable of owner }
          - { after: 1 day, to: customer-director }
    """

  @Test func aFurtherContactIsCountedInTheAssignment() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.feedback()
    desk.feedback()
    let assignment = try #require(desk.assignment(opened.caseID))
    #expect(assignment.view.signals == 3)
  }

  @Test func revisionsOfACaseRiseByOne() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    for _ in 0..<5 { desk.feedback { $0.score = 90 } }
    let revisions = desk.decisions.flatMap(\.assignments).filter { $0.view.caseID == opened.caseID }.map(
      \.revision)
    #expect(revisions == (1...Int64(revisions.count)).map { $0 })
  }

  @Test func aWorseContactRaisesThePriorityAndHurriesTheClocks() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let opened = desk.feedback { $0.score = 35 }
    let before = try #require(opened.assignment).view
    let raised = desk.feedback { $0.score = 95 }
    let after = try #require(raised.assignment).view
    #expect(before.priority == .p3 && after.priority == .p1)
    for kind in [ClockKind.acknowledge, .respond, .resolve] {
      #expect(try #require(after.due(kind)) < (try #require(before.due(kind))), "\(kind)")
    }
  }

  @Test func aRiseLeavesAClockThatRestedTheTimeThatItHadLeft() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let opened = desk.feedback { $0.score = 35 }
    desk.advance(by: 30.minutes)
    desk.act(.wait(for: "customer", until: desk.now + 5.days), on: opened.caseID)
    desk.advance(by: 2.days)
    let view = try #require(desk.feedback { $0.score = 95 }.assignment).view
    #expect(view.priority == .p1)
    #expect(view.due(.respond) == desk.now + 30.minutes, "of one hour, half an hour had run before the wait")
  }

  @Test func aRiseAfterTheShorterTimeHasPassedIsDueAtOnceAndNotBefore() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    desk.feedback { $0.score = 35 }
    desk.advance(by: 3.hours)
    #expect(desk.feedback { $0.score = 95 }.assignment?.view.due(.respond) == desk.now)
  }

  @Test func aClockThatOnlyTheHigherPriorityHasBeginsWithTheRise() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder, "cases.yaml": "cases: { open-from: P4 }"])
    let opened = desk.feedback { $0.score = 22 }
    #expect(opened.assignment?.view.due(.resolve) == nil)
    desk.advance(by: 10.minutes)
    #expect(desk.feedback { $0.score = 60 }.assignment?.view.due(.resolve) == desk.now + 2.days)
  }

  @Test func aMilderContactNeverLowersThePriority() throws {
    let desk = try Desk()
    desk.feedback { $0.score = 95 }
    let mild = desk.feedback { $0.score = 5 }
    #expect(desk.assignment(mild.caseID)?.view.priority == .p1)
  }

  @Test func aContactNeverMovesAClockToALaterMoment() throws {
    let desk = try Desk()
    let opened = desk.feedback { $0.score = 60 }
    let before = try #require(opened.assignment).view
    desk.advance(by: 30.minutes)
    let after = try #require(desk.feedback { $0.score = 60 }.assignment).view
    for kind in [ClockKind.acknowledge, .respond, .resolve, .silence] {
      #expect(try #require(after.due(kind)) <= (try #require(before.due(kind))), "\(kind)")
    }
  }

  @Test func aRiseIsNotCountedFromNowWhenThatWouldBeLaterThanWhatWasPromised() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let opened = desk.feedback { $0.score = 60 }
    let before = try #require(opened.assignment?.view.due(.acknowledge))
    desk.advance(by: 55.minutes)
    let after = try #require(desk.feedback { $0.score = 95 }.assignment).view
    #expect(try #require(after.due(.acknowledge)) <= before)
  }

  @Test func anotherContactDoesNotChangeTheOwnerOfTheCase() throws {
    let desk = try Desk(["cases.yaml": "cases: { group: { by: [journey] } }"])
    let opened = desk.feedback { $0.owner = "technique" }
    let joined = desk.feedback { $0.owner = "billing" }
    #expect(joined.decision == .attached && joined.caseID == opened.caseID)
    #expect(desk.assignment(opened.caseID)?.view.owner == "technique")
    #expect(joined.owner == "technique", "the journal names who answers")
  }

  @Test func aContactAfterAnAnswerStartsTheSilenceClockAgain() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 1.hours)
    desk.act(.respond, on: opened.caseID)
    desk.advance(by: 1.hours)
    let again = try #require(desk.feedback().assignment).view
    #expect(again.state(.silence) == .running && again.due(.silence) == desk.now + 6.days)
  }

  @Test func aContactOfACaseThatNobodyAnsweredDoesNotForgiveTheSilenceSoFar() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 10.minutes)
    let again = try #require(desk.feedback().assignment).view
    #expect(again.due(.silence) == (try #require(opened.assignment)).view.due(.silence))
  }

  @Test func theNextContactEndsAWaitForTheCustomer() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.act(.wait(for: "customer", until: desk.now + 5.days), on: opened.caseID)
    #expect(desk.assignment(opened.caseID)?.view.state(.respond) == .paused)
    desk.advance(by: 2.days)
    let again = try #require(desk.feedback().assignment).view
    #expect(again.state(.respond) == .running)
    #expect(try #require(again.due(.respond)) >= desk.now + 3.hours, "with what remained, not at once")
  }

  @Test func aContactWithAClockThatRunsAheadCountsFromNow() throws {
    let desk = try Desk()
    let opened = desk.feedback { $0.at = desk.now + 400.days }
    desk.advance(by: 10.minutes)
    #expect(desk.act(.respond, on: opened.caseID).decision == .acted, "nobody has to wait for that day")
    #expect(desk.act(.resolve(evidence: "replaced"), on: opened.caseID).decision == .closed)
  }

  @Test func aReplyOfTheCustomerEndsTheWaitHoweverMildItIs() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.act(.wait(for: "customer", until: desk.now + 5.days), on: opened.caseID)
    desk.advance(by: 1.days)
    let reply = desk.feedback { $0.score = 10 }
    #expect(reply.decision == .attached && reply.assignment?.view.state(.respond) == .running)
    #expect(desk.assignment(opened.caseID)?.view.status != .waiting)
  }

  @Test func theSignalsOfACaseAreCountedUpToABoundAndNoFurther() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    for _ in 0..<300 { desk.feedback() }
    #expect(desk.assignment(opened.caseID)?.view.signals == 301)
  }
}
