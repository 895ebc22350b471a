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
}
