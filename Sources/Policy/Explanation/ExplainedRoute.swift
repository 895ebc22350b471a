// Owns the explanation of an owner: the chain of rules that won, those that lost to it, and those that nearly matched.
import Events

struct ExplainedRoute {
  private(set) var chain: [Explanation.Rule] = []
  private(set) var because = ""
  private(set) var losers: [Explanation.Loser] = []
  private(set) var nearMisses: [Explanation.NearMiss] = []

  /// More are not gathered: the nearest ones come first in the policy anyway.
  private static let nearMissLimit = 50

  init(_ evaluator: PolicyEvaluator, _ words: EventText) {
    let policy = evaluator.policy
    let count = Int32(clamping: policy.flatRules.count)
    let matching = (0..<count).filter { policy.conditions.holds(policy.rules[$0].condition, evaluator.facts) }
    let numbers = Self.chain(matching, policy)
    chain = numbers.map { Self.rule($0, policy) }
    guard let winner = numbers.last else {
      let unrouted = policy.document.unrouted
      chain = [
        Explanation.Rule(
          path: "ownership.unrouted", at: unrouted.at.text, owner: unrouted.owner, worker: unrouted.worker,
          when: "what no rule takes")
      ]
      addNearMisses(before: count, around: [], evaluator, words)
      return
    }
    because = evaluator.reason(for: policy.rules[winner].condition)
    losers = matching.filter { $0 != winner }.map { number in
      Explanation.Loser(
        rule: Self.rule(number, policy), because: Self.obstacle(to: number, numbers, policy))
    }
    addNearMisses(before: winner, around: numbers, evaluator, words)
  }

  /// From the outermost rule that matches to the innermost: at each level the first one that does.
  private static func chain(_ matching: [Int32], _ policy: CompiledPolicy) -> [Int32] {
    var chain: [Int32] = []
    var parent: Int32 = -1
    while let next = matching.first(where: { policy.flatRules[Int($0)].parent == parent }) {
      chain.append(next)
      parent = next
    }
    return chain
  }

  static func rule(_ number: Int32, _ policy: CompiledPolicy) -> Explanation.Rule {
    let rule = policy.flatRules[Int(number)]
    return Explanation.Rule(
      path: rule.path, at: rule.at.text, owner: rule.owner, worker: rule.worker, when: rule.own.text)
  }

  /// Where the way up from a rule meets the winning chain, the chain's next rule is what stood before it; a rule
  /// of the chain itself was refined.
  private static func obstacle(to number: Int32, _ chain: [Int32], _ policy: CompiledPolicy) -> String {
    if let level = chain.firstIndex(of: number) {
      return "\(policy.flatRules[Int(chain[level + 1])].at.text) refines it"
    }
    var parent = policy.flatRules[Int(number)].parent
    while parent >= 0, !chain.contains(parent) { parent = policy.flatRules[Int(parent)].parent }
    let level = chain.firstIndex(of: parent).map { $0 + 1 } ?? 0
    return "\(policy.flatRules[Int(chain[level])].at.text) stands before it"
  }

  /// Rules that fail by one clause only while another holds, and that would have won: they stand before the
  /// winner, or refine it.
  private mutating func addNearMisses(
    before winner: Int32, around chain: [Int32], _ evaluator: PolicyEvaluator, _ words: EventText
  ) {
    let policy = evaluator.policy
    for (index, rule) in policy.flatRules.enumerated() where nearMisses.count < Self.nearMissLimit {
      let number = Int32(clamping: index)
      guard number < winner || rule.parent == winner, !chain.contains(number) else { continue }
      let compiled = policy.rules[number].condition
      let (failed, held) = evaluator.failures(of: compiled, rule.condition, words)
      guard failed.count == 1, held > 0 else { continue }
      nearMisses.append(
        Explanation.NearMiss(rule: Self.rule(number, policy), asks: failed[0].asks, has: failed[0].has))
    }
  }
}
