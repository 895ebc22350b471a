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
    return [item.acknowledgementLease, item.ownershipLease]
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

  @Test func anOwnershipWithoutProgressLapsesAgainAndAgain() throws {
    let desk = try Desk.onLadder(leases)
    desk.feedback()
    let lapsed = desk.advance(by: 41.hours).filter {
      !$0.escalations.filter { $0.kind == .ownershipLapsed }.isEmpty
    }
    #expect(lapsed.map(\.at) == [monday + 20.hours + Desk.grace, monday + 40.hours + Desk.grace])
  }
}
