// Owns the guarantees about handing a case over: it is counted, it is told to both, and no clock begins anew.
import Events
import Testing

@Suite struct TransferTests {
  @Test func thePreviousOwnerIsToldBeforeTheNextOne() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(told.assignments.map(\.view.status) == [.withdrawn, .assigned])
    #expect(told.assignments.map(\.view.owner) == ["technique", "billing"])
    #expect(told.assignments.first?.to == "billing" && told.edge == ["technique", "billing"])
  }

  @Test func everyHandOverIsCounted() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    desk.act(.transfer(to: "technique", reason: "no, theirs"), on: caseID, by: DeskActor(team: "billing"))
    #expect(desk.view(caseID)?.edges == 2 && desk.view(caseID)?.owner == "technique")
  }

  @Test func noClockMovesByAHandOver() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let before = try #require(desk.view(caseID)).clocks
    desk.advance(by: 50.minutes)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(desk.view(caseID)?.clocks == before)
  }

  @Test func aCaseThatIsPassedAroundEscalatesWhenItsFirstClockSaid() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 59.minutes)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    let told = desk.advance(by: 2.minutes)
    #expect(told.rungs == [1] && told.escalations.first?.team == "billing")
  }

  @Test func aHandOverToWhoHasItIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.transfer(to: "technique", reason: "x"), on: caseID).code == "same-owner")
  }

  @Test func aHandOverToATeamThatDoesNotExistIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.transfer(to: "nobody", reason: "x"), on: caseID).code == "unknown-team")
  }

  @Test func aSubcontractorGetsTheWorkAndNeverTheCase() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.transfer(to: "lift-service", reason: "lift"), on: caseID)
    #expect(told.code == "worker-changed" && told.assignments.count == 1)
    #expect(desk.view(caseID)?.owner == "technique" && desk.view(caseID)?.worker == "lift-service")
    #expect(desk.view(caseID)?.edges == 0)
    #expect(desk.act(.transfer(to: "lift-service", reason: "lift"), on: caseID).code == "same-worker")
  }

  @Test func anotherTeamsSubcontractorIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback { $0.owner = "care" }.caseID
    let told = desk.act(
      .transfer(to: "lift-service", reason: "lift"), on: caseID, by: DeskActor(team: "care"))
    #expect(told.code == "subcontractor")
  }

  @Test func aHandOverEndsADeferralAndPaysTheDebtOfWhoMadeIt() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 1.days, reason: "later"), on: caseID)
    desk.advance(by: 2.hours)
    let told = desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(told.escalations.map(\.kind) == [.resumed])
    #expect(desk.account("technique").deferredNow == 0)
    #expect(desk.account("technique").deferredTotal == 2.hours)
    #expect(desk.advance(by: 1.minutes).rungs == [1])
  }

  @Test func aHandOverHeardAfterANewerOneIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 2.hours)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    let late = desk.act(
      .transfer(to: "care", reason: "earlier"), on: caseID, by: DeskActor(team: "billing")
    ) { $0.at = desk.now - 1.hours }
    #expect(late.isRefused && late.code == "out-of-order")
    #expect(desk.view(caseID)?.owner == "billing" && desk.view(caseID)?.edges == 1)
  }

  @Test func aSubcontractorNamedAfterAHandOverIsNotUndoneByAnEarlierWord() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 2.hours)
    desk.act(.transfer(to: "lift-service", reason: "lift"), on: caseID)
    let late = desk.act(.transfer(to: "billing", reason: "earlier"), on: caseID) {
      $0.at = desk.now - 1.hours
    }
    #expect(late.code == "out-of-order" && desk.view(caseID)?.owner == "technique")
  }

  @Test func theNextOwnerHoldsTheCaseForAWholeLease() throws {
    let desk = try Desk.onLadder("{ leases: { ownership: 10h } }")
    let caseID = desk.feedback().caseID
    desk.advance(by: 9.hours)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(desk.kept(caseID)?.ownershipLease == desk.now + 10.hours)
  }
}
