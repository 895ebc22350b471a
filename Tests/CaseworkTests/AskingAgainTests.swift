// Owns the guarantees about a request that is made twice: paid once, and not kept waiting by an answer that stands no more.
import Events
import Testing

@Suite struct AskingAgainTests {
  private let desk: Desk
  private let caseID: String

  init() throws {
    desk = Desk(try LivelyPolicy.compiled.get())
    caseID = desk.feedback().caseID
  }

  private func ask(_ minor: Int64 = 5_000) -> Told { desk.remedy("refund", minor, on: caseID) }

  private func answer(
    _ answer: Delegation.Answer, _ told: Told, _ code: String = "", minor: Int64 = 5_000
  ) throws {
    let claim = try #require(told.claims.first { $0.kind == .request })
    let heard = desk.answer(
      BudgetAnswer(
        claim: claim.claim, caseID: caseID, answer: answer, action: claim.action, amount: minor,
        currency: claim.currency, requester: claim.actor, expiresAt: 0, code: code))
    #expect(heard.decision == .answered)
  }

  @Test(arguments: ["budget-gone", "other-budgets", "evidence", "unsigned"])
  func aNOForHowItWasAskedLetsTheSameBeAskedAgainAtOnceAndOnce(code: String) throws {
    let first = ask()
    try answer(.declined, first, code)
    desk.advance(by: 1.minutes)
    let second = ask()
    #expect(second.code == "asked")
    #expect(second.claims.map(\.claim) == ["\(caseID)-r2"])
    #expect(ask().code == "same-request", "the second waits for its answer")
    try answer(.approved, second)
    let third = ask()
    #expect(third.code == "same-request" && third.answers.map(\.claim) == ["\(caseID)-r2"])
  }

  @Test(arguments: ["budget", "no-approver", "ceiling", "declined-by-approver"])
  func anyOtherNOIsTheAnswerForTenMinutes(code: String) throws {
    try answer(.declined, ask(), code)
    desk.advance(by: 10.minutes)
    #expect(ask().code == "same-request")
    desk.advance(by: 1.minutes)
    #expect(ask().code == "asked")
  }

  @Test(arguments: [Delegation.Answer.cancelled, .expired, .lapsed, .returned])
  func whatCameToNothingMayBeAskedForAgainAtOnce(end: Delegation.Answer) throws {
    let first = ask()
    if end == .lapsed || end == .returned { try answer(.approved, first) }
    try answer(end, first)
    #expect(ask().code == "asked")
  }

  @Test(arguments: [Delegation.Answer.referred, .approved])
  func whatIsReferredOrApprovedIsNotAskedOfBudgetsTwice(state: Delegation.Answer) throws {
    try answer(state, ask(), "other-budgets")
    #expect(ask().code == "same-request")
  }

  @Test func whatWasPaidForLessIsTheSameRequestStill() throws {
    let first = ask()
    try answer(.approved, first)
    try answer(.settled, first, minor: 4_000)
    #expect(ask().code == "same-request")
    #expect(ask(4_000).code == "asked", "less was paid, and nobody has asked for less")
  }

  @Test func whatCameBackInPartIsTheSameRequestStill() throws {
    let first = ask()
    try answer(.approved, first)
    try answer(.settled, first)
    try answer(.returned, first, minor: 2_000)
    #expect(ask().code == "same-request")
  }
}
