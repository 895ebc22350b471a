// Owns what is promised of remedies that are split: they are judged by their sum.
import Events
import Testing

@testable import Delegation

@Suite("Splitting")
struct SplitTests {
  @Test func severalOfOneCaseAreReferredWithTheirSum() throws {
    let till = try Till()
    till.ask("refund", 60, by: "rita")
    let said = till.ask("refund", 60, by: "remo")
    #expect(said.answer == .referred)
    #expect(said.failed == ["split"])
    #expect(said.sum == 12_000)
    #expect(
      said.text
        == "with what was asked for in the last 24 hours it is 120 EUR, above the 100 EUR that receptionist may give; "
        + "can say yes: duty-manager, site-director, finance-director")
    #expect(
      said.passes == [.init(amount: 4_000, from: 0), .init(amount: 6_000, from: till.now + Sample.day)])
  }

  @Test func severalOfOnePersonAreReferredWithTheirSum() throws {
    let till = try Till()
    till.ask("refund", 60, on: "case-1")
    #expect(till.ask("refund", 60, on: "case-2").failed == ["split"])
    #expect(till.ask("voucher", 60, on: "case-3").answer == .approved, "another action is another matter")
  }

  @Test func severalOfOneCauseAreSeenWhereThePolicySaysSo() throws {
    var sample = try Sample()
    sample.delegation.split.byPerson = false
    sample.delegation.split.byCase = false
    sample.delegation.split.byCause = true
    let till = try Till(sample)
    till.ask("refund", 60, by: "rita", on: "case-1")
    #expect(till.ask("refund", 60, by: "remo", on: "case-2").failed == ["split"])
    #expect(till.ask("refund", 60, by: "remo", on: "case-3") { $0.owner = "finance" }.answer == .approved)
  }

  @Test func theSumIsForgottenWithTheWindow() throws {
    let till = try Till()
    till.ask("refund", 60)
    till.advance(by: Sample.day - 1)
    #expect(till.ask("refund", 60, by: "remo").failed == ["split"])
    till.advance(by: 1)
    #expect(till.ask("refund", 60, on: "case-2").answer == .approved)
  }

  @Test func whatWasDeclinedOrTakenBackCountsInNoSum() throws {
    let till = try Till()
    till.ask("refund", 250)
    till.act(.decline, "case-1-r1", by: "dora")
    till.ask("refund", 90)
    till.act(.cancel, "case-1-r2")
    #expect(till.ask("refund", 100).answer == .approved)
  }

  @Test func theApproverHasToReachTheSum() throws {
    let till = try Till()
    till.ask("refund", 250)
    till.act(.approve, "case-1-r1", by: "dora")
    let said = till.ask("refund", 90)
    #expect(said.canSayYes.map(\.role) == ["site-director", "finance-director"])
    #expect(till.act(.approve, said.claim, by: "dora").code == "over-limit")
  }

  @Test func theCeilingOfACaseIsNotWalkedAround() throws {
    var sample = try Sample()
    sample.delegation.actions[0].ceiling = Sample.euros(90)
    let till = try Till(sample)
    till.ask("refund", 60, by: "rita")
    let said = till.ask("refund", 40, by: "remo")
    #expect(said.failed == ["ceiling"])
    #expect(
      said.text
        == "with what this case was promised lately, 100 EUR is above the 90 EUR that anybody may approve")
    #expect(said.passes.first == .init(amount: 3_000, from: 0))
  }

  @Test func moreThanAnAccountKeepsArePutTogetherAndLoseNothing() {
    var account = SplitAccount()
    for number in 1...100 {
      var entry = SplitAccount.Entry()
      entry.claim = UInt64(number)
      entry.at = Int64(number)
      entry.amount = 10
      entry.currency = "EUR"
      account.add(entry)
    }
    #expect(account.entries.count == SplitAccount.mostEntries)
    #expect(account.entries.reduce(0) { $0 + $1.amount } == 1_000)
    account.remove(claim: 5, at: 5, amount: 10, currency: "EUR")
    account.remove(claim: 100, at: 100, amount: 10, currency: "EUR")
    #expect(account.entries.reduce(0) { $0 + $1.amount } == 980)
  }
}
