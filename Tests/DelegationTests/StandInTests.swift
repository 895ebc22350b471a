// Owns what is promised of those who ask in somebody's place: whose grant allows it, whose pot pays, and for how long.
import Events
import Testing

@testable import Policy

@Suite("Stand-ins")
struct StandInTests {
  private func sample(_ id: String, delegate: String) throws -> Sample {
    var sample = try Sample()
    for index in sample.people.indices where sample.people[index].id == id {
      sample.people[index].delegate = delegate
      sample.people[index].absentFrom = Sample.monday
      sample.people[index].absentUntil = Sample.monday + Sample.hour
    }
    return sample
  }

  @Test func whatIsAskedByTheGrantOfWhoIsAbsentIsHeldInTheirPot() throws {
    let till = try Till(try sample("dora", delegate: "rita"))
    let said = till.ask("voucher", 110)
    #expect(said.answer == .approved)
    #expect(said.requester == "rita" && said.requesterFor == "dora")
    #expect(said.movements.map(\.budget) == ["vouchers-lyon-1/dora", "desk-lyon-1"])
    #expect(till.account("vouchers-lyon-1", holder: "rita").isEmpty)
  }

  @Test func theirOwnGrantComesFirstAndTheirOwnPotPays() throws {
    let till = try Till(try sample("dora", delegate: "rita"))
    let said = till.ask("voucher", 90)
    #expect(said.requesterFor.isEmpty)
    #expect(said.movements.map(\.budget) == ["vouchers-lyon-1/rita", "desk-lyon-1"])
    let more = till.ask("voucher", 40, on: "case-2")
    #expect(more.answer == .approved && more.requesterFor == "dora", "above the own in sum")
  }

  @Test func aYesToWhatWasAskedInTheirNameIsPaidFromTheirPotEvenOnceTheyAreBack() throws {
    let till = try Till(try sample("rita", delegate: "mia"))
    let said = till.ask("voucher", 110, by: "mia")
    #expect(said.answer == .referred && said.requesterFor == "rita")
    till.advance(by: 2 * Sample.hour)
    let yes = till.act(.approve, said.claim, by: "dora")
    #expect(yes.answer == .approved && yes.requesterFor == "rita")
    #expect(yes.movements.map(\.budget) == ["vouchers-lyon-1/rita", "desk-lyon-1"])
  }

  @Test func aClaimRestsOnNoGrantThatPaysFromOtherBudgets() throws {
    var sample = try sample("dora", delegate: "rita")
    sample.delegation.grants[2].from = ["director-lyon-1"]
    let till = try Till(sample)
    let own = till.ask("refund", 250)
    #expect(own.answer == .referred && own.failed == ["grant-limit"] && own.requesterFor.isEmpty)
    let other = till.ask("refund", 250, by: "rita", on: "case-2", budgets: ["director-lyon-1"])
    #expect(other.failed == ["split"], "what was asked before counts, whichever grant it was")
    till.act(.cancel, own.claim)
    till.act(.cancel, other.claim)
    let named = till.ask("refund", 250, on: "case-3", budgets: ["director-lyon-1"])
    #expect(named.answer == .approved && named.requesterFor == "dora" && named.grant == "delegation.yaml:8")
    #expect(named.movements.map(\.budget) == ["director-lyon-1"])
  }

  @Test func aGrantThatPaysFromElsewhereByNowIsSaidAndAnApproverMaySayYes() throws {
    var sample = try Sample()
    sample.delegation.grants[0].from = ["repairs-lyon-1"]
    let till = try Till(sample)
    let said = till.ask("refund", 50)
    #expect(said.answer == .referred && said.failed == ["other-budgets"])
    #expect(said.failedAt == ["delegation.yaml:6"] && said.movements.isEmpty)
    #expect(
      said.text
        == "it was asked of desk-lyon-1, and what receptionist may give is paid from repairs-lyon-1 now; can say yes: duty-manager, site-director, finance-director"
    )
    #expect(till.act(.approve, said.claim, by: "dora").movements.map(\.budget) == ["desk-lyon-1"])
  }

  @Test func whereNobodyCanSayYesToItItIsDeclined() throws {
    var sample = try Sample()
    sample.delegation.grants[0].from = []
    sample.delegation.actions[0].from = ["gone-lyon-1"]
    sample.delegation.approvers = []
    let said = try Till(sample).ask("refund", 50)
    #expect(said.answer == .declined && said.failed == ["other-budgets", "no-approver"])
    #expect(Delegation.Failure.mayBeAskedAgain(code: said.code))
    #expect(said.text.hasSuffix("what receptionist may give is paid from gone-lyon-1 now"))
  }

  @Test func theOrderOfBudgetsInAPolicyIsNoMatter() throws {
    let till = try Till()
    #expect(till.ask("voucher", 50, budgets: ["desk-lyon-1", "vouchers-lyon-1"]).answer == .approved)
    #expect(till.ask("voucher", 20, on: "case-2", budgets: ["desk-lyon-1"]).failed == ["other-budgets"])
  }

  @Test func aGrantThatIsGoneIsSaidToBe() throws {
    var sample = try Sample()
    sample.delegation.grants.removeFirst()
    let said = try Till(sample).ask("refund", 50) { $0.grant = "delegation.grants[0]" }
    #expect(said.failed == ["no-grant"])
    #expect(said.text.hasPrefix("receptionist may not give refund here any more"))
  }

  @Test func whoIsAbsentAsksForNothing() throws {
    let said = try Till(try sample("rita", delegate: "remo")).ask("refund", 50)
    #expect(said.answer == .referred && said.failed == ["no-grant"])
    #expect(said.text.hasPrefix("receptionist is absent: who stands in can ask"))
  }

  @Test func theGrantOfWhoIsAbsentCountsUntilTheMomentTheyAreBack() throws {
    let till = try Till(try sample("dora", delegate: "rita"))
    till.advance(by: Sample.hour - 1)
    #expect(till.ask("refund", 250).requesterFor == "dora")
    till.advance(by: 1)
    #expect(till.ask("refund", 250, by: "remo", on: "case-2").failed == ["grant-limit"])
    #expect(till.ask("refund", 20, on: "case-3").failed == ["split"])
  }
}
