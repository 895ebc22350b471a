// Owns the guarantees about what leaves the state, and when: nothing that is still owed.
import Events
import Testing

@Suite struct ExpiryTests {
  private func closedCase(_ desk: Desk) -> String {
    let opened = desk.feedback()
    desk.act(.respond, on: opened.caseID)
    desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    return opened.caseID
  }

  @Test func aClosedCaseLeavesWhenItCanNotOpenAgain() throws {
    let desk = try Desk()
    let caseID = closedCase(desk)
    desk.advance(by: 29.days)
    #expect(desk.assignment(caseID) != nil)
    let told = desk.advance(by: 2.days)
    #expect(told.flatMap(\.tombstones) == [caseID])
    #expect(told.map(\.decision) == [.expired])
    #expect(desk.assignment(caseID) == nil)
  }

  @Test func anOpenCaseNeverLeavesHoweverOld() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 400.days)
    #expect(desk.assignment(opened.caseID) != nil)
    #expect(desk.decisions.allSatisfy { $0.decision != .expired })
  }

  @Test func aSubjectWithoutCasesLeavesWhenItsMemoryHasFaded() throws {
    let desk = try Desk()
    desk.feedback { $0.score = 12 }
    #expect(!desk.keysOfSubject("alice").isEmpty)
    desk.advance(by: 241.days)
    #expect(desk.keysOfSubject("alice").isEmpty)
  }

  @Test func aSubjectStaysAsLongAsItsEventsAreKnownAgain() throws {
    let desk = try Desk([
      "cases.yaml": "cases: { memory: { half-life: 1h }, deduplicate: { window: 7 days } }"
    ])
    desk.feedback {
      $0.id = "fb-1"
      $0.score = 12
    }
    desk.advance(by: 7.days - 1.minutes)
    #expect(desk.feedback { $0.id = "fb-1" }.code == "duplicate")
  }

  @Test func aSubjectWithACaseStays() throws {
    let desk = try Desk()
    desk.feedback()
    desk.advance(by: 300.days)
    #expect(!desk.keysOfSubject("alice").isEmpty)
  }

  @Test func ofASubjectThatHadCasesTheNumberOfANextOneStaysLonger() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { half-life: 1 day } }"])
    _ = closedCase(desk)
    desk.advance(by: 100.days)
    #expect(desk.kept?.everySubject[DeskNames.key("alice")]?.isNumberOnly == true)
    #expect(desk.feedback().caseID.hasSuffix("-2"))
  }

  @Test func afterEverythingHasLeftNothingIsKeptOfASubject() throws {
    let desk = try Desk()
    _ = closedCase(desk)
    desk.advance(by: 430.days)
    #expect(desk.keysOfSubject("alice").isEmpty)
    #expect(desk.timers.isEmpty)
  }
}
