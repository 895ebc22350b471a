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

  // MARK: Many

  /// A desk at which each of so many customers has one case that is held.
  private func held(_ count: Int, by owner: String = "technique") throws -> Desk {
    let desk = try Desk.onLadder("{ limit: { escalations: 10000, per: 1h } }")
    for number in 0..<count { desk.feedback("guest-\(number)") }
    desk.hold(owner, until: monday + 2.days)
    desk.advance(by: 2.hours)
    #expect(desk.account("technique").deferredNow == Int32(count))
    return desk
  }

  @Test(arguments: ["technique", ""]) func aReleaseWakesAThousandCasesAndNoneIsLost(owner: String) throws {
    let desk = try held(1_000, by: owner)
    #expect(desk.account(owner).heldCases.count + (desk.kept?.pagedCases ?? 0) == 1_000)
    #expect(desk.hold(owner, until: 0).code == "released")
    let first = desk.advance(by: 0)
    #expect(first.rungs.count > 100 && first.rungs.count <= 256, "so many at once")
    let told = first + desk.advance(by: 1.minutes)
    #expect(told.rungs.count == 1_000 && Set(told.escalations(.rung).map(\.view.caseID)).count == 1_000)
    #expect(desk.account("technique").deferredNow == 0 && desk.kept?.pagedCases == 0)
    #expect(desk.account(owner).pageTo == 0 && desk.account(owner).heldCases.isEmpty)
  }

  @Test func aHoldThatEndsByItselfListsNothingAnyMore() throws {
    let desk = try held(300)
    #expect(desk.advance(by: 2.days).escalations(.resumed).count == 300)
    #expect(desk.kept?.pagedCases == 0 && desk.account("technique").heldCases.isEmpty)
    #expect(desk.hold("technique", until: 0).code == "not-held")
  }

  @Test func aHoldThatBeginsWhileAReleaseGoesOnHoldsAndListsThemAgain() throws {
    let desk = try held(400)
    desk.hold("technique", until: 0)
    desk.hold("technique", until: monday + 1.days)
    #expect(desk.advance(by: 1.hours).rungs.isEmpty)
    let listed = desk.account("technique").heldCases.count + (desk.kept?.pagedCases ?? 0)
    #expect(listed == 400)
    desk.hold("technique", until: 0)
    #expect(desk.advance(by: 1.minutes).rungs.count == 400)
  }

  @Test func manyCasesWakeAtTheEndOfAHoldThatIsMadeShorter() throws {
    let desk = try held(400)
    desk.hold("technique", until: monday + 4.hours)
    #expect(desk.advance(by: 90.minutes).rungs.isEmpty)
    #expect(desk.advance(by: 1.hours).escalations(.resumed).count == 400)
  }

  @Test func aDigestThatIsDueLaterDoesNotWaitForNorDelayWhatWakes() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 5, per: 1h } }")
    for number in 0..<300 { desk.feedback("guest-\(number)") }
    desk.hold("technique", until: monday + 2.days)
    desk.advance(by: 2.hours)
    desk.hold("technique", until: 0)
    let told = desk.advance(by: 1.minutes)
    #expect(told.rungs.count == 5 && told.escalations(.resumed).count == 300)
    let digest = desk.advance(by: 1.hours).escalations(.digest)
    #expect(digest.map(\.digestCount) == [295])
  }

  @Test func bytesHoldAndWakeAThousandCasesAsValuesDo() throws {
    let policy = try CaseworkSample([
      "ladders.yaml": Desk.ladder, "cases.yaml": "cases: { limit: { escalations: 10000, per: 1h } }",
    ]).compiled()
    let desk = Desk { DeskEngine(policy, $0) }
    for number in 0..<1_000 { desk.feedback("guest-\(number)") }
    desk.hold("", until: monday + 2.days)
    desk.advance(by: 2.hours)
    desk.hold("", until: 0)
    #expect(desk.advance(by: 1.minutes).rungs.count == 1_000)
    #expect((desk.casework as? DeskEngine)?.pages == 0)
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
