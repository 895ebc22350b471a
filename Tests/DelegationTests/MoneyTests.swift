// Owns the table of what is answered to every kind of amount: each a stated answer, never a trap.
import Events
import Testing

@testable import Policy

struct MoneyCase: Sendable, CustomTestStringConvertible {
  var minor: Int64
  var currency: String
  var answer: Delegation.Answer
  var code: String
  /// What is held in the budget's currency.
  var held: Int64 = 0
  var testDescription: String { "\(minor) \(currency): \(answer) \(code)" }
}

@Suite("Money")
struct MoneyTests {
  /// One budget and one grant of 100 euros, rates from some currencies.
  private func till(_ change: (inout Sample) -> Void = { _ in }) throws -> Till {
    var sample = try Sample()
    sample.delegation.budgets[0].limit = Sample.euros(100)
    sample.delegation.approvers = []
    sample.delegation.rates = [
      // 0.0061 EUR for a yen, 3 EUR for a dinar, 1.05 EUR for a franc.
      Sample.rate("JPY", "EUR", 6_100_000), Sample.rate("KWD", "EUR", 3_000_000_000),
      Sample.rate("CHF", "EUR", 1_050_000_000),
    ]
    change(&sample)
    return try Till(sample)
  }

  static let table: [MoneyCase] = [
    .init(minor: 1, currency: "EUR", answer: .approved, code: "granted", held: 1),
    .init(minor: 10_000, currency: "EUR", answer: .approved, code: "granted", held: 10_000),
    .init(minor: 10_001, currency: "EUR", answer: .declined, code: "grant-limit"),
    .init(minor: 0, currency: "EUR", answer: .declined, code: "amount"),
    .init(minor: -1, currency: "EUR", answer: .declined, code: "amount"),
    .init(minor: .min, currency: "EUR", answer: .declined, code: "amount"),
    .init(minor: .max, currency: "EUR", answer: .declined, code: "grant-limit"),
    // No minor unit: 1 yen is 0.61 cents, rounded up.
    .init(minor: 1, currency: "JPY", answer: .approved, code: "granted", held: 1),
    .init(minor: 1_000, currency: "JPY", answer: .approved, code: "granted", held: 610),
    .init(minor: 16_393, currency: "JPY", answer: .approved, code: "granted", held: 10_000),
    .init(minor: 16_394, currency: "JPY", answer: .declined, code: "grant-limit"),
    // Three digits: 1 fils is 0.3 cents, 33.333 dinars are 99.999 euros.
    .init(minor: 1, currency: "KWD", answer: .approved, code: "granted", held: 1),
    .init(minor: 33_333, currency: "KWD", answer: .approved, code: "granted", held: 10_000),
    .init(minor: 33_334, currency: "KWD", answer: .declined, code: "grant-limit"),
    .init(minor: 9_523, currency: "CHF", answer: .approved, code: "granted", held: 10_000),
    .init(minor: 9_524, currency: "CHF", answer: .declined, code: "grant-limit"),
    // More than 64 bits of cents.
    .init(minor: .max, currency: "CHF", answer: .declined, code: "amount-overflow"),
    .init(minor: .max, currency: "JPY", answer: .declined, code: "grant-limit"),
    .init(minor: 100, currency: "USD", answer: .declined, code: "no-rate"),
    .init(minor: 100, currency: "ABC", answer: .declined, code: "unknown-currency"),
    .init(minor: 100, currency: "", answer: .declined, code: "unknown-currency"),
  ]

  @Test(arguments: table) func everyAmountHasItsAnswer(_ money: MoneyCase) throws {
    let till = try till()
    let said = till.ask("refund", minor: money.minor, money.currency)
    #expect(said.answer == money.answer)
    #expect(said.code == money.code)
    #expect(till.account("desk-lyon-1").held == money.held)
  }

  @Test(arguments: table.filter { $0.answer == .approved })
  func whatWasHeldAtARateIsWhatIsPaidAndComesBack(_ money: MoneyCase) throws {
    let till = try till()
    let asked = till.ask("refund", minor: money.minor, money.currency)
    till.act(.settle, asked.claim, minor: money.minor, money.currency)
    #expect(till.account("desk-lyon-1").days.map(\.spent) == [money.held])
    till.act(.giveBack, asked.claim, minor: money.minor, money.currency)
    #expect(till.room("desk-lyon-1") == 10_000)
  }

