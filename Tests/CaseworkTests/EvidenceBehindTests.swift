// Owns the guarantees about what people did and nobody has read yet: clocks wait for it, and not for ever.
import Events
import Policy
import Testing

@testable import Casework

@Suite struct EvidenceBehindTests {
  /// When the acknowledgement is due, on the sample's ladder.
  private static let due = monday + 1.hours

  private static func waits(_ told: [Told]) -> Int { told.count { $0.code == "evidence-behind" } }

  @Test(arguments: [false, true])
  func anOutageOfWhatReadsEscalatesNobodyWhoWasAnswered(bytes: Bool) throws {
    let policy = try CaseworkSample(["ladders.yaml": Desk.ladder]).compiled()
    let desk =
      bytes ? Desk { DeskEngine(policy, $0, restarts: true) } : Desk { DeskCasework(policy, $0) }
    let caseID = desk.feedback().caseID
    desk.mark(until: monday + 50.minutes)
    let waited = desk.advance(to: Self.due + 10.minutes)
    #expect(waited.escalations.isEmpty && Self.waits(waited) > 0)
    // It comes back: first what it had not read, then how far it has read.
    desk.act(.acknowledge, on: caseID) { $0.at = monday + 55.minutes }
    desk.mark(until: desk.now)
    #expect(desk.advance(by: 2.hours).rungs == [])
    desk.mark(until: monday + 5.hours)
    #expect(desk.advance(by: 2.hours).rungs == [2], "the answer is due all the same")
  }

