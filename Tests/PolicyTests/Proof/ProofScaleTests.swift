// Owns the guarantees about large policies and about hard ones: proven whole, or said to be undecided.
import Testing

@testable import Policy

@Suite struct ProofScaleTests {
  /// 1,996 rules for 500 teams in five shapes, and four without effect in known places.
  private func largePolicy() -> Sample {
    var random = SeededGenerator(seed: 11)
    func one(_ name: String, of count: Int) -> String {
      "\(name)-\(Int.random(in: 0..<count, using: &random))"
    }
    var rules: [String] = []
    var seen: Set<String> = []
    while rules.count < 1996 {
      let condition =
        switch rules.count % 5 {
        case 0: "touchpoint: \(one("touchpoint", of: 100)), site: \(one("site", of: 80))"
        case 1: "service: \(one("service", of: 400)), site: \(one("site", of: 80))"
        case 2: "labels: \(one("label", of: 800)), site: \(one("site", of: 80))"
        case 3: "words: [\(one("word", of: 900))x*], channel: \(one("channel", of: 40))"
        default: "touchpoint: \(one("touchpoint", of: 100)), subject.segment: \(one("segment", of: 60))"
        }
      guard seen.insert(condition).inserted else { continue }
      rules.append("{ when: { \(condition) }, owner: \(one("team", of: 500)) }")
    }
    let first = rules[0]
    rules += [
      // The same as the first rule.
      first,
      // Within the first rule.
      first.replacing("when: { ", with: "when: { rating.nps: 0..3, "),
      "{ when: { kind: incident, severity: [low, medium, high, critical] }, owner: team-1 }",
      "{ when: { kind: incident, status: resolved }, owner: team-2 }",
    ]
    let teams = (0..<500).map { "  team-\($0): { accountable: lead-\($0) }" }
    let sites = (0..<80).map { "  site-\($0): { kind: hotel, country: FR }" }
    let touchpoints = (0..<100).map { "      touchpoint-\($0): {}" }
    return Sample(
      ownership: "ownership:\n  rules:\n"
        + rules.map { "    - \($0)\n" }.joined() + "  unrouted: { owner: team-0 }",
      [
        "teams.yaml": "teams:\n" + teams.joined(separator: "\n"),
        "sites.yaml": "sites:\n" + sites.joined(separator: "\n"),
        "journeys.yaml": "journeys:\n  stay:\n    touchpoints:\n" + touchpoints.joined(separator: "\n"),
      ])
  }

  @Test func twoThousandRulesForFiveHundredTeamsAreProven() throws {
    let check = largePolicy().check
    let proof = try #require(check.proof)
    #expect(proof.rules == 2000)
    #expect(proof.teams == 500)
    #expect(proof.undecided == 0)
    let shadowed = check.errors.filter { $0.message.hasPrefix("can never win") }.map(\.path)
    #expect(
      shadowed == ["ownership.rules[1996]", "ownership.rules[1997]", "ownership.rules[1999]"])
    #expect(check.errors.count == shadowed.count)
    #expect(check.errors.allSatisfy { !$0.examples.isEmpty })
  }

  /// Rules over 20 labels that are hard together, as random instances of 3-SAT at their hardest are.
  private func hardRules() -> RuleTree {
    var random = SeededGenerator(seed: 3)
    let rules = (0..<86).map { number in
      let labels = (0..<20).shuffled(using: &random).prefix(3)
      let parts = labels.map { label -> Condition in
        let has = Condition([Condition.Clause(.labels, values: ["label-\(label)"])])
        return Bool.random(using: &random) ? has : Condition([], except: [has])
      }
      return rule(number, Condition([], except: parts))
    }
    return RuleTree(rules + [rule(86, Condition())])
  }

  private func rule(_ number: Int, _ condition: Condition) -> ProofRule {
    ProofRule(
      place: Place(file: "ownership.yaml", line: number, path: "ownership.rules[\(number)]"), team: "care",
      parent: -1, whole: condition, own: condition, table: nil)
  }

  @Test func aQuestionThatIsTooHardIsLeftOpenAndNotGuessed() {
    let standings = Standings(hardRules(), sites: [], Budget(question: 500, total: 1_000_000))
    guard case .undecided = standings.standings[86] else {
      Issue.record("500 steps are not enough to know whether 86 rules leave anything")
      return
    }
    let whole = Standings(hardRules(), sites: [], Budget(question: 10_000_000, total: 1_000_000_000))
    if case .undecided = whole.standings[86] { Issue.record("with enough steps it is known") }
  }
}
