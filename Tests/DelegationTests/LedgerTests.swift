// Owns what is promised of the ledger that is made of records alone.
import Events
import Testing

@testable import Delegation

@Suite("Ledger")
struct LedgerTests {
  private func till(_ bugs: PlantedDelegationBugs = []) throws -> Till { try Till(bugs: bugs) }

  @Test func itSaysHowABudgetStandsAndWhenRoomReturns() throws {
    let till = try till()
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1", 50)
    till.ask("refund", 30, by: "remo", on: "case-2")
    let balance = try #require(till.ledger.balance(of: "desk-lyon-1", till.policy, at: till.now))
    #expect(balance.limit == 100_000)
    #expect(balance.held == 3_000)
    #expect(balance.spent == 5_000)
    #expect(balance.left == 92_000)
    #expect(balance.roomAt == Sample.midnight + 7 * Sample.day)
    #expect(balance.roomThen == 5_000)
    #expect(till.ledger.accounts["desk-lyon-1"]?.holds == ["case-2-r1": 3_000])
    let later = try #require(till.ledger.balance(of: "desk-lyon-1", till.policy, at: balance.roomAt))
    #expect(later.left == 97_000)
  }

  @Test func itKnowsThePotOfAHolder() throws {
    let till = try till()
    till.ask("voucher", 80)
    #expect(till.ledger.balance(of: "vouchers-lyon-1/rita", till.policy, at: till.now)?.left == 4_000)
    #expect(till.ledger.balance(of: "vouchers-lyon-1/remo", till.policy, at: till.now)?.left == 12_000)
    #expect(till.ledger.balance(of: "gone", till.policy, at: till.now) == nil)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func itShowsWhatTheStateHoldsAndFindsNothingWrong(seed: UInt64) throws {
    var chance = Seed(seed)
    let till = try Till(RandomLife.sample(&chance))
    var life = RandomLife(seed: seed)
    for _ in 0..<120 { _ = try life.step(till) }
    #expect(till.ledger.faults.isEmpty, "\(till.ledger.faults.prefix(3))")
    for id in ["desk-lyon-1", "repairs-lyon-1", "director-lyon-1"] {
      #expect(till.ledger.balance(of: id, till.policy, at: till.now)?.left == till.room(id))
    }
    till.advance(by: 40 * Sample.day)
    #expect(till.ledger.claims > 0)
    #expect(till.ledger.waiting.isEmpty)
    #expect(till.ledger.accounts.values.allSatisfy { $0.held == 0 && $0.holds.isEmpty })
  }

  @Test func itFindsWhatIsPaidTwice() throws {
    let till = try till(.doubleSettle)
    till.ask("refund", 80)
    till.act(.settle, "case-1-r1")
    till.act(.settle, "case-1-r1")
    #expect(till.ledger.faults.contains { $0.contains("paid a second time") })
  }

  @Test func itFindsMoneyThatAReferralHolds() throws {
    let till = try till(.referralHoldsMoney)
    till.ask("refund", 250)
    #expect(till.ledger.faults == ["case-1-r1-d1: desk-lyon-1 shows 25000 held, 0 were booked"])
  }

  @Test func itFindsWhatIsApprovedBeyondTheLimit() throws {
    let till = try till(.roomWithoutHolds)
    for number in 1...10 { till.ask("refund", 100, on: "case-\(number)", by: number) }
    till.ask("refund", 100, by: "remo", on: "case-11")
    #expect(till.ledger.faults == ["case-11-r1-d1: desk-lyon-1 was approved beyond its limit"])
  }

  @Test func itFindsWhatWhoAskedApproved() throws {
    let till = try till(.approvalByTheRequester)
    till.ask("refund", 700, by: "sven")
    till.act(.approve, "case-1-r1", by: "sven")
    #expect(till.ledger.faults == ["case-1-r1-d2: approved by who asked"])
  }

  @Test func itFindsMoneyThatNobodyHoldsAnyMore() throws {
    let till = try till(.lapseWithoutRelease)
    till.ask("refund", 80)
    till.advance(by: 2 * Sample.day)
    #expect(till.ledger.accounts["desk-lyon-1"]?.holds == ["case-1-r1": 8_000])
    #expect(till.ledger.faults == ["case-1-r1-d2: desk-lyon-1 holds money for what is not approved"])
  }
}
