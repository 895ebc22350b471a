// Owns the guarantees about acts: each is taken with what it changes, or is a NO with its reason.
import Events
import Testing

@Suite struct ActTests {
  private let billing = DeskActor(id: "bea", role: "clerk", team: "billing")

  @Test func anActOnACaseThatNeverWasIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.acknowledge, on: String(caseID.dropLast()) + "7")
    #expect(told.isRefused && told.code == "unknown-case")
  }

  @Test func anActOfSomebodyThePolicyDoesNotKnowIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.acknowledge, on: caseID, by: DeskActor(team: "pirates"))
    #expect(told.isRefused && told.code == "unknown-person")
  }

  @Test func aTeamThatTheCaseIsNoneOfCannotTakeItOn() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.acknowledge, on: caseID, by: billing).code == "not-yours")
    #expect(desk.view(caseID)?.status == .assigned)
  }

  @Test func whoHoldsARoleOfTheLadderCanTakeItOn() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let director = DeskActor(id: "dora", role: "site-director", team: "care")
    #expect(desk.act(.acknowledge, on: caseID, by: director).code == "acknowledged")
  }

  @Test func whoDoesTheWorkCanTakeItOnButNotGiveItAway() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback { $0.worker = "lift-service" }.caseID
    let worker = DeskActor(id: "leo", role: "mechanic", team: "lift-service")
    #expect(desk.act(.transfer(to: "care", reason: "theirs"), on: caseID, by: worker).code == "not-yours")
    #expect(desk.act(.acknowledge, on: caseID, by: worker).code == "acknowledged")
  }

  @Test func onlyTheOwnerPutsOffOrGivesAway() throws {
    let acts: [Act] = [
      .snooze(until: monday + 1.days, reason: "later"), .silence(until: monday + 1.days, reason: "later"),
      .transfer(to: "care", reason: "theirs"),
    ]
    for act in acts {
      let desk = try Desk.onLadder()
      let caseID = desk.feedback().caseID
      #expect(desk.act(act, on: caseID, by: billing).code == "not-yours")
      #expect(!desk.act(act, on: caseID).isRefused)
    }
  }

  @Test func whoAnswersForTheOwnerMayGiveItAway() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let chief = DeskActor(id: "carl", role: "chief-engineer", team: "care")
    #expect(desk.act(.transfer(to: "care", reason: "theirs"), on: caseID, by: chief).code == "transferred")
  }

  @Test func whatHappenedBeforeTheCaseIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.respond, on: caseID) { $0.at = monday - 1.minutes }.code == "before-the-case")
  }

  @Test func aClockThatRunsAheadALittleIsTakenAtNowAndOneThatRunsAheadMoreIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.acknowledge, on: caseID) { $0.at = monday + 5.minutes + 1 }.code == "in-the-future")
    #expect(desk.act(.acknowledge, on: caseID) { $0.at = monday + 5.minutes }.code == "acknowledged")
    #expect(desk.kept(caseID)?.acknowledgedAt == monday)
  }

  @Test func acknowledgingTwiceIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    #expect(desk.act(.acknowledge, on: caseID).code == "already")
  }

  @Test func callingItResolvedFromBeforeTheLastContactIsOutOfOrder() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 1.hours)
    desk.feedback()
    desk.advance(by: 1.minutes)
    #expect(
      desk.act(.resolve(evidence: "replaced"), on: caseID) { $0.at = monday + 30.minutes }.code
        == "out-of-order")
  }

  @Test func waitingFromBeforeTheLastContactIsOutOfOrder() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 1.hours)
    desk.feedback()
    let act = Act.wait(for: "customer", until: desk.now + 1.days)
    #expect(desk.act(act, on: caseID) { $0.at = monday + 30.minutes }.code == "out-of-order")
  }

  @Test func aClosedCaseTakesNothingButAReopening() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID)
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    for act in [Act.acknowledge, .progress, .respond, .promise(due: monday + 1.days, what: "call")] {
      #expect(desk.act(act, on: caseID).code == "closed-case")
    }
    desk.advance(by: 1.minutes)
    #expect(desk.act(.reopen, on: caseID).decision == .reopened)
  }

  @Test func anOpenCaseCannotBeReopened() throws {
    let desk = try Desk.onLadder()
    #expect(desk.act(.reopen, on: desk.feedback().caseID).code == "not-resolved")
  }

  @Test func whatIsCalledResolvedCannotBeCalledSoAgainNorPutOff() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    #expect(desk.act(.resolve(evidence: "replaced"), on: caseID).code == "already")
    let until = desk.now + 1.days
    #expect(desk.act(.wait(for: "customer", until: until), on: caseID).code == "not-open")
    #expect(desk.act(.snooze(until: until, reason: "later"), on: caseID).code == "not-open")
  }

  @Test func anActThatIsRefusedChangesNothingThatIsKept() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let before = desk.state
    #expect(desk.act(.acknowledge, on: caseID, by: billing).isRefused)
    #expect(desk.act(.respond, on: caseID) { $0.at = monday + 1.days }.isRefused)
    #expect(desk.act(.transfer(to: "nobody", reason: "theirs"), on: caseID).isRefused)
    #expect(desk.state == before)
  }

  @Test func anActIsWrittenDownWithWhoDidItAndWhatItMadeOfTheClocks() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.respond, on: caseID)
    #expect(told.act == .respond && told.caseID == caseID && told.kind == .caseUpdate)
    #expect(told.clocks.first { $0.kind == .respond }?.state == .met)
    #expect(told.outputs == ["\(caseID)-a2"])
  }

  @Test func theSameActHeardTwiceIsADuplicate() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.progress, on: caseID) { $0.id = "act-1" }
    #expect(desk.act(.progress, on: caseID) { $0.id = "act-1" }.code == "duplicate")
  }
}
