// Owns the proof that the eighth mistake of the field is not made here: a ladder does not end in silence.
import Events
import Testing

/// Systems next door step to rung −1 after the last one, and nobody hears of the case again.
@Suite struct FieldMistake08SilentEndTests {
  @Test func aLadderThatEndsSaysSoAndNamesTheRoleThatWasToldLast() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    let end = try #require(desk.advance(by: 10.days).escalations(.ladderExhausted).first)
    #expect(end.view.caseID == caseID && end.role == "customer-director")
    #expect(end.code == "ladder-exhausted" && end.nextRung == 0)
  }

  @Test func afterTheEndEveryLeaseAndPromiseIsStillWatched() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 10.days)
    desk.act(.promise(due: desk.now + 1.hours, what: "call"), on: caseID)
    let told = desk.advance(by: 30.days)
    #expect(!told.escalations(.promiseBroken).isEmpty && !told.escalations(.ownershipLapsed).isEmpty)
  }

  @Test func whatBreaksAfterTheEndIsToldToTheLastRung() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 10.days)
    desk.act(.promise(due: desk.now + 1.hours, what: "call"), on: caseID)
    let broken = try #require(desk.advance(by: 2.hours).escalations(.promiseBroken).first)
    #expect(broken.rung == 4 && broken.role == "customer-director")
  }
}
