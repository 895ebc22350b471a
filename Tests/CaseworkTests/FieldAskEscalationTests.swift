// Owns what users of the systems next door ask for and do not get, as far as it is about time and escalations. The
// numbers are those of the list of asks that the design keeps.
import Events
import Testing

@Suite struct FieldAskEscalationTests {
  @Test func fieldAsk03WhatIsMutedFiresWhenTheWindowOpens() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 8.hours)
    #expect(desk.advance(by: 7.hours).rungs.isEmpty)
    let woken = desk.advance(by: 1.hours)
    #expect(woken.rungs == [2] && woken.first?.at == monday + 8.hours)
  }

  @Test func fieldAsk04SomebodyCanSayThatTheyWorkOnIt() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    #expect(desk.view(caseID)?.status == .acknowledged && desk.view(caseID)?.state(.acknowledge) == .met)
    #expect(desk.advance(by: 3.hours).rungs.isEmpty)
  }

  @Test func fieldAsk07ASilenceIsBoundedOwnedAndCounted() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.silence(until: monday + 8.days, reason: "x"), on: caseID).code == "too-long")
    desk.act(.silence(until: monday + 7.days, reason: "x"), on: caseID)
    #expect(desk.account("technique").deferredNow == 1)
  }

  @Test func fieldAsk08ALadderThatIsEditedStaysAsItWasForCasesThatClimbIt() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    try desk.adopt([
      "ladders.yaml":
        "ladders: { standard: { clocks: { acknowledge: 10m, respond: 20m, resolve: 1h }, rungs: [{ unless: resolved, to: janitor }] } }"
    ])
    #expect(desk.advance(by: 2.hours).escalations(.rung).map(\.role) == ["shift-lead"])
  }

  @Test func fieldAsk12ATimerThatWasDueWhileNothingRanFiresAfterwards() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let told = desk.sleep(until: monday + 5.hours)
    #expect(told.rungs == [2] && told.escalations(.rung).map(\.skipped) == [[1]])
    #expect(desk.advance(by: 4.days).rungs == [3, 4])
  }

  @Test func fieldAsk13AnEscalationHasThePinnedLadderAndTheFactsOfNow() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    try desk.adopt(["ladders.yaml": Desk.ladder.replacing("shift-lead", with: "janitor")])
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.role == "shift-lead" && rung.team == "billing" && rung.view.owner == "billing")
    #expect(rung.view.edges == 1)
  }

  @Test func fieldAsk14AnAcknowledgementExpires() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    #expect(desk.advance(by: 9.hours).escalations(.acknowledgementLapsed).count == 1)
    #expect(desk.view(caseID)?.status == .assigned)
  }

  @Test func fieldAsk16AStrongCaseBeginsAtItsOwnRung() throws {
    let desk = try Desk.onLadder()
    desk.feedback { $0.score = 95 }
    #expect(desk.advance(by: 2.hours).escalations(.rung).map(\.role) == ["chief-engineer"])
  }

  @Test func fieldAsk19ADeferralSaysWhenItBeginsAndWhenItEndsAndNothingIsLost() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let before = desk.view(caseID)?.clocks
    desk.act(.snooze(until: monday + 30.minutes, reason: "later"), on: caseID)
    desk.advance(by: 31.minutes)
    #expect(desk.escalations.map(\.kind) == [.deferred, .resumed])
    #expect(desk.view(caseID)?.clocks == before)
  }

  @Test func fieldAsk20ADeadlineThatPassesDoesSomething() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let rung = try #require(desk.advance(by: 5.hours).escalations(.rung).last)
    #expect(rung.code == "not-responded" && rung.role == "chief-engineer")
  }

  @Test func fieldAsk21AnOwnerThatIsSilentIsToldOfAndAHandOverBeginsItsLease() throws {
    let desk = try Desk.onLadder("{ leases: { ownership: 10h } }")
    let caseID = desk.feedback().caseID
    desk.advance(by: 9.hours)
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    #expect(desk.advance(by: 9.hours).escalations(.ownershipLapsed).isEmpty)
    #expect(desk.advance(by: 2.hours).escalations(.ownershipLapsed).map(\.view.owner) == ["billing"])
  }

  @Test func fieldAsk23ThreeLevelsGoToThreeDifferentPeople() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let roles = desk.advance(by: 60.hours).escalations(.rung).map(\.role)
    #expect(roles == ["shift-lead", "chief-engineer", "site-director"])
  }

  @Test func fieldAsk24EveryContactIsHeardByTheClocksOnWhateverChannel() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID)
    desk.advance(by: 1.days)
    desk.feedback { $0.source = "telephone" }
    #expect(desk.view(caseID)?.state(.silence) == .running)
  }

  @Test func fieldAsk25ACaseWhoseOwnerIsGoneIsToldToWhoAnswersForWhatNobodyThoughtOf() throws {
    let desk = try Desk.onLadder()
    desk.feedback { $0.owner = "billing" }
    try desk.adopt([
      "ladders.yaml": Desk.ladder,
      "teams.yaml":
        "teams: { front-desk: { accountable: x }, technique: { accountable: y }, care: { accountable: care-lead } }",
      "ownership.yaml":
        "ownership: { rules: [{ when: { touchpoint: room }, owner: care }], unrouted: { owner: care } }",
    ])
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.ownerGone && rung.team == "care" && rung.role == "care-lead" && rung.code == "owner-gone")
  }

  @Test func fieldAsk26ARungRemindsAgainAndAgainAsOftenAsThePolicySays() throws {
    let desk = try Desk.onLadder(repeats: "{ every: 12h, at-most: 3 }")
    desk.feedback()
    let repeated = desk.advance(by: 10.days).escalations(.rung).filter { $0.code == "repeated" }
    #expect(repeated.map(\.rung) == [4, 4, 4])
  }
}
