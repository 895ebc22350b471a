// Owns the guarantees about leases: an acknowledgement and an ownership last as long as something is done.
import Events
import Testing

@Suite struct LeaseTests {
  private let leases = "{ leases: { acknowledgement: 8h, ownership: 20h } }"

  @Test func anAcknowledgementWithoutProgressLapses() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    let lapsed = desk.advance(by: 9.hours).filter {
      !$0.escalations.filter { $0.kind == .acknowledgementLapsed }.isEmpty
    }
    #expect(lapsed.map(\.at) == [monday + 8.hours + Desk.grace])
    #expect(desk.view(caseID)?.status == .assigned)
    #expect(desk.act(.acknowledge, on: caseID).code == "acknowledged")
  }

  private func leases(after act: Act) throws -> [Int64] {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 7.hours)
    desk.act(act, on: caseID)
    let item = try #require(desk.kept(caseID))
    // What rests has that much left.
    return [
      item.acknowledgementLease + (item.acknowledgementLeft > 0 ? desk.now + item.acknowledgementLeft : 0),
      item.ownershipLease + (item.ownershipLeft > 0 ? desk.now + item.ownershipLeft : 0),
    ]
  }

  @Test func whatIsDoneRenewsBoth() throws {
    for act in [Act.progress, .respond, .promise(due: monday + 5.days, what: "call")] {
      #expect(try leases(after: act) == [monday + 15.hours, monday + 27.hours], "\(act.word)")
    }
  }

  @Test func aClickRenewsNothing() throws {
    let until = monday + 1.days
    let clicks: [Act] = [
      .snooze(until: until, reason: "x"), .silence(until: until, reason: "x"),
      .wait(for: "customer", until: until), .acknowledge,
    ]
    for act in clicks {
      #expect(try leases(after: act) == [monday + 8.hours, monday + 20.hours], "\(act.word)")
    }
  }

  // MARK: How often it is said

  private func lapses(_ told: [Told]) -> [Int64] {
    told.filter { !$0.escalations.filter { $0.kind == .ownershipLapsed }.isEmpty }.map(\.at)
  }

  @Test func anOwnershipWithoutProgressIsSaidOnceWhereTheLadderRepeatsNothing() throws {
    let desk = try Desk.onLadder(leases)
    desk.feedback()
    #expect(lapses(desk.advance(by: 60.days)) == [monday + 20.hours + Desk.grace])
  }

  @Test func anOwnershipThatLapsesIsSaidAgainAsOftenAsTheLadderRepeats() throws {
    let desk = try Desk.onLadder(leases, repeats: "{ every: 10 days, at-most: 2 }")
    desk.feedback()
    let times = [20, 40, 60].map { monday + $0.hours + Desk.grace }
    #expect(lapses(desk.advance(by: 60.days)) == times)
  }

  @Test func noOwnershipLapsesOnceTheLadderIsExhausted() throws {
    let desk = try Desk.onLadder("{ leases: { ownership: 30h } }", repeats: "{ every: 12h, at-most: 6 }")
    desk.feedback()
    let told = desk.advance(by: 90.days)
    let exhausted = try #require(
      told.first { !$0.escalations.filter { $0.kind == .ladderExhausted }.isEmpty })
    let lapses = lapses(told)
    #expect(lapses.count > 2 && lapses.allSatisfy { $0 < exhausted.at })
  }

  @Test func whoMovesAfterTheLaddersEndAndStopsIsSpokenOfOnce() throws {
    let desk = try Desk.onLadder(leases, repeats: "{ every: 12h, at-most: 2 }")
    let caseID = desk.feedback().caseID
    desk.advance(by: 60.days)
    desk.act(.progress, on: caseID)
    let moved = desk.now
    #expect(lapses(desk.advance(by: 60.days)) == [moved + 20.hours + Desk.grace])
  }

  @Test func whoMovesMakesTheCountBeginAnew() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.advance(by: 21.hours)
    desk.act(.progress, on: caseID)
    #expect(lapses(desk.advance(by: 60.days)) == [monday + 41.hours + Desk.grace])
  }

  // MARK: While nobody is asked for anything

  @Test func leasesRestWhileTheCustomerIsWaitedForAndGoOnWithWhatWasLeft() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 3.hours)
    desk.act(.wait(for: "customer", until: desk.now + 5.days), on: caseID)
    let waited = desk.advance(by: 5.days)
    #expect(lapses(waited).isEmpty && waited.escalations(.acknowledgementLapsed).isEmpty)
    let item = try #require(desk.kept(caseID))
    #expect(item.ownershipLease == desk.now + 17.hours && item.acknowledgementLease == desk.now + 5.hours)
    #expect(item.ownershipLeft == 0 && item.acknowledgementLeft == 0)
  }

  @Test func leasesRestWhileItIsPutOff() throws {
    for act in [
      Act.snooze(until: monday + 2.days, reason: "x"), .silence(until: monday + 2.days, reason: "x"),
    ] {
      let desk = try Desk.onLadder(leases)
      let caseID = desk.feedback().caseID
      desk.act(act, on: caseID)
      #expect(lapses(desk.advance(by: 2.days)).isEmpty, "\(act.word)")
      #expect(desk.kept(caseID)?.ownershipLease == monday + 2.days + 20.hours, "\(act.word)")
    }
  }

  @Test func leasesRestWhileAnOperatorHoldsIt() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.hold("technique", until: monday + 5.days)
    // It is held from the moment on which something would have been said: its first rung.
    #expect(lapses(desk.advance(by: 5.days)).isEmpty)
    #expect(desk.kept(caseID)?.ownershipLease == monday + 5.days + 19.hours - Desk.grace)
  }

  @Test func whatIsDoneDuringAWaitGivesAWholeLeaseAfterIt() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.act(.wait(for: "customer", until: monday + 2.days), on: caseID)
    desk.advance(by: 1.days)
    desk.act(.progress, on: caseID)
    desk.advance(by: 1.days)
    #expect(desk.kept(caseID)?.ownershipLease == monday + 2.days + 20.hours)
  }

  @Test func aLeaseRestsAsLongAsEitherAWaitOrASnoozeLasts() throws {
    let desk = try Desk.onLadder(leases)
    let caseID = desk.feedback().caseID
    desk.act(.wait(for: "customer", until: monday + 1.days), on: caseID)
    desk.act(.snooze(until: monday + 2.days, reason: "x"), on: caseID)
    desk.advance(by: 36.hours)
    #expect(desk.kept(caseID)?.ownershipLease == 0 && desk.kept(caseID)?.ownershipLeft == 20.hours)
    desk.advance(by: 12.hours)
    #expect(desk.kept(caseID)?.ownershipLease == monday + 2.days + 20.hours)
  }
}
