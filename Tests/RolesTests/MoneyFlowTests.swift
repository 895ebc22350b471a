// Owns the table of what is answered to every kind of amount, from the event at the door to the answer: never a trap.
import Events
import Policy
import Roles
import Testing

struct MoneyFlow: Sendable, CustomTestStringConvertible {
  enum Amount: Sendable {
    case whole(Int64), broken(Double), text(String)
  }
  var amount: Amount
  var currency: String
  /// `answer code`, or `dead-letter code field`.
  var answer: String
  /// Of the budget, in cents; 0 for nothing.
  var held = 0
  var testDescription: String { "\(amount) \(currency): \(answer)" }
}

@Suite("Money, all roles together")
struct MoneyFlowTests {
  static let table: [MoneyFlow] = [
    // A technician gives up to 250 EUR out of a budget of 600.
    .init(amount: .whole(1), currency: "EUR", answer: "approved granted", held: 1),
    .init(amount: .whole(25_000), currency: "EUR", answer: "approved granted", held: 25_000),
    .init(amount: .whole(25_001), currency: "EUR", answer: "referred grant-limit"),
    .init(amount: .whole(0), currency: "EUR", answer: "dead-letter out-of-range amount.minor"),
    .init(amount: .whole(-1), currency: "EUR", answer: "dead-letter out-of-range amount.minor"),
    .init(amount: .whole(.min), currency: "EUR", answer: "dead-letter out-of-range amount.minor"),
    .init(amount: .whole(.max), currency: "EUR", answer: "dead-letter out-of-range amount.minor"),
    .init(
      amount: .whole(Claim.largestAmount + 1), currency: "EUR",
      answer: "dead-letter out-of-range amount.minor"),
    .init(amount: .broken(12.5), currency: "EUR", answer: "dead-letter out-of-range amount.minor"),
    .init(amount: .text("12"), currency: "EUR", answer: "dead-letter wrong-type amount.minor"),
    .init(amount: .whole(100), currency: "eur", answer: "dead-letter unknown-value amount.currency"),
    .init(amount: .whole(100), currency: "EURO", answer: "dead-letter unknown-value amount.currency"),
    .init(amount: .whole(100), currency: "", answer: "dead-letter missing-field amount.currency"),
    .init(amount: .whole(100), currency: "ABC", answer: "declined unknown-currency"),
    .init(amount: .whole(100), currency: "USD", answer: "declined no-rate"),
    .init(amount: .whole(Claim.largestAmount), currency: "EUR", answer: "declined grant-limit"),
    // More than 64 bits of cents, at 3,000 EUR for a unit without decimals.
    .init(amount: .whole(Claim.largestAmount), currency: "KRW", answer: "declined amount-overflow"),
    // 1.0432 EUR, 0.0061 EUR and 3 EUR, rounded up to the cent.
    .init(amount: .whole(1), currency: "CHF", answer: "approved granted", held: 2),
    .init(amount: .whole(23_964), currency: "CHF", answer: "approved granted", held: 25_000),
    .init(amount: .whole(23_965), currency: "CHF", answer: "referred grant-limit"),
    .init(amount: .whole(1), currency: "JPY", answer: "approved granted", held: 1),
    .init(amount: .whole(40_983), currency: "JPY", answer: "approved granted", held: 25_000),
    .init(amount: .whole(40_984), currency: "JPY", answer: "referred grant-limit"),
    .init(amount: .whole(1), currency: "KWD", answer: "approved granted", held: 1),
    .init(amount: .whole(83_333), currency: "KWD", answer: "approved granted", held: 25_000),
    .init(amount: .whole(83_334), currency: "KWD", answer: "referred grant-limit"),
  ]

  private func stage() throws -> CaseworkStage {
    try CaseworkStage { document in
      guard var rate = document.delegation?.rates.first else { return }
      rate.since = 0
      for (currency, billionths) in [
        ("JPY", 6_100_000), ("KWD", 3_000_000_000), ("KRW", 3_000_000_000_000),
      ] as [(String, Int64)] {
        (rate.from, rate.to, rate.billionths) = (currency, "EUR", billionths)
        document.delegation?.rates.append(rate)
      }
    }
  }

  private func ask(_ money: MoneyFlow, _ id: String, _ caseID: String, _ stage: CaseworkStage) throws {
    let minor: Any =
      switch money.amount {
      case .whole(let number): number
      case .broken(let number): number
      case .text(let text): text
      }
    try stage.remedy(
      id, "engage-repair", 0,
      for: ["case": caseID, "amount": ["minor": minor, "currency": money.currency] as [String: Any]],
      by: "technician-4", role: "technician", minutes: 5)
  }

  @Test(arguments: table) func everyAmountHasItsAnswer(_ money: MoneyFlow) throws {
    let stage = try stage()
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
    try ask(money, "rem-1", caseID, stage)
    let letters = stage.theatre.log.records(Topic.deadLetters.rawValue).map { letter in
      "dead-letter \(letter.header("reason") ?? "-") \(letter.header("reason-field") ?? "-")"
    }
    #expect(try stage.answers() + letters == [money.answer])
    let record = try stage.records(.delegations).last
    let movements = record?["movements"] as? [[String: Any]] ?? []
    #expect(movements.compactMap { $0["minor"] as? Int } == (money.held > 0 ? [money.held] : []))
  }

  @Test func remediesOfSeveralCurrenciesAreJudgedByTheirSumAtTheRates() throws {
    let stage = try stage()
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
    try ask(.init(amount: .whole(15_000), currency: "CHF", answer: ""), "rem-1", caseID, stage)
    try ask(.init(amount: .whole(10_000), currency: "EUR", answer: ""), "rem-2", caseID, stage)
    #expect(try stage.answers() == ["approved granted", "referred split"])
    // 156.48 EUR and 100.
    #expect(try stage.records(.delegations).last?["sum"] as? Int == 25_648)
  }
}
