// Owns the guarantees about limits: an owner is told so much at a time, and of the rest in one digest.
import Events
import Testing

@Suite struct LimitTests {
  private func crowd(_ desk: Desk, _ count: Int) -> [String] {
    (0..<count).map { desk.feedback("guest-\($0)").caseID }
  }

  @Test func whatIsBeyondTheLimitIsToldInOneDigestAtTheEndOfTheWindow() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 2, per: 30m } }")
    let cases = crowd(desk, 5)
    let told = desk.advance(by: 61.minutes)
    #expect(told.rungs == [1, 1] && told.filter { $0.code == "over-limit" }.count == 3)
    let digests = desk.advance(by: 30.minutes)
    #expect(digests.escalations.map(\.kind) == [.digest] && digests.map(\.code) == ["digest"])
    let digest = try #require(digests.escalations.first)
    #expect(digest.digestCount == 3 && digests.first?.at == monday + 90.minutes + Desk.grace)
    #expect(Set(digest.digestCases).count == 3 && Set(digest.digestCases).isSubset(of: cases))
  }

  @Test func aDigestListsTwentyAndCountsAll() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 1, per: 30m } }")
    _ = crowd(desk, 30)
    let digest = try #require(desk.advance(by: 2.hours).escalations(.digest).first)
    #expect(digest.digestCount == 29 && digest.digestCases.count == 20)
  }

  @Test func eachOwnerHasALimitOfItsOwn() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 1, per: 30m } }")
    desk.feedback()
    desk.feedback("bob") { $0.owner = "billing" }
    #expect(desk.advance(by: 61.minutes).rungs == [1, 1])
  }

  @Test func anEmptyWindowHasNoDigest() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 2, per: 30m } }")
    _ = crowd(desk, 2)
    #expect(desk.advance(by: 3.hours).escalations(.digest).isEmpty)
  }

  @Test func aRungThatWasToldInADigestIsNotToldAgainAndTheLadderGoesOn() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 1, per: 30m } }")
    let cases = crowd(desk, 2)
    desk.advance(by: 61.minutes)
    for caseID in cases { #expect(desk.view(caseID)?.rung == 1 && desk.kept(caseID)?.ladder.firedRung == 0) }
    desk.act(.respond, on: cases[0])
    #expect(desk.advance(by: 3.hours).rungs == [2])
  }

  @Test func aDigestNamesWhomItIsFor() throws {
    let desk = try Desk.onLadder("{ limit: { escalations: 1, per: 30m } }")
    _ = crowd(desk, 2)
    let digest = try #require(desk.advance(by: 2.hours).escalations(.digest).first)
    #expect(digest.team == "technique" && digest.role == "chief-engineer" && digest.view.owner == "technique")
  }
}
