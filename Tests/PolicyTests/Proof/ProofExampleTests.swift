// Owns the guarantee that every example is an event that the evaluator confirms, and that none of its fields is idle.
import Events
import Testing

@testable import Policy

@Suite struct ProofExampleTests {
  @Test(arguments: 0..<20)
  func everyRuleThatCanWinHasAnEventThatItWins(_ group: UInt64) throws {
    for seed in group * 25..<(group + 1) * 25 {
      var world = ProofWorld(seed: seed)
      let document = try world.document()
      let policy = CompiledPolicy(document)
      let witnessing = Witnessing(document)
      let standings = Standings(RuleTree(flat: policy), sites: document.sites, Budget(rules: 100))
      for proof in standings.proofs {
        for rule in standings.tree.numbers {
          guard case .decides(let region) = proof.standing(of: rule) else { continue }
          let path = policy.flatRules[Int(rule)].path
          let example = witnessing.smallest(region, proof.universe) { $0.rule == path }
          #expect(example != nil, "seed \(seed), \(path)")
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func everyTakerHasAnEventThatItTakes(_ group: UInt64) throws {
    for seed in group * 25..<(group + 1) * 25 {
      var world = ProofWorld(seed: seed)
      let document = try world.document()
      let policy = CompiledPolicy(document)
      let witnessing = Witnessing(document)
      let standings = Standings(RuleTree(flat: policy), sites: document.sites, Budget(rules: 100))
      for (rule, standing) in standings.standings.enumerated() {
        let takers: [Taker] =
          switch standing {
          case .refined(let takers), .shadowed(let takers, _): takers
          default: []
          }
        for taker in takers {
          let path = policy.flatRules[Int(taker.rule)].path
          let universe = standings.proof(of: taker.kind).universe
          let example = witnessing.smallest(taker.event, universe) { answer in
            answer.matches(Int32(rule)) && (answer.rule == path || answer.rule.hasPrefix(path + "."))
          }
          #expect(example != nil, "seed \(seed), rule \(rule) and \(path)")
        }
      }
    }
  }

  @Test func anExampleCarriesOnlyWhatItNeeds() throws {
    let check = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { touchpoint: invoice }, owner: billing }
            - { when: { site: [lyon-1, geneva-1], touchpoint: [invoice], rating.nps: 0..6 }, owner: care }
          unrouted: { owner: care }
        """
    ).check
    #expect(
      check.findings.flatMap(\.examples) == [
        FindingExample(
          event: """
            {"kind":"feedback","touchpoint":"invoice","site":"lyon-1","rating":{"kind":"nps","value":0}}
            """,
          rule: "ownership.rules[0]", owner: "billing")
      ])
  }

  @Test func anExampleNamesAJourneyThatIsNotItsTouchpointsOwn() throws {
    let check = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { journey: stay }, owner: front-desk }
            - { when: { touchpoint: room }, owner: technique }
            - { when: { touchpoint: room, site: lyon-1 }, owner: care }
          unrouted: { owner: care }
        """
    ).check
    #expect(
      check.findings.flatMap(\.examples).map(\.event) == [
        #"{"kind":"feedback","journey":"other","touchpoint":"room","site":"lyon-1"}"#
      ])
  }

  @Test func anExamplesTextHasTheWordsThatAreAskedAndNoOthers() throws {
    let check = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { words: [leaking, "no leak"] }, owner: front-desk }
            - { when: { words: [leak*] }, owner: technique }
            - { when: { words: [leak*], touchpoint: room }, owner: care }
          unrouted: { owner: care }
        """
    ).check
    #expect(
      check.findings.flatMap(\.examples).map(\.event) == [
        #"{"kind":"feedback","touchpoint":"room","text":"leak"}"#
      ])
  }

  @Test func aWitnessRuleThatCanNeverWinIsShownAnEventThatItMatches() throws {
    let check = Sample(
      ownership: Sample.ownership + """

        witness:
          rules:
            - { when: { channel: phone }, team: care }
            - { when: { channel: phone, site.kind: hotel }, team: front-desk }
        """
    ).check
    #expect(check.findings.map(\.path) == ["witness.rules[1]"])
    #expect(
      check.findings.flatMap(\.examples).map(\.event) == [
        #"{"kind":"feedback","channel":"phone","site":"lyon-1"}"#
      ])
  }

  /// The wire contract's own bounds, and what one attribute says of another.
  @Test(
    arguments: [
      // One rating an event, whole amounts, one site with its own country, tags by their beginnings.
      "{ rating.stars: 1..2, rating.nps: 0..6 }", "{ subject.value: 10.2..10.8 }",
      "{ site: lyon-1, site.country: CH }",
      "{ language: fr-CH, not: { language: fr } }", "{ rating.nps: 0..6, not: { rating.nps: ..6 } }",
      // A text with this word has the other too; every feedback has a respondent, every incident a severity.
      "{ words: leaking, not: { words: leak* } }",
      "{ kind: feedback, not: { respondent: [customer, employee, partner] } }",
      "{ kind: incident, not: [ { severity: [low, medium] }, { severity: [high, critical] } ] }",
    ])
  func whatNoEventCanBeIsFound(_ condition: String) {
    let check = Sample(
      ownership:
        "ownership:\n  rules:\n    - { when: \(condition), owner: billing }\n  unrouted: { owner: care }"
    ).check
    #expect(check.errors.map { $0.message.hasPrefix("can never match: ") } == [true], "\(check.findings)")
  }

  @Test(
    arguments: [
      "{ touchpoint: room, not: { journey: stay } }", "{ rating.nps: 6.5..6.9 }",
      "{ language: fr, not: { language: fr-CH } }",
      "{ words: leak*, not: { words: [leak, leaking] } }",
      "{ words: heating, not: { words: \"no heating\" } }",
      "{ words: [no], not: { words: \"no heating\" } }", "{ site.country: CH, not: { site: lyon-1 } }",
      "{ not: { source: example } }", "{ kind: incident, not: { service: example } }",
      "{ not: { subject.kind: customer }, kind: feedback }", "{ labels: a, not: { labels: [b, c] } }",
      "{ kind: incident, subject.segment: vip, not: { subject.kind: customer } }",
    ])
  func whatAnEventCanBeIsShown(_ condition: String) throws {
    let check = Sample(
      ownership:
        "ownership:\n  rules:\n    - { when: \(condition), owner: billing }\n    - { when: \(condition), owner: care }\n"
        + "  unrouted: { owner: care }"
    ).check
    #expect(check.errors.map(\.path) == ["ownership.rules[1]"])
    #expect(check.errors.flatMap(\.examples).map(\.rule) == ["ownership.rules[0]"])
  }
}
