// Owns the guarantees about putting off: bounded, owned, counted, told when it begins and ends, and nothing is lost.
import Events
import Testing

@Suite struct DeferralTests {
  @Test func aSnoozeSaysThatItBeginsUntilWhenAndThatItEnds() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let told = desk.act(.snooze(until: monday + 5.hours, reason: "later"), on: caseID)
    #expect(told.decision == .deferred && told.escalations.map(\.kind) == [.deferred])
    #expect(told.escalations.map(\.wakeAt) == [monday + 5.hours])
    let woken = desk.advance(by: 5.hours)
    #expect(woken.escalations.first?.kind == .resumed && woken.first?.at == monday + 5.hours)
  }

  @Test func nothingIsSaidWhileItIsPutOffAndWhatIsDueIsSaidThen() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 6.hours, reason: "later"), on: caseID)
    #expect(desk.advance(by: 5.hours).isEmpty)
    let rung = try #require(desk.advance(by: 1.hours).escalations(.rung).first)
    #expect(rung.rung == 2 && rung.skipped == [1])
  }

  @Test func whatWasDoneMeanwhileIsNotAskedForThen() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 6.hours, reason: "later"), on: caseID)
    desk.act(.acknowledge, on: caseID)
    desk.act(.respond, on: caseID)
    let woken = desk.advance(by: 6.hours)
    #expect(woken.escalations.map(\.kind) == [.resumed])
  }

  @Test func theDebtIsCountedInCasesAndInTime() throws {
    let desk = try Desk.onLadder()
    for name in ["alice", "bob"] {
      desk.act(.silence(until: monday + 3.hours, reason: "later"), on: desk.feedback(name).caseID)
    }
    #expect(desk.account("technique").deferredNow == 2)
    desk.advance(by: 4.hours)
    #expect(desk.account("technique").deferredNow == 0)
    #expect(desk.account("technique").deferredTotal == 6.hours)
  }

  @Test func noSnoozeAndNoSilenceIsLongerThanThePolicyAllows() throws {
    let desk = try Desk.onLadder("{ longest: { snooze: 1 day, silence: 2 days } }")
    let caseID = desk.feedback().caseID
    let actor = DeskActor()
    #expect(
      desk.act(.snooze(until: monday + 1.days + 1, reason: "x"), on: caseID, by: actor).code == "too-long")
    #expect(
      desk.act(.silence(until: monday + 2.days + 1, reason: "x"), on: caseID, by: actor).code == "too-long")
    #expect(desk.act(.snooze(until: monday, reason: "x"), on: caseID, by: actor).code == "past-due")
    #expect(desk.account("technique").deferredNow == 0)
  }

  @Test func aSecondSnoozeReplacesTheFirstAndIsOneDebt() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 2.hours, reason: "later"), on: caseID)
    desk.advance(by: 1.hours)
    desk.act(.snooze(until: monday + 5.hours, reason: "later still"), on: caseID)
    #expect(desk.account("technique").deferredNow == 1)
    #expect(desk.advance(by: 2.hours).isEmpty)
    desk.advance(by: 3.hours)
    #expect(desk.account("technique").deferredNow == 0)
    #expect(desk.account("technique").deferredTotal == 5.hours)
  }

  @Test func resolvingPaysTheDebt() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 1.days, reason: "later"), on: caseID)
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    #expect(desk.account("technique").deferredNow == 0)
  }

  @Test func theClocksRunOnWhileEscalationsArePutOff() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let before = desk.view(caseID)?.clocks
    desk.act(.snooze(until: monday + 30.minutes, reason: "later"), on: caseID)
    desk.advance(by: 40.minutes)
    #expect(desk.view(caseID)?.clocks == before)
    #expect(desk.advance(by: 30.minutes).rungs == [1])
  }
}
