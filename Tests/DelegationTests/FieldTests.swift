// Owns what the field asks for and gets wrong, as far as delegation is meant.
import Events
import Policy
import Testing

@Suite("Field")
struct FieldTests {
  /// Mistake 10: a limit that is checked without reserving lets two approvals through.
  @Test func fieldMistake10_twoApprovalsOfOneRemainderCannotBothPass() throws {
    var sample = try Sample()
    sample.delegation.budgets[0].limit = Sample.euros(400)
    sample.delegation.approvers.removeAll { $0.role == "site-director" }
    let till = try Till(sample)
    let first = till.ask("refund", 250, by: "rita", on: "case-1")
    let second = till.ask("refund", 250, by: "remo", on: "case-2")
    #expect([first.answer, second.answer] == [.referred, .referred], "each fits by itself")
    #expect(till.act(.approve, first.claim, by: "dora").answer == .approved)
    let no = till.act(.approve, second.claim, by: "dirk")
    #expect(no.answer == .refused)
    #expect(no.text == "budget desk-lyon-1: 150 EUR left of 400 EUR")
  }

  /// Mistake 8: where nobody is found, the answer must not be silence.
  @Test func fieldMistake08_thatNobodyCanSayYesIsSaid() throws {
    var sample = try Sample()
    sample.delegation.approvers.removeLast()
    let till = try Till(sample)
    let said = till.ask("refund", 700, by: "sven")
    #expect(said.answer == .declined)
    #expect(said.failed == ["no-grant", "no-approver"])
    #expect(said.canSayYes.isEmpty)
  }

  /// Ask 28: a denial says which clause failed, where it stands, and how to pass.
  @Test func fieldAsk28_aDenialSaysWhichClauseFailedAndHowToPass() throws {
    let said = try Till().ask("refund", 140)
    #expect(said.failed == ["grant-limit"])
    #expect(said.failedAt == ["delegation.yaml:6"])
    #expect(said.passes == [.init(amount: 10_000, from: 0)])
    #expect(said.canSayYes.first?.role == "duty-manager")
  }

  /// Ask 29: budgets that accumulate over everything they pay for, without a race.
  @Test func fieldAsk29_oneBudgetCountsAllActionsThatItPaysFor() throws {
    let till = try Till()
    till.ask("voucher", 100, by: "rita", on: "case-1")
    till.ask("refund", 100, by: "remo", on: "case-2")
    #expect(till.room("desk-lyon-1") == 80_000)
  }

  /// Ask 30: who is absent is stood in for, and both names are kept.
  @Test func fieldAsk30_bothNamesOfAnApprovalByWhoStandsInAreKept() throws {
    var sample = try Sample()
    sample.people[3].absentFrom = Sample.monday
    sample.people[3].absentUntil = Sample.monday + Sample.day
    sample.people[3].delegate = "mia"
    let till = try Till(sample)
    till.ask("refund", 140)
    let yes = till.act(.approve, "case-1-r1", by: "mia")
    #expect([yes.decider, yes.deciderFor] == ["mia", "dora"])
  }
}
