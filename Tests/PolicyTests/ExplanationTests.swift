// Owns the guarantees about explanations: they say what was decided, and why each other rule did not win.
import Events
import Testing

@testable import Policy

@Suite struct ExplanationTests {
  /// Decides with the index of the hot path, explains without it: two ways to one answer.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func anExplanationSaysWhatWasDecided(seed: UInt64) throws {
    let document = RandomPolicy.make(seed: seed)
    let evaluator = PolicyEvaluator(CompiledPolicy(document))
    let texts = Texts()
    defer { withExtendedLifetime(texts) {} }
    var random = SeededGenerator(seed: seed)
    for _ in 0..<80 {
      let plain = RandomEvent.make(&random)
      let (event, text) = (plain.event(texts), texts.slice(plain.text))
      let outcome = evaluator.outcome(event, text: text)
      let explanation = try #require(evaluator.explain(event, text: text))
      #expect(explanation.owner == outcome.owner)
      #expect(explanation.worker ?? "" == outcome.worker)
      #expect(explanation.winner.path == outcome.rule)
      #expect(explanation.matchedToo.prefix(8).map(\.rule.path) == outcome.alsoMatched)
      #expect(explanation.witness.team ?? "" == outcome.witness)
      #expect(explanation.score == outcome.score)
      #expect(explanation.priority == outcome.priority.wire.string)
      #expect(
        explanation.contributions.filter { $0.points != 0 }.map { "\($0.name) \($0.points) (\($0.because))" }
          == outcome.contributions)
      #expect(explanation.contributions.count == document.scoring.points.count + 1)
      #expect(explanation.contributions.allSatisfy { !$0.because.isEmpty })
    }
  }

  @Test func aNearMissNamesTheOneClauseThatFailedAndWhatTheEventHas() throws {
    let explanation = try explained(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "geneva-1"
      })
    #expect(explanation.owner == "billing")
    #expect(
      explanation.nearMisses.map { "\($0.rule.path): asks \($0.asks), \($0.has)" } == [
        "ownership.rules[0].rules[0]: asks site: lyon-1, site is geneva-1"
      ])
  }

  @Test func aRuleBehindTheWinnerIsNoNearMiss() throws {
    let explanation = try explained(
      .feedback {
        $0.touchpoint = "invoice"
        $0.channel = "email"
      })
    #expect(explanation.nearMisses.map(\.rule.path) == ["ownership.rules[0].rules[0]"])
  }

  @Test func aLoserNamesTheRuleThatStandsBeforeIt() throws {
    let explanation = try explained(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "lyon-1"
        $0.labels = ["vip"]
      })
    #expect(explanation.chain.map(\.path) == ["ownership.rules[0]", "ownership.rules[0].rules[0]"])
    #expect(explanation.chain.map(\.when) == ["touchpoint: invoice", "site: lyon-1"])
    #expect(explanation.because == "touchpoint invoice, site lyon-1")
    #expect(
      explanation.matchedToo.map { "\($0.rule.path): \($0.because)" } == [
        "ownership.rules[0]: ownership.yaml:6 refines it",
        "ownership.rules[1]: ownership.yaml:3 stands before it",
      ])
    #expect(explanation.accountable == "billing-lyon-lead")
  }

  @Test func whatNoRuleTakesIsExplainedByThePlaceOfLastResort() throws {
    let explanation = try explained(.incident())
    #expect(explanation.winner.path == "ownership.unrouted")
    #expect(explanation.chain.count == 1)
    #expect(explanation.because == "")
  }

  @Test func aContributionOfNoPointsSaysWhatWasMissing() throws {
    let evaluator = try Sample(
      scoring: """
        scoring:
          base: 20
          points:
            - { name: NPS, from: rating.nps, map: { 0: 36, 6: 6, 8: 0 } }
            - { name: VIP, when: { subject.segment: vip }, add: 14 }
            - { name: severe, from: severity, map: { high: 30 } }
            - { name: money, when: { subject.value: "100000.." }, add: 5 }
            - { name: not by phone, when: { not: [ { channel: phone } ] }, add: 5 }
        """
    ).evaluator()
    let event = Event.feedback {
      $0.rating = Rating(kind: .nps, value: 8000, scale: 10_000)
      $0.subject.segment = "premium"
      $0.subject.value = 77
      $0.channel = "phone"
    }
    let explanation = try #require(evaluator.explain(event, text: ByteSlice()))
    #expect(
      explanation.contributions.map { "\($0.name): \($0.points), \($0.because)" } == [
        "base: 20, scoring.base",
        "NPS: 0, rating.nps is 8: 0 points",
        "VIP: 0, subject.segment is premium",
        "severe: 0, feedback has no severity",
        "money: 0, subject.value is another",
        "not by phone: 0, not (channel: phone) does not hold",
      ])
  }

  @Test func theWitnessSaysWhereItsTeamComesFrom() throws {
    let site = try explained(.feedback { $0.site = "lyon-1" })
    #expect(site.witness == .init(team: "front-desk", because: "felt at lyon-1"))
    let unknown = try explained(.feedback { $0.site = "atlantis" })
    #expect(unknown.witness == .init(team: nil, because: "the event names no site that the policy knows"))
    let without = try explained(.feedback { $0.site = "geneva-1" })
    #expect(without.witness == .init(team: nil, because: "site geneva-1 names no witness"))
  }

  @Test func anActOnACaseHasNoExplanationOfItsOwn() throws {
    let evaluator = try Sample().evaluator()
    #expect(evaluator.explain(Event(body: .caseUpdate(CaseUpdate())), text: ByteSlice()) == nil)
    #expect(evaluator.explain(Event(body: .remedy(Remedy())), text: ByteSlice()) == nil)
  }

  private func explained(_ event: Event) throws -> Explanation {
    let evaluator = try Sample(
      ownership: """
        ownership:
          rules:
            - when: { touchpoint: invoice }
              owner: billing
              rules:
                - { when: { site: lyon-1 }, owner: billing-lyon }
            - { when: { labels: vip }, owner: front-desk }
            - { when: { channel: email, site: lyon-1 }, owner: care }
          unrouted: { owner: care }
        """
    ).evaluator()
    return try #require(evaluator.explain(event, text: ByteSlice()))
  }
}