  @Test func aPartIsRoundedUpAndPartsThatComeBackAddUp() throws {
    let till = try till()
    let asked = till.ask("refund", minor: 1_000, "CHF")
    #expect(till.account("desk-lyon-1").held == 1_050)
    till.act(.settle, asked.claim, minor: 333)
    // 10.50 × 333 / 1000 = 3.4965.
    #expect(till.account("desk-lyon-1").days.map(\.spent) == [350])
    for part: Int64 in [100, 1, 232] { till.act(.giveBack, asked.claim, minor: part) }
    #expect(till.account("desk-lyon-1").days.map(\.spent) == [0])
  }

  @Test func anActInAnotherCurrencyThanTheClaimIsRefused() throws {
    let till = try till()
    let asked = till.ask("refund", 50)
    #expect(till.act(.settle, asked.claim, minor: 5_000, "CHF").code == "currency")
    #expect(till.act(.settle, asked.claim, minor: -1).code == "amount")
    #expect(till.act(.settle, asked.claim, minor: .max).code == "over-held")
    till.act(.settle, asked.claim)
    #expect(till.act(.giveBack, asked.claim, minor: 1, "CHF").code == "currency")
    #expect(till.act(.giveBack, asked.claim, minor: .min).code == "amount")
    #expect(till.act(.giveBack, asked.claim, minor: .max).code == "over-spent")
  }

  @Test func mixedCurrenciesAreAddedUpAtTheRate() throws {
    let till = try till { $0.delegation.budgets[0].limit = Sample.euros(1_000) }
    till.ask("refund", minor: 5_000, "EUR")
    // No rate leads from euros to francs: what cannot be compared is not approved.
    #expect(till.ask("refund", minor: 5_000, "CHF").code == "no-rate")
    let other = try self.till { $0.delegation.budgets[0].limit = Sample.euros(1_000) }
    other.ask("refund", minor: 5_000, "CHF")
    let said = other.ask("refund", minor: 5_000, "EUR")
    #expect(said.code == "split")
    #expect(said.sum == 10_250)
  }

  @Test func theRateOfTheMomentCounts() throws {
    let till = try till {
      $0.delegation.rates.append(
        Sample.rate("CHF", "EUR", 2_000_000_000, since: Sample.monday + Sample.hour))
      $0.delegation.budgets[0].limit = Sample.euros(1_000)
    }
    till.ask("refund", minor: 1_000, "CHF")
    #expect(till.account("desk-lyon-1").held == 1_050)
    till.advance(by: Sample.hour)
    till.ask("refund", minor: 1_000, "CHF", by: "remo", on: "case-2")
    #expect(till.account("desk-lyon-1").held == 3_050)
  }

  @Test func sumsThatNoAccountCanCountAreRefused() throws {
    let till = try till {
      $0.delegation.actions[0].ceiling = nil
      $0.delegation.grants[0].upTo.minor = .max
      $0.delegation.budgets[0].limit.minor = .max
    }
    let most = Claim.largestAmount
    #expect(till.ask("refund", minor: most + 1).code == "amount-overflow")
    #expect(till.ask("refund", minor: most).answer == .approved)
    // By its sum, and by what the account holds.
    #expect(till.ask("refund", minor: 1).code == "amount-overflow")
    #expect(till.ask("refund", minor: 1, by: "remo", on: "case-2").code == "amount-overflow")
    till.advance(by: 2 * Sample.day)
    #expect(till.ask("refund", minor: most, on: "case-2").answer == .approved)
    #expect(till.act(.settle, "case-1-r2").code == "amount-overflow")
    #expect(till.act(.settle, "case-2-r2").answer == .settled)
  }

  @Test func amountsReadAsPeopleWriteThem() throws {
    let till = try till { $0.delegation.budgets[0].limit.minor = 6_050 }
    #expect(till.ask("refund", 80).text == "budget desk-lyon-1: 60.50 EUR left of 60.50 EUR")
    #expect(till.ask("refund", minor: 40_001, "KWD").text.hasPrefix("40.001 KWD is above the 100 EUR"))
    #expect(till.ask("refund", minor: 30_000, "JPY").text.hasPrefix("30000 JPY is above the 100 EUR"))
  }
}
