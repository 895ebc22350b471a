// Owns the guarantees about the climb: which rung is told when, to whom, and how a ladder ends.
import Events
import Testing

@Suite struct RungTests {
  @Test func eachRungIsToldWhenItsClockIsDueAndTheGraceHasPassed() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let told = desk.advance(by: 4.days).filter { !$0.escalations.filter { $0.kind == .rung }.isEmpty }
    #expect(told.rungs == [1, 2, 3, 4])
    let moments = [1.hours, 4.hours, 2.days, 3.days].map { monday + $0 + Desk.grace }
    #expect(told.map(\.at) == moments)
    #expect(
      told.escalations(.rung).map(\.role) == [
        "shift-lead", "chief-engineer", "site-director", "customer-director",
      ])
  }

  @Test func aRungWhoseConditionHoldsIsPassedOver() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    #expect(desk.advance(by: 1.days).rungs == [2])
  }

  @Test func aStrongCaseBeginsFurtherUp() throws {
    let desk = try Desk.onLadder()
    desk.feedback { $0.score = 95 }
    let told = desk.advance(by: 2.hours)
    #expect(told.rungs == [2] && told.first?.at == monday + 1.hours + Desk.grace)
  }

  @Test func afterALongSleepTheRungThatIsDueNowIsToldAndThoseThatWereSkippedAreNamed() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let told = desk.sleep(until: monday + 2.days + 1.hours)
    let rungs = told.escalations(.rung)
    #expect(rungs.map(\.rung) == [3] && rungs.map(\.skipped) == [[1, 2]])
  }

  @Test func theLastRungIsRepeatedAsThePolicySaysAndThenTheLadderIsExhausted() throws {
    let desk = try Desk.onLadder(repeats: "{ every: 4h, at-most: 2 }")
    desk.feedback()
    let told = desk.advance(by: 20.days)
    #expect(told.rungs == [1, 2, 3, 4, 4, 4])
    #expect(told.escalations(.rung).suffix(2).map(\.code) == ["repeated", "repeated"])
    let ends = told.filter { $0.escalations.contains { $0.kind == .ladderExhausted } }
    #expect(ends.map(\.at) == [monday + 3.days + 12.hours + Desk.grace])
  }

  @Test func aLadderThatIsExhaustedSaysSoOnce() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.advance(by: 10.days).escalations(.ladderExhausted).count == 1)
    desk.act(.progress, on: caseID)
    desk.feedback()
    #expect(desk.advance(by: 20.days).escalations(.ladderExhausted).isEmpty)
  }

  @Test func anEscalationSaysWhatComesNextAndThatIsWhatComes() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let rungs = desk.advance(by: 4.days).escalations(.rung)
    #expect(rungs.map(\.nextRung) == [2, 3, 4, 0])
    #expect(rungs.map(\.nextAt) == [monday + 4.hours, monday + 2.days, monday + 3.days, 0])
  }

  @Test func whatComesNextIsNotPromisedWhileItsClockRests() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.wait(for: "customer", until: monday + 1.days), on: caseID)
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.rung == 1 && rung.nextRung == 0)
    #expect(desk.view(caseID)?.nextRungAt == 0)
  }

  @Test func anEscalationShowsTheWholeWhy() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.due == monday + 1.hours && rung.dueBy == "ladders.standard.clocks.acknowledge")
    #expect(rung.unless == "acknowledged" && rung.code == "not-acknowledged")
    #expect(rung.canAct == ["technique", "chief-engineer", "shift-lead"] && rung.audience == .owner)
    #expect(rung.view.score == 60 && !rung.view.contributions.isEmpty && rung.view.rungs == 4)
  }

  @Test func aRungSaysForWhomItIs() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    #expect(
      desk.advance(by: 4.days).escalations(.rung).map(\.audience) == [.owner, .owner, .executive, .executive])
  }

  @Test func aCaseKeepsTheLadderThatItOpenedWith() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    try desk.adopt([
      "ladders.yaml": """
      ladders: { standard: { clocks: { acknowledge: 10m, respond: 20m, resolve: 1h }, rungs: [{ unless: resolved, to: janitor }] } }
      """
    ])
    #expect(desk.advance(by: 4.days).rungs == [1, 2, 3, 4])
  }

  @Test func aPromiseThatBreaksInACaseThatBeganFurtherUpIsToldNoLower() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback { $0.score = 95 }.caseID
    desk.act(.promise(due: monday + 10.minutes, what: "call"), on: caseID)
    let broken = try #require(desk.advance(by: 20.minutes).escalations(.promiseBroken).first)
    #expect(broken.rung == 2 && broken.role == "chief-engineer")
  }

  @Test func whatIsNotShownToBeOverIsToldOneRungHigherThanTheCaseHadCome() throws {
    let desk = try Desk.onLadder("{ close: { verify-within: 1 day } }")
    let caseID = desk.feedback().caseID
    desk.advance(by: 2.hours)
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    let told = desk.advance(by: 1.days + 1.minutes)
    let unverified = try #require(told.escalations(.unverified).first)
    #expect(unverified.rung == 2 && unverified.role == "chief-engineer")
    #expect(desk.view(caseID)?.status == .reopened)
  }

  @Test func aCaseThatBeganFurtherUpOpensAgainHigherStill() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback { $0.score = 95 }.caseID
    desk.act(.respond, on: caseID)
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    desk.advance(by: 1.hours)
    #expect(desk.act(.reopen, on: caseID).assignment?.view.rung == 2)
  }

  @Test func aCaseWhoseOwnerIsGoneOpensAgainWithNewClocks() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID)
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    try desk.adopt([
      "ladders.yaml": Desk.ladder,
      "teams.yaml":
        "teams: { front-desk: {accountable: x}, billing: {accountable: y}, care: {accountable: care-lead} }",
      "ownership.yaml":
        "ownership: { rules: [{ when: { touchpoint: room }, owner: care }], unrouted: { owner: care } }",
    ])
    desk.advance(by: 3.days)
    desk.act(.reopen, on: caseID, by: DeskActor(team: "care"))
    #expect(desk.view(caseID)?.due(.respond) == desk.now + 4.hours)
    let told = desk.advance(by: 5.hours)
    #expect(told.rungs == [2] && told.escalations.first?.ownerGone == true)
  }
}