  @Test func evidenceThatStaysAwayIsWaitedForSoLongAndTheRungSaysUpToWhenItIsKnown() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.mark(until: monday + 50.minutes)
    #expect(desk.advance(to: Self.due + Desk.grace + 15.minutes - 1).escalations.isEmpty)
    let told = desk.advance(by: 1)
    let rung = try #require(told.escalations(.rung).first)
    #expect(rung.rung == 1 && rung.due == Self.due && rung.heardUntil == monday + 50.minutes)
    // It had been done: that is said as soon as it is read.
    let late = desk.act(.acknowledge, on: caseID) { $0.at = monday + 55.minutes }
    #expect(late.escalations.map(\.retracts) == [rung.id])
  }

  @Test func whatHasAllBeenReadIsNotSaidToBeUnknown() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.mark(until: Self.due)
    let rung = try #require(desk.advance(by: 2.hours).escalations(.rung).first)
    #expect(rung.heardUntil == nil)
  }

  @Test func aDrainedTopicDelaysNoClockBeyondTheGrace() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    var told: [Told] = []
    // Every five seconds, and as much as INTAKE may say of the end of a log.
    while desk.now < monday + 2.hours {
      told += desk.advance(by: 5.seconds)
      desk.mark(until: desk.now - 2.seconds)
    }
    #expect(told.escalations(.rung).map(\.due) == [Self.due])
    #expect(told.first { !$0.escalations.isEmpty }?.at == Self.due + Desk.grace)
    #expect(Self.waits(told) == 0)
  }

  @Test func withoutAnyGraceAClockWaitsNoLongerThanItTakesToTell() throws {
    let desk = try Desk.onLadder("{ evidence-grace: 0s }")
    desk.feedback()
    var told: [Told] = []
    while desk.now < monday + 2.hours {
      desk.mark(until: desk.now - 2.seconds)
      told += desk.advance(by: 5.seconds)
    }
    let at = try #require(told.first { !$0.escalations.isEmpty }?.at)
    #expect(at - Self.due <= 10.seconds)
  }

  @Test func thePartitionThatIsReadLeastDecides() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.mark(until: monday + 3.hours, partition: 0, of: 3)
    desk.mark(until: monday + 3.hours, partition: 2, of: 3)
    #expect(desk.advance(to: Self.due + 5.minutes).escalations.isEmpty, "nobody has told of partition 1")
    desk.mark(until: Self.due, partition: 1, of: 3)
    #expect(desk.advance(by: 2.minutes).rungs == [1])
  }

  @Test func aMarkOfAnEarlierTimeTakesNothingBack() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    desk.mark(until: monday + 3.hours)
    desk.mark(until: monday)
    #expect(desk.advance(to: Self.due + Desk.grace).rungs == [1])
  }

  /// Everything stood still, what reads and what decides: the time of the wait begins when somebody can wait again.
  @Test func afterANightWithoutPowerWhatWasDoneBeforeItIsStillWaitedFor() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.mark(until: monday + 50.minutes)
    let woken = desk.sleep(until: monday + 9.hours)
    #expect(woken.escalations.isEmpty && Self.waits(woken) == 1)
    desk.act(.acknowledge, on: caseID) { $0.at = monday + 55.minutes }
    desk.act(.respond, on: caseID) { $0.at = monday + 56.minutes }
    desk.mark(until: desk.now)
    #expect(desk.advance(by: 30.minutes).escalations.isEmpty)
  }

  @Test func whoWaitsIsLookedAtLessAndLessOften() throws {
    let desk = try Desk.onLadder("{ evidence-wait: 1 day }")
    desk.feedback()
    desk.mark(until: monday)
    let waits = Self.waits(desk.advance(by: 1.days))
    #expect((5...60).contains(waits), "\(waits) journal records")
    let usual = try Desk.onLadder()
    usual.feedback()
    usual.mark(until: monday)
    #expect((5...40).contains(Self.waits(usual.advance(by: 1.hours + 15.minutes))))
  }

  @Test func whoDoesNotWantToWaitDoesNot() throws {
    let desk = try Desk.onLadder("{ evidence-wait: 0s }")
    desk.feedback()
    desk.mark(until: monday)
    let told = desk.advance(to: Self.due + Desk.grace)
    #expect(told.rungs == [1] && Self.waits(told) == 0)
    #expect(told.escalations.first?.heardUntil == monday)
  }

  @Test func aPromiseThatMayHaveBeenKeptIsNotCalledBroken() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.promise(due: monday + 20.minutes, what: "call"), on: caseID)
    desk.mark(until: monday + 10.minutes)
    #expect(desk.advance(to: monday + 30.minutes).escalations.isEmpty)
    desk.act(.respond, on: caseID) { $0.at = monday + 15.minutes }
    desk.mark(until: desk.now)
    #expect(desk.advance(by: 10.minutes).escalations(.promiseBroken).isEmpty)
  }

  @Test func whatMayHaveBeenShownToBeOverIsNotOpenedAgain() throws {
    let desk = try Desk.onLadder("{ close: { verify-within: 1 day } }")
    let caseID = desk.feedback().caseID
    desk.act(.resolve(evidence: "replaced"), on: caseID)
    desk.mark(until: monday + 23.hours)
    #expect(desk.advance(to: monday + 1.days + 10.minutes).escalations.isEmpty)
    desk.act(.respond, on: caseID) { $0.at = monday + 23.hours + 30.minutes }
    desk.mark(until: desk.now)
    #expect(desk.advance(by: 1.days).escalations(.unverified).isEmpty)
  }

  @Test func aWaitThatIsOverLeavesNothingBehind() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.mark(until: monday)
    desk.advance(to: Self.due + 1.minutes)
    #expect(desk.kept(caseID)?.behindSince == Self.due + Desk.grace)
    desk.mark(until: Self.due)
    desk.advance(by: 1.minutes)
    #expect(desk.kept(caseID)?.behindSince == 0)
  }

  @Test func whoIsNeverToldAnythingWaitsForTheGraceOnly() throws {
    let desk = try Desk.onLadder()
    desk.feedback()
    let told = desk.advance(to: Self.due + Desk.grace)
    #expect(told.rungs == [1] && told.escalations.first?.heardUntil == nil)
  }
}
