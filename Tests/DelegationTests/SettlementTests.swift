// Owns what is promised of paid money: once, in full or in part, late, given back.
import Events
import Testing

@Suite("Settlement")
struct SettlementTests {
  private typealias Account = Delegation.Movement.Account

  private func moves(_ said: Said) -> [[Account]] { said.movements.map { [$0.from, $0.to] } }

  @Test func whatIsPaidIsSpentOnTheDayOfItsApproval() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.advance(by: Sample.day)
    let paid = till.act(.settle, "case-1-r1")
    #expect(paid.answer == .settled)
    #expect(moves(paid) == [[.held, .spent]])
    #expect(paid.movements.first?.day == 20_241)
    #expect(till.account("desk-lyon-1").held == 0)
  }

  @Test func whatIsLeftOfAPartialPaymentIsRoomAgain() throws {
    let till = try Till()
    till.ask("refund", 80)
    let paid = till.act(.settle, "case-1-r1", 50)
    #expect(paid.amount == 5_000)
    #expect(moves(paid) == [[.held, .spent], [.held, .room]])
    #expect(till.room("desk-lyon-1") == 95_000)
  }

  @Test func moreThanWasApprovedIsNotPaid() throws {
    let till = try Till()
    till.ask("refund", 80)
    let no = till.act(.settle, "case-1-r1", 81)
    #expect(no.code == "over-held")
    #expect(till.act(.settle, "case-1-r1", 80).answer == .settled)
  }

  @Test func nothingIsPaidTwice() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1")
    let again = till.act(.settle, "case-1-r1")
    #expect(again.answer == .refused)
    #expect(again.code == "already-settled")
    #expect(till.room("desk-lyon-1") == 92_000)
  }

  @Test func onlyWhatIsApprovedIsPaid() throws {
    let till = try Till()
    till.ask("refund", 250)
    #expect(till.act(.settle, "case-1-r1").code == "not-approved")
    till.act(.decline, "case-1-r1", by: "dora")
    #expect(till.act(.settle, "case-1-r1").code == "not-approved")
  }

  @Test func anApprovalThatNobodyUsesLapsesAndIsRoomAgain() throws {
    let till = try Till()
    till.ask("refund", 80)
    let ended = till.advance(by: 2 * Sample.day)
    #expect(ended.map(\.answer) == [.lapsed])
    #expect(till.room("desk-lyon-1") == 100_000)
  }

  @Test func whatIsPaidLateIsSpentTodayAsFarAsThereIsRoom() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.advance(by: 2 * Sample.day)
    let paid = till.act(.settle, "case-1-r1")
    #expect(paid.answer == .settled)
    #expect(paid.code == "settled-late")
    #expect(moves(paid) == [[.room, .spent]])
    #expect(paid.movements.first?.day == 20_243)
  }

  @Test(arguments: [(60, "overdrawn"), (0, "beyond-overdraft")])
  func whatIsPaidLateBeyondTheLimitIsOverdraftAndSaysWhetherItIsAllowed(overdraft: Int64, code: String) throws
  {
    var sample = try Sample()
    sample.delegation.budgets[0].limit.minor = 10_000
    sample.delegation.budgets[0].overdraft = overdraft * 100
    let till = try Till(sample)
    till.ask("refund", 80)
    till.advance(by: 2 * Sample.day)
    till.ask("refund", 70, by: "remo", on: "case-2")
    let paid = till.act(.settle, "case-1-r1")
    #expect(paid.code == code)
    #expect(moves(paid) == [[.room, .spent], [.overdraft, .spent]])
    #expect(paid.movements.map(\.amount) == [3_000, 5_000])
    #expect(paid.budget("desk-lyon-1")?.overdrawn == 5_000)
    #expect(till.ask("refund", 1, by: "desk-1", on: "case-3").failed == ["budget"])
  }

  @Test func aLatePaymentBeforeTheTimerFiresIsLateToo() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.oversleep(by: 2 * Sample.day)
    let paid = till.act(.settle, "case-1-r1")
    #expect(paid.code == "settled-late")
    #expect(moves(paid) == [[.held, .room], [.room, .spent]])
    #expect(till.advance(by: 0).isEmpty)
    #expect(till.account("desk-lyon-1").held == 0)
  }

  @Test func whatComesBackIsRoomOfTheDayItWasBookedOn() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1")
    let some = till.act(.giveBack, "case-1-r1", 30)
    #expect(some.answer == .returned)
    #expect(some.amount == 3_000)
    #expect(moves(some) == [[.spent, .room]])
    #expect(till.act(.giveBack, "case-1-r1", 51).code == "over-spent")
    let rest = till.act(.giveBack, "case-1-r1")
    #expect(rest.amount == 5_000)
    #expect(till.room("desk-lyon-1") == 100_000)
    #expect(till.act(.giveBack, "case-1-r1").code == "already-returned")
  }

  @Test func whatComesBackPaysTheOverdraftFirst() throws {
    var sample = try Sample()
    sample.delegation.budgets[0].limit.minor = 10_000
    let till = try Till(sample)
    till.ask("refund", 80)
    till.advance(by: 2 * Sample.day)
    till.ask("refund", 70, by: "remo", on: "case-2")
    till.act(.settle, "case-1-r1")
    let some = till.act(.giveBack, "case-1-r1", 60)
    #expect(moves(some) == [[.spent, .overdraft], [.spent, .room]])
    #expect(some.movements.map(\.amount) == [5_000, 1_000])
  }

  @Test func anApprovalThatIsTakenBackIsRoomAgain() throws {
    let till = try Till()
    till.ask("refund", 80)
    let back = till.act(.cancel, "case-1-r1")
    #expect(back.answer == .returned)
    #expect(moves(back) == [[.held, .room]])
    #expect(till.act(.settle, "case-1-r1").code == "not-approved")
  }

  @Test func whatWasPaidIsNotTakenBackButGivenBack() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1")
    #expect(till.act(.cancel, "case-1-r1").code == "already-settled")
  }

  @Test func everyBudgetOfAClaimPaysAndGetsBack() throws {
    let till = try Till()
    till.ask("voucher", 60)
    #expect(till.act(.settle, "case-1-r1", 40).movements.count == 4)
    till.act(.giveBack, "case-1-r1")
    #expect(till.room("vouchers-lyon-1", holder: "rita") == 12_000)
    #expect(till.room("desk-lyon-1") == 100_000)
  }

  @Test func aClaimThatIsOverLeavesAfterThirtyFiveDays() throws {
    let till = try Till()
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1")
    till.advance(by: 35 * Sample.day - 1)
    #expect(till.act(.settle, "case-1-r1").code == "already-settled")
    till.advance(by: 35 * Sample.day)
    #expect(till.act(.settle, "case-1-r1").code == "unknown-claim")
    #expect(till.timers.isEmpty)
  }

  @Test func whatWasNeverApprovedLeavesAfterADay() throws {
    let till = try Till()
    till.ask("refund", 250)
    till.act(.cancel, "case-1-r1")
    till.advance(by: Sample.day - 1)
    #expect(till.act(.settle, "case-1-r1").code == "not-approved")
    till.advance(by: 1)
    #expect(till.act(.settle, "case-1-r1").code == "unknown-claim")
  }

  @Test func whatWasApprovedInACurrencyTheBudgetHasNoMoreIsNotBookedLate() throws {
    var sample = try Sample()
    let till = try Till(sample)
    till.ask("refund", 80)
    till.advance(by: 2 * Sample.day)
    sample.delegation.budgets[0].limit.currency = "CHF"
    till.adopt(sample)
    #expect(till.act(.settle, "case-1-r1").code == "budget-currency")
    #expect(till.account("desk-lyon-1").isEmpty)
  }
}
