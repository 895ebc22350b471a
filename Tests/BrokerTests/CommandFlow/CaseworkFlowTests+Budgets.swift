// Owns what is seen of money after the sample week: budgets read from the answers alone, and a booking that is forged.
import BrokerSupport
import FaultKit
import Foundation
import Testing

extension CaseworkFlowTests {
  /// The clerk in Paris paid 18.40 EUR back, the one in Lyon 164 EUR, of which 44 EUR returned.
  func lookAtTheRefunds(_ deployment: FlowDeployment) throws {
    let shown = try deployment.answerable("budget", "refunds-billing", "--json")
    #expect(shown.status == 0 && shown.err.isEmpty, "\(shown.story)")
    let now = try #require(try Self.objects(shown).first, "\(shown.story)")
    #expect(now["spent"] as? Int == 13_840 && now["held"] as? Int == 0, "\(shown.story)")
    #expect(now["left"] as? Int == 400_000 - 13_840)
    #expect(Self.sum(now, of: "spent") == 13_840 && Self.sum(now, of: "held") == 0)

    // As it stood when the clerk's refund was approved and not paid yet.
    let refund = "c-5550d93ef428c2c1e4353be3621d92ba-1-r1"
    let approved = try #require(
      try deployment.read("delegations").compactMap(\.json).first {
        $0["claim"] as? String == refund && $0["answer"] as? String == "approved"
      })
    let at = try #require(approved["at"] as? String)
    let earlier = try deployment.answerable("budget", "refunds-billing", "--at", at, "--json")
    let then = try #require(try Self.objects(earlier).first, "\(earlier.story)")
    let holds = then["holds"] as? [[String: Any]] ?? []
    #expect(
      holds.contains { $0["claim"] as? String == refund && $0["amount"] as? Int == 1_840 }, "\(earlier.story)"
    )
    #expect(then["spent"] as? Int == 0 && then["held"] as? Int == Self.sum(then, of: "held"))

    let text = try deployment.answerable("budget", "--root", "team/billing")
    #expect(text.status == 0 && text.out.contains("3861.60 EUR left of 4000 EUR"), "\(text.story)")
    let site = try deployment.answerable("budget", "--root", "site/lyon-2", "--json")
    #expect(
      try Self.objects(site).compactMap { $0["budget"] as? String }
        == ["goodwill-lyon-2", "repairs-lyon-2", "reserve-lyon-2"], "\(site.story)")

    let mistyped = try deployment.answerable("budget", "refund-billing")
    #expect(mistyped.status == 64 && mistyped.err.contains("refunds-billing"), "\(mistyped.story)")
    let nowhere = try deployment.answerable("budget", "--root", "team/biling")
    #expect(nowhere.status == 1 && nowhere.err.contains("team/billing"), "\(nowhere.story)")
  }

  /// Somebody pays a refund twice behind the workers' back.
  func forgeABooking(_ deployment: FlowDeployment, _ answers: [StockRecord]) throws {
    var paid = try #require(
      answers.first { $0.header("answer") == "settled" && $0.json?["root"] as? String == "team/billing" })
    paid.topic = "delegations"
    _ = try deployment.produce([paid])
    let told = try deployment.answerable("budget", "refunds-billing")
    #expect(
      told.status == 1 && told.err.contains("does not balance") && told.err.contains("paid a second time"),
      "\(told.story)")
  }

  private static func objects(_ tool: Tool) throws -> [[String: Any]] {
    try tool.lines.compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
  }

  /// What the movements of a statement leave in an account.
  private static func sum(_ statement: [String: Any], of account: String) -> Int {
    (statement["movements"] as? [[String: Any]] ?? []).reduce(0) { sum, movement in
      let amount = movement["amount"] as? Int ?? 0
      return sum + (movement["to"] as? String == account ? amount : 0)
        - (movement["from"] as? String == account ? amount : 0)
    }
  }
}
