// Owns the guarantees about what comes back: the same subject and group within the window, one rung higher.
import Events
import Testing

@Suite struct ReopeningTests {
  /// A case that was answered and resolved, so that it is closed.
  private func closedCase(_ desk: Desk) -> String {
    let opened = desk.feedback()
    desk.advance(by: 10.minutes)
    desk.act(.acknowledge, on: opened.caseID)
    desk.act(.respond, on: opened.caseID)
    desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    return opened.caseID
  }

  @Test func theSameGroupWithinTheWindowOpensTheSameCaseAgain() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    #expect(desk.assignment(caseID)?.view.status == .closed)
    desk.advance(by: 10.days)
    let again = desk.feedback()
    #expect(again.decision == .reopened && again.caseID == caseID)
    #expect(again.assignment?.view.status == .reopened)
  }

  @Test func aReopenedCaseBeginsOneRungHigher() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    desk.advance(by: 1.days)
    let again = try #require(desk.feedback().assignment)
    #expect(again.view.caseID == caseID && again.view.rung == 1)
  }

  @Test func thePolicySaysHowManyRungsHigher() throws {
    let desk = try Desk(["cases.yaml": "cases: { reopen: { rungs: 2 } }"])
    _ = closedCase(desk)
    desk.advance(by: 1.days)
    #expect(desk.feedback().assignment?.view.rung == 2)
  }

  @Test func aReopenedCaseHasClocksOfItsOwn() throws {
    let desk = try Desk()
    _ = closedCase(desk)
    desk.advance(by: 1.days)
    let view = try #require(desk.feedback().assignment).view
    #expect(view.state(.respond) == .running && view.state(.resolve) == .running)
    #expect(try #require(view.due(.resolve)) > desk.now)
  }

  @Test func afterTheWindowTheSameComplaintIsANewCase() throws {
    let desk = try Desk(["cases.yaml": "cases: { reopen: { within: 5 days } }"])
    let caseID = closedCase(desk)
    desk.advance(by: 5.days + 1.minutes)
    let again = desk.feedback()
    #expect(again.decision == .opened && again.caseID != caseID)
  }

  @Test func anotherGroupDoesNotOpenItAgain() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    let other = desk.feedback { $0.owner = "billing" }
    #expect(other.decision == .opened && other.caseID != caseID)
  }

  @Test func praiseDoesNotOpenAClosedCaseAgain() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    desk.advance(by: 1.days)
    let praise = desk.feedback {
      $0.score = 5
      $0.rate(nps: 10)
    }
    #expect(praise.decision == .noted)
    #expect(desk.assignment(caseID)?.view.status == .closed)
  }

  @Test func theSubjectsHistoryStaysWithTheReopenedCase() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    desk.advance(by: 1.days)
    desk.feedback()
    let view = try #require(desk.assignment(caseID)).view
    #expect(view.signals == 2)
    #expect(try #require(desk.assignment(caseID)).revision > 1)
  }

  @Test func ofTwoClosedCasesOfAGroupTheLatestOpensAgain() throws {
    let desk = try Desk(["cases.yaml": "cases: { reopen: { within: 30 days }, group: { within: 1 days } }"])
    let first = desk.feedback().caseID
    desk.advance(by: 2.days)
    let second = desk.feedback().caseID
    #expect(first != second)
    for caseID in [second, first] {
      desk.act(.respond, on: caseID)
      desk.act(.resolve(evidence: "replaced"), on: caseID)
      desk.advance(by: 1.hours)
    }
    #expect(desk.feedback().caseID == first, "the one that closed last")
  }

  @Test func aCaseWhoseOwnerIsGoneOpensAgainWithWhoeverOwnsItsCauseNow() throws {
    let byJourney = "cases: { group: { by: [journey] } }"
    let desk = try Desk(["cases.yaml": byJourney])
    let caseID = closedCase(desk)
    try desk.adopt([
      "teams.yaml": CaseworkSample.teams.replacing("technique", with: "engineering"),
      "ownership.yaml": CaseworkSample.ownership.replacing("technique", with: "engineering"),
      "cases.yaml": byJourney,
    ])
    let again = desk.feedback { $0.owner = "engineering" }
    #expect(again.decision == .reopened && again.caseID == caseID)
    #expect(again.assignment?.view.owner == "engineering")
  }

  @Test func aCaseWhoseOwnerIsASubcontractorByNowOpensAgainWithATeamOfOurs() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    let teams = """
      teams:
        front-desk: { accountable: front-desk-lead }
        care: { accountable: care-lead }
        billing: { accountable: billing-lead }
        technique: { subcontractor-of: care }
      """
    try desk.adopt([
      "teams.yaml": teams,
      "ownership.yaml": CaseworkSample.ownership.replacing("owner: technique", with: "owner: care"),
    ])
    let again = desk.feedback { $0.owner = "technique" }
    #expect(again.decision == .reopened && again.caseID == caseID)
    #expect(again.assignment?.view.owner == "care" && again.assignment?.view.worker == "technique")
  }

  @Test func aCaseOpensAgainAsOftenAsItHasTo() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    for _ in 1...4 {
      desk.advance(by: 1.days)
      #expect(desk.feedback().caseID == caseID)
      desk.act(.respond, on: caseID)
      desk.act(.resolve(evidence: "replaced"), on: caseID)
      #expect(desk.assignment(caseID)?.view.status == .closed)
    }
  }
}
