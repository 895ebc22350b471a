// Owns what is promised of explained claims: the answer is the engine's, and what is told of limits and approvers agrees with it.
import Events
import Policy
import Testing

@testable import Delegation

@Suite("Explanations")
struct ExplanationTests {
  private static func claim(_ seed: inout Seed, _ till: Till) -> Claim {
    var claim = Claim()
    claim.id = "record-1"
    claim.claim = "case-1-r1"
    claim.caseID = "case-1"
    claim.root = "site/lyon-1"
    claim.owner = "technique"
    claim.site = "lyon-1"
    claim.subjectKey = "subject-1"
    let action = seed.one(of: ["refund", "repair", "voucher", "nothing"]) ?? "refund"
    claim.action = till.keep(action)
    claim.budgets = (Till.pots[action] ?? []).map(till.keep)
    claim.amount = Int64(seed.below(seed.once(in: 3) ? 600_000 : 20_000)) - (seed.once(in: 30) ? 20_000 : 0)
    claim.currency = till.keep(seed.one(of: ["EUR", "EUR", "CHF", "JPY", "USD", "XXX"]) ?? "EUR")
    claim.actor.id = till.keep(seed.one(of: Sample.directory.map(\.id) + ["nobody"]) ?? "rita")
    claim.evidence = seed.once(in: 4) ? [] : ["photo"]
    claim.occurredAt = till.now
    claim.at = till.now
    return claim
  }

  @Test(arguments: UInt64(1)...20) func anExplanationAnswersWhatTheEngineAnswers(_ number: UInt64) throws {
    var seed = Seed(number)
    for _ in 0..<30 {
      var sample = try RandomLife.sample(&seed)
      RandomLife.absences(&sample, &seed)
      let till = try Till(sample)
      till.oversleep(by: Int64(seed.below(200)) * Sample.hour)
      let claim = Self.claim(&seed, till)
      var explainer = ClaimExplainer(till.policy)
      let told = explainer.explain(claim, at: till.now, ClaimHistory())
      let said = till.hear(claim)
      #expect(told.answer.answer == said.answer.wire.string)
      #expect(told.answer.text == said.text)
      #expect(told.answer.standsInFor == said.requesterFor)
      #expect(told.answer.failed.map(\.code) == said.failed)
      #expect(told.answer.passes.map(\.amount) == said.passes.map(\.amount))
      #expect(told.answer.canSayYes.map(\.role) == said.canSayYes.map(\.role))
      if said.answer == .approved {
        #expect(told.missing.isEmpty && told.limits.allSatisfy { $0.holds } && told.grantAt == said.grant)
        #expect(told.pots.map(\.id) == said.budgets.map(\.id))
      }
      if said.answer == .referred {
        #expect(told.approvers.filter(\.canSayYes).map(\.role) == said.canSayYes.map(\.role))
      }
    }
  }

  @Test func whatWasBookedAndAskedForBeforeCounts() throws {
    let till = try Till()
    var seed = Seed(1)
    var claim = Self.claim(&seed, till)
    claim.action = "refund"
    claim.budgets = ["desk-lyon-1"]
    claim.amount = 6_000
    claim.currency = "EUR"
    claim.actor.id = "rita"
    claim.claim = "case-1-r2"
    let first = till.ask("refund", 70)
    var explainer = ClaimExplainer(till.policy)
    #expect(explainer.explain(claim, at: till.now, ClaimHistory()).answer.answer == "approved")
    let asked = ClaimHistory.Asked(
      claim: first.claim, person: "rita", caseID: "case-1", owner: "technique", action: "refund",
      amount: 7_000, currency: "EUR", at: first.at)
    let told = explainer.explain(claim, at: till.now, ClaimHistory(ledger: till.ledger, asked: [asked]))
    #expect(told.answer.failed.map(\.code) == ["split"])
    #expect(told.limits.first { $0.kind == .split }?.before == 7_000)
    #expect(told.pots.map(\.left) == [93_000])
    let said = till.hear(claim)
    #expect(said.answer == .referred && said.text == told.answer.text)
  }
}
