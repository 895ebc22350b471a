// Owns what is promised of budgets: never beyond the limit, whose pot, when room returns.
import Events
import Testing

@Suite("Budgets")
struct BudgetTests {
  @Test func whatIsHeldCountsAgainstTheLimit() throws {
    let till = try Till()
    for number in 1...10 {
      #expect(till.ask("refund", 100, on: "case-\(number)", by: number).answer == .approved)
    }
    let said = till.ask("refund", 1, on: "case-11")
    #expect(said.answer == .referred)
    #expect(said.failed == ["budget"])
    #expect(said.text == "budget desk-lyon-1: 0 EUR left of 1000 EUR; can say yes: site-director")
  }

  @Test func ofTwoRequestsForTheLastEuroOneIsApproved() throws {
    let till = try Till()
    for number in 1...9 { till.ask("refund", 100, on: "case-\(number)", by: number) }
    till.ask("refund", 99, on: "case-10", by: 10)
    let last = [
      till.ask("refund", 1, by: "rita", on: "case-11"), till.ask("refund", 1, by: "remo", on: "case-12"),
    ]
    #expect(last.map(\.answer) == [.approved, .referred])
    #expect(till.room("desk-lyon-1") == 0)
  }

  @Test func aRefusalSaysWhatPassesNowAndWhenAllOfItDoes() throws {
    var sample = try Sample()
    sample.delegation.approvers = []
    let till = try Till(sample)
    for (number, euros) in [150, 130, 130, 130].enumerated() {
      let asked = till.ask("repair", Int64(euros), by: "mia", on: "case-\(number)", evidence: ["photo"])
      till.act(.settle, asked.claim, by: "mia")
      till.advance(by: Sample.day)
    }
    // 540 of 600, of one week.
    let said = till.ask("repair", 120, by: "mia", on: "case-5", evidence: ["photo"])
    #expect(said.answer == .declined)
    #expect(said.text == "budget repairs-lyon-1: 60 EUR left of 600 EUR")
    let sunday = Sample.midnight + 7 * Sample.day
    #expect(said.passes == [.init(amount: 6_000, from: 0), .init(amount: 12_000, from: sunday)])
    till.advance(to: sunday)
    #expect(till.ask("repair", 120, by: "mia", on: "case-5", evidence: ["photo"]).answer == .approved)
  }

  @Test func whatIsSaidToPassPasses() throws {
    let till = try Till()
    for number in 1...9 { till.ask("refund", 100, on: "case-\(number)", by: number) }
    till.ask("refund", 55, on: "case-10", by: 10)
    let said = till.ask("refund", 80, by: "remo", on: "case-11")
    let passes = try #require(said.passes.first)
    till.act(.cancel, said.claim, by: "remo")
    let more = till.ask("refund", minor: passes.amount + 1, by: "remo", on: "case-11")
    #expect(more.answer == .referred)
    till.act(.cancel, more.claim, by: "remo")
    #expect(till.ask("refund", minor: passes.amount, by: "remo", on: "case-11").answer == .approved)
  }

  @Test func everyBudgetOfAClaimHasToHaveRoom() throws {
    let till = try Till()
    till.ask("voucher", 100)
    let said = till.ask("voucher", 50, on: "case-2")
    #expect(said.failed.contains("budget"))
    #expect(till.room("vouchers-lyon-1", holder: "rita") == 2_000)
    #expect(till.room("desk-lyon-1") == 90_000)
  }

  @Test func aBudgetPerPersonHasAPotForEach() throws {
    let till = try Till()
    till.ask("voucher", 100, by: "rita", on: "case-1")
    let said = till.ask("voucher", 100, by: "remo", on: "case-2")
    #expect(said.answer == .approved)
    #expect(said.budgets.map(\.id) == ["vouchers-lyon-1/remo", "desk-lyon-1"])
  }

  @Test func anApproverWithAPotOfTheirOwnCanSayYesWhenTheBudgetIsEmpty() throws {
    let till = try Till()
    for number in 1...10 { till.ask("refund", 100, on: "case-\(number)", by: number) }
    let said = till.ask("refund", 40, on: "case-11")
    #expect(said.answer == .referred)
    #expect(said.canSayYes.map(\.role) == ["site-director"])
    let yes = till.act(.approve, said.claim, by: "sven")
    #expect(yes.answer == .approved)
    #expect(yes.budgets.map(\.id) == ["director-lyon-1"])
    #expect(till.account("director-lyon-1").held == 4_000)
  }

