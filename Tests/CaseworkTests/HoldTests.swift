// Owns the guarantees about operators' holds: what they put off is a debt that is paid when they end, however they end.
import Events
import Testing

@Suite struct HoldTests {
  @Test func whatIsDueWhileItIsHeldWaitsForTheEndOfTheHold() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(desk.hold("technique", until: monday + 3.hours).decision == .held)
    let held = desk.advance(by: 2.hours)
    #expect(held.map(\.decision) == [.deferred] && held.escalations.map(\.kind) == [.deferred])
    #expect(held.escalations.map(\.wakeAt) == [monday + 3.hours])
    #expect(desk.account("technique").deferredNow == 1)
    let woken = desk.advance(by: 1.hours)
    #expect(woken.escalations.map(\.kind) == [.resumed, .rung])
    #expect(desk.view(caseID)?.rung == 1 && desk.account("technique").deferredNow == 0)
  }

  @Test func aReleaseWakesWhatWasHeldAtOnce() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 2.days)
    desk.advance(by: 2.hours)
    #expect(desk.hold("technique", until: 0).code == "released")
    let woken = desk.advance(by: 0)
    #expect(woken.escalations.map(\.kind) == [.resumed, .rung])
    #expect(desk.account("technique").deferredNow == 0)
  }

  @Test func aReleaseOfAllWakesWhatTheHoldOfAllHeld() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.feedback("bob") { $0.owner = "billing" }
    desk.hold("", until: monday + 2.days)
    desk.advance(by: 2.hours)
    desk.hold("", until: 0)
    #expect(desk.advance(by: 0).rungs == [1, 1])
  }

  @Test func aReleaseOfOneOwnerDoesNotLiftAHoldOfAll() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 2.days)
    desk.hold("", until: monday + 1.days)
    desk.advance(by: 2.hours)
    desk.hold("technique", until: 0)
    #expect(desk.advance(by: 0).rungs.isEmpty)
    #expect(desk.advance(by: 1.days).rungs == [2])
  }

  @Test func aHoldThatIsMadeShorterWakesAtItsNewEnd() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 2.days)
    desk.advance(by: 2.hours)
    desk.hold("technique", until: monday + 3.hours)
    let told = desk.advance(by: 1.hours)
    #expect(told.rungs == [1] && told.last?.at == monday + 3.hours)
  }

  @Test func aHoldThatIsMadeLongerHoldsOn() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 2.hours)
    desk.advance(by: 90.minutes)
    desk.hold("technique", until: monday + 3.hours)
    #expect(desk.advance(by: 1.hours).rungs.isEmpty)
    #expect(desk.advance(by: 1.hours).rungs == [1])
  }

  @Test func anotherOwnersCasesGoOn() throws {
    let desk = try Desk.onLadder()
    desk.feedback { $0.owner = "billing" }
    desk.hold("technique", until: monday + 2.days)
    #expect(desk.advance(by: 2.hours).rungs == [1])
  }

  @Test func aHoldOfATeamThatDoesNotExistAndAReleaseOfNothingAreNos() throws {
    let desk = try Desk.onLadder()
    #expect(desk.hold("nobody", until: monday + 2.days).code == "unknown-team")
    #expect(desk.hold("technique", until: 0).code == "not-held")
  }

  @Test func whatWasHeldUntilAnEarlierHoldEndedIsNotKeptForTheNextOne() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.hold("technique", until: monday + 2.hours)
    desk.advance(by: 3.hours)
    desk.hold("technique", until: monday + 5.hours)
    #expect(desk.account("technique").heldCases.isEmpty)
  }

  @Test func aCaseThatWaitsForItsEvidenceIsHeldToo() throws {
    let desk = try Desk.onLadder("{ close: { verify-within: 1 day } }")
    let caseID = desk.feedback().caseID
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    desk.hold("", until: monday + 3.days)
    let held = desk.advance(by: 2.days)
    #expect(held.escalations.map(\.kind) == [.deferred] && desk.view(caseID)?.status == .resolved)
    let woken = desk.advance(by: 1.days)
    #expect(woken.escalations.map(\.kind) == [.resumed, .unverified])
  }

  @Test func aPromiseThatBreaksWhileItIsHeldIsToldAfterwards() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.promise(due: monday + 30.minutes, what: "call"), on: caseID)
    desk.hold("technique", until: monday + 45.minutes)
    #expect(desk.advance(by: 40.minutes).escalations(.promiseBroken).isEmpty)
    #expect(desk.advance(by: 10.minutes).escalations(.promiseBroken).count == 1)
  }
}
