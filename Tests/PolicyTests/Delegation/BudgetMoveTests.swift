// Owns what is promised about a budget from one policy to the next: its root, its currency and its pots stay.
import Testing

@testable import Policy

@Suite struct BudgetMoveTests {
  private static func policy(_ budget: String) throws -> (document: PolicyDocument, files: [SourceFile]) {
    var sample = DelegationSample()
    sample.budgets = """
      {
        repairs-lyon-1: \(budget),
        repairs-geneva-1: { root: site geneva-1, amount: 600 CHF, window: month }
      }
      """
    let check = sample.check
    return (try #require(check.document, "\(check.findings)"), check.files)
  }

  private static let published = "{ root: site lyon-1, amount: 600 EUR, window: 7 days }"

  private static func said(_ next: String, since earlier: [PolicyDocument]) throws -> [String] {
    let (document, files) = try policy(next)
    return document.contradictions(of: earlier, files: files).map(\.description)
  }

  @Test func aBudgetThatMovesIsRefusedWithItsPlace() throws {
    let earlier = try Self.policy(Self.published).document
    // Alone, the move is sound: only what it follows forbids it.
    var sample = DelegationSample()
    sample.actions = "{ repair: { from: repairs-lyon-1 } }"
    sample.budgets = "{ repairs-lyon-1: { root: site geneva-1, amount: 600 EUR, window: 7 days } }"
    let check = sample.check
    let document = try #require(check.document, "\(check.findings)")
    #expect(
      document.contradictions(of: [earlier], files: check.files).map(\.description) == [
        "delegation.yaml:2:12: delegation.budgets.repairs-lyon-1: had root site/lyon-1 when it was published, and what "
          + "it has paid is counted there: give the budget with root site/geneva-1 a new id, or publish this one as it "
          + "was"
      ])
  }

  @Test func aBudgetKeepsItsCurrencyAndWhosePotItIs() throws {
    let earlier = try Self.policy(Self.published).document
    let currency = try Self.said("{ root: site lyon-1, amount: 600 CHF, window: 7 days }", since: [earlier])
    #expect(currency.count == 1 && currency[0].contains("had amounts in EUR when it was published"))
    let pots = try Self.said(
      "{ root: site lyon-1, amount: 600 EUR, window: 7 days, per: person }", since: [earlier])
    #expect(pots.count == 1 && pots[0].contains("had one pot when it was published"))
  }

  @Test func whatABudgetMayChangeIsNotRefused() throws {
    let earlier = try Self.policy(Self.published).document
    #expect(
      try Self.said(
        "{ root: site lyon-1, amount: 900 EUR, window: month, overdraft: 50 EUR, zone: UTC }",
        since: [earlier]) == [])
    #expect(try Self.said(Self.published, since: []) == [])
  }

  @Test func aBudgetThatWasLeftOutInBetweenComesBackAsItWas() throws {
    let first = try Self.policy(Self.published).document
    var second = first
    second.delegation = nil
    let said = try Self.said(
      "{ root: site lyon-1, amount: 600 EUR, window: 7 days, per: cause }", since: [first, second])
    #expect(said.count == 1)
    #expect(try Self.said(Self.published, since: [first, second]) == [])
  }
}
