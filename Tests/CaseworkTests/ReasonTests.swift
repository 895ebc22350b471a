// Owns the guarantees about the words of who acts: kept with what they explain, and of an erasure not at all.
import Events
import Testing

@Suite struct ReasonTests {
  @Test func whyACaseIsHandedOverIsToldToBothOwnersAndWrittenDown() throws {
    let desk = try Desk()
    let caseID = desk.feedback().caseID
    let told = desk.act(.transfer(to: "billing", reason: "the invoice is theirs"), on: caseID)
    #expect(told.note == "the invoice is theirs")
    #expect(told.assignments.map(\.view.status) == [.withdrawn, .assigned])
    #expect(told.assignments.map(\.note) == ["the invoice is theirs", "the invoice is theirs"])
    #expect(!told.sentence.contains("invoice"), "sentences are for everybody")
  }

  @Test func whyACaseIsPutOffIsToldWithIt() throws {
    let desk = try Desk()
    let caseID = desk.feedback().caseID
    let told = desk.act(.snooze(until: desk.now + 1.days, reason: "a part is ordered"), on: caseID)
    #expect(told.escalations.map(\.note) == ["a part is ordered"])
  }

  @Test func anApprovalThatIsTheEndOfItsCaseIsInTheJournalWithTheEndItself() throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    let caseID = desk.feedback().caseID
    let claim = try #require(desk.remedy("replace", 1_000, on: caseID).claims.first)
    let told = desk.answer(
      BudgetAnswer(
        claim: claim.claim, caseID: caseID, answer: .approved, action: "replace", amount: 1_000,
        currency: "EUR",
        requester: claim.actor, expiresAt: 0))
    #expect("\(told.decision) \(told.code)" == "closed remedy")
    #expect(told.earlier == ["answered approved"])
  }

  @Test func whatWasDecidedAloneHasNothingBeforeIt() throws {
    let desk = try Desk()
    let caseID = desk.feedback().caseID
    #expect(desk.act(.acknowledge, on: caseID).earlier.isEmpty)
    #expect(desk.erase("alice").earlier.isEmpty)
  }

  @Test func whatWasSaidOfAnErasureIsNotKept() throws {
    let desk = try Desk()
    desk.feedback("alice")
    #expect(desk.erase("alice").note.isEmpty)
  }
}
