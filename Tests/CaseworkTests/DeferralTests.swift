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

  // MARK: In sum

  /// Puts the case off for a day and lets the day pass.
  private func putOffForADay(_ desk: Desk, _ caseID: String, silence: Bool = false) -> Told {
    let until = desk.now + 1.days
    let told = desk.act(
      silence ? .silence(until: until, reason: "x") : .snooze(until: until, reason: "x"), on: caseID)
    desk.advance(by: 1.days)
    return told
  }

  @Test func snoozesAreBoundedInSumAndTheNoSaysWhatIsLeft() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    for _ in 0..<2 { #expect(putOffForADay(desk, caseID).decision == .deferred) }
    desk.act(.snooze(until: desk.now + 90.minutes, reason: "x"), on: caseID)
    desk.advance(by: 90.minutes)
    let told = desk.act(.snooze(until: desk.now + 1.days, reason: "x"), on: caseID)
    #expect(told.isRefused && told.code == "too-long")
    #expect(told.sentence.contains("cases.longest.snooze") && told.sentence.contains("for 22h30m more"))
    #expect(desk.act(.snooze(until: desk.now + 1_350.minutes, reason: "x"), on: caseID).decision == .deferred)
    desk.advance(by: 1_350.minutes)
    let last = desk.act(.snooze(until: desk.now + 1.minutes, reason: "x"), on: caseID)
    #expect(last.code == "too-long" && last.sentence.contains("no more"))
  }

  @Test func whatWasSnoozedCountsForASilenceToo() throws {
    let desk = try Desk.onLadder("{ longest: { snooze: 2 days, silence: 3 days } }")
    let caseID = desk.feedback().caseID
    for _ in 0..<2 { #expect(putOffForADay(desk, caseID).decision == .deferred) }
    #expect(putOffForADay(desk, caseID, silence: true).decision == .deferred)
    #expect(putOffForADay(desk, caseID, silence: true).code == "too-long")
    #expect(putOffForADay(desk, caseID).code == "too-long")
  }

  @Test func whatHasPassedOfASnoozeThatIsReplacedCounts() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 3.days, reason: "x"), on: caseID)
    desk.advance(by: 1.days)
    #expect(desk.act(.snooze(until: desk.now + 2.days + 1, reason: "x"), on: caseID).code == "too-long")
    #expect(desk.act(.snooze(until: desk.now + 2.days, reason: "x"), on: caseID).decision == .deferred)
  }

  @Test func onlyWhatIsDoneForTheCaseMakesTheSumBeginAnew() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    for _ in 0..<3 { _ = putOffForADay(desk, caseID) }
    desk.act(.acknowledge, on: caseID)
    desk.act(.wait(for: "customer", until: desk.now + 1.hours), on: caseID)
    #expect(putOffForADay(desk, caseID).code == "too-long", "a click moves nothing")
    desk.act(.progress, on: caseID)
    #expect(putOffForADay(desk, caseID).decision == .deferred)
  }

  @Test func whatIsDoneDuringASnoozeLeavesOnlyItsRestInTheSum() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 2.days, reason: "x"), on: caseID)
    desk.advance(by: 1.days)
    desk.act(.progress, on: caseID)
    desk.advance(by: 1.days)
    #expect(desk.act(.snooze(until: desk.now + 2.days + 1, reason: "x"), on: caseID).code == "too-long")
    #expect(desk.act(.snooze(until: desk.now + 2.days, reason: "x"), on: caseID).decision == .deferred)
  }

  @Test func anOperatorsHoldIsNothingThatAnOwnerPutOff() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.hold("technique", until: monday + 5.days)
    desk.advance(by: 5.days)
    #expect(desk.act(.snooze(until: desk.now + 3.days, reason: "x"), on: caseID).decision == .deferred)
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
