// Owns the guarantee that a proof says what trying every event says.
import Events
import Testing

@testable import Policy

@Suite struct ProofPropertyTests {
  /// What trying every event of a small world says about its rules.
  private struct Tried {
    /// By rule: numbers of the events that it matches, and of those that it wins.
    var matches: [Set<Int>]
    var wins: [Set<Int>]
    var unrouted: [EventKind: Bool] = [:]

    init(_ world: ProofWorld, _ policy: CompiledPolicy) {
      let evaluator = PolicyEvaluator(policy)
      let numbers = Dictionary(
        uniqueKeysWithValues: policy.flatRules.enumerated().map { ($1.path, $0) })
      var matches = [Set<Int>](repeating: [], count: policy.flatRules.count)
      var wins = matches
      var unrouted: [EventKind: Bool] = [:]
      var verdict = Verdict()
      var event = 0
      world.forEachEvent { tried in
        evaluator.decide(tried, text: tried.readText, into: &verdict)
        if let winner = numbers[verdict.rule.string] { wins[winner].insert(event) }
        if verdict.rule == "ownership.unrouted" { unrouted[tried.kind] = true }
        for rule in matches.indices
        where policy.conditions.holds(policy.rules[Int32(clamping: rule)].condition, evaluator.facts) {
          matches[rule].insert(event)
        }
        event += 1
      }
      self.matches = matches
      self.wins = wins
      self.unrouted = unrouted
    }
  }

  @Test(arguments: 0..<40)
  func aProofFindsExactlyTheRulesThatNoEventReaches(_ group: UInt64) throws {
    for seed in group * 25..<(group + 1) * 25 {
      var world = ProofWorld(seed: seed)
      let policy = CompiledPolicy(try world.document())
      let tried = Tried(world, policy)
      let standings = Standings(RuleTree(flat: policy), sites: policy.document.sites, Budget(rules: 100))
      for rule in standings.tree.numbers { check(rule, standings, tried, seed) }
      for proof in standings.proofs {
        var isUnrouted = false
        if case .found = proof.unrouted() { isUnrouted = true }
        #expect(isUnrouted == (tried.unrouted[proof.universe.kind] ?? false), "seed \(seed)")
      }
    }
  }

  private func check(_ rule: Int32, _ standings: Standings, _ tried: Tried, _ seed: UInt64) {
    let number = Int(rule)
    let name = "seed \(seed), \(standings.tree.rules[number].place.path)"
    let within = standings.tree.numbers.filter { standings.tree.isWithin($0, rule) }
    let reached = within.contains { !tried.wins[Int($0)].isEmpty }
    switch standings.standings[number] {
    case .decides: #expect(!tried.wins[number].isEmpty, "\(name) decides")
    case .refined(let takers):
      #expect(tried.wins[number].isEmpty && reached, "\(name) is refined")
      check(takers, of: rule, standings, tried, name)
    case .shadowed(let takers, let isWhole):
      #expect(!tried.matches[number].isEmpty && !reached, "\(name) is shadowed")
      #expect(isWhole, "\(name)")
      check(takers, of: rule, standings, tried, name)
    case .unmatched: #expect(tried.matches[number].isEmpty, "\(name) matches nothing")
    case .inside: #expect(!reached, "\(name) is inside")
    case .undecided: Issue.record("\(name) is undecided")
    }
  }

  /// They match everything that the rule matches, none of them can be missed, and each takes some of it.
  private func check(
    _ takers: [Taker], of rule: Int32, _ standings: Standings, _ tried: Tried, _ name: String
  ) {
    let asked = tried.matches[Int(rule)]
    #expect(takers.reduce(asked) { $0.subtracting(tried.matches[Int($1.rule)]) }.isEmpty, "\(name): covered")
    for taker in takers {
      let others = takers.filter { $0.rule != taker.rule }
      let left = others.reduce(asked) { $0.subtracting(tried.matches[Int($1.rule)]) }
      #expect(!left.isEmpty, "\(name): \(taker.rule) is needed")
      let within = standings.tree.numbers.filter { standings.tree.isWithin($0, taker.rule) }
      #expect(
        within.contains { !tried.wins[Int($0)].isDisjoint(with: asked) }, "\(name): \(taker.rule) takes some")
    }
  }
}

extension Event {
  /// The text that words are looked for in, as INTAKE takes it.
  fileprivate var readText: ByteSlice {
    switch body {
    case .feedback(let feedback): feedback.text
    case .incident(let incident): incident.text.isEmpty ? incident.title : incident.text
    case .caseUpdate, .remedy: ByteSlice()
    }
  }
}

extension RuleTree {
  /// The rules of a policy that has no files.
  init(flat policy: CompiledPolicy) {
    self.init(
      policy.flatRules.map { rule in
        ProofRule(
          place: Place(file: rule.at.file, line: rule.at.line, path: rule.path), team: rule.owner,
          parent: rule.parent, whole: rule.condition, own: rule.own, table: nil)
      })
  }
}