  @Test func spentMoneyIsRoomAgainWhenItsDayLeavesTheWindow() throws {
    let till = try Till()
    till.ask("refund", 100)
    let settled = till.act(.settle, "case-1-r1")
    let leaves = Sample.midnight + 7 * Sample.day
    #expect(settled.budget("desk-lyon-1")?.roomAt == leaves)
    #expect(settled.budget("desk-lyon-1")?.roomThen == 10_000)
    till.advance(to: leaves - 1)
    #expect(till.room("desk-lyon-1") == 90_000)
    till.advance(to: leaves)
    #expect(till.room("desk-lyon-1") == 100_000)
  }

  @Test func aBudgetThatIsGoneIsDeclined() throws {
    let till = try Till()
    let said = till.ask("refund", 20, budgets: ["gone"])
    #expect(said.answer == .declined && said.code == "budget-gone")
    #expect(said.text.hasSuffix("ask again") && Delegation.Failure.mayBeAskedAgain(code: said.code))
  }

  @Test func aBudgetOfAnotherRootIsNotTouched() throws {
    let till = try Till()
    #expect(till.ask("refund", 20) { $0.root = "site/geneva-1" }.code == "budget-gone")
    #expect(till.account("desk-lyon-1").isEmpty)
  }

  @Test func aBudgetThatChangesItsCurrencyHasNoRoomUntilItIsEmpty() throws {
    var sample = try Sample()
    let till = try Till(sample)
    till.ask("refund", 20)
    sample.delegation.budgets[0].limit.currency = "CHF"
    sample.delegation.rates = [Sample.rate("EUR", "CHF", 1_000_000_000)]
    till.adopt(sample)
    #expect(till.ask("refund", 20, on: "case-2").failed == ["budget-currency"])
    #expect(till.act(.settle, "case-1-r1").answer == .settled)
  }

  @Test func aLowerLimitTakesNothingBackAndGivesNothingMore() throws {
    var sample = try Sample()
    let till = try Till(sample)
    till.ask("refund", 100)
    sample.delegation.budgets[0].limit.minor = 5_000
    till.adopt(sample)
    #expect(till.ask("refund", 1, by: "remo", on: "case-2").failed == ["budget"])
    let settled = till.act(.settle, "case-1-r1")
    #expect(settled.budget("desk-lyon-1")?.overdrawn == 5_000)
    #expect(settled.budget("desk-lyon-1")?.left == 0)
  }

  @Test func aClaimWithoutBudgetsIsBoundByItsLimitsAlone() throws {
    var sample = try Sample()
    sample.delegation.actions[0].from = []
    let till = try Till(sample)
    let said = till.ask("refund", 100, budgets: [])
    #expect(said.answer == .approved)
    #expect(said.movements.isEmpty)
    #expect(till.act(.settle, "case-1-r1").answer == .settled)
  }
}

extension Till {
  /// By one of ten people in turn, so that nothing is seen as split.
  @discardableResult
  func ask(_ action: String, _ euros: Int64, on caseID: String, by number: Int) -> Said {
    ask(action, euros, by: "desk-\(number % 10)", on: caseID)
  }

  @Test func aBudgetThatIsGoneShowsWhatTheLongestWindowHolds() throws {
    var sample = try Sample()
    let till = try Till(sample)
    let first = till.ask("refund", 50)
    till.act(.settle, first.claim)
    till.advance(by: 380 * Sample.day)
    till.ask("refund", 20)
    sample.delegation.budgets.removeAll { $0.id == "desk-lyon-1" }
    till.adopt(sample)
    let lapsed = try #require(till.advance(by: 3 * Sample.day).first { $0.answer == .lapsed })
    let shown = try #require(lapsed.budget("desk-lyon-1"))
    #expect(shown.limit == 0 && shown.spent == 0 && shown.held == 0)
    #expect(shown.windowFrom == Sample.midnight + (382 - 365) * Sample.day)
    #expect(till.ledger.faults.isEmpty, "\(till.ledger.faults)")
  }
}
