// Owns explaining a decision: every rule is looked at, without the index that the hot path takes.
import Events

extension PolicyEvaluator {
  /// The reasoning behind what `decide` answers for the same event and text; nil for a case update or a remedy,
  /// which act on a case that has its owner. Takes time in proportion to the policy: for people, not for records.
  public func explain(_ event: Event, text: ByteSlice) -> Explanation? {
    guard gather(event, text: text) else { return nil }
    let words = EventText(event: event, policy: policy, facts: facts, hasText: !text.isEmpty)
    let route = ExplainedRoute(self, words)
    let winner = route.chain[route.chain.count - 1]
    let score = explainScore(words)
    let cuts = policy.document.scoring.cuts
    return Explanation(
      chain: route.chain, because: route.because,
      accountable: policy.document.teams.first { $0.id == winner.owner }?.accountable ?? "",
      matchedToo: route.losers, nearMisses: route.nearMisses, witness: explainWitness(owner: winner.owner),
      contributions: score.contributions, sum: score.sum, score: score.score,
      priority: Points.priority(of: score.score, cuts).wire.string,
      cuts: .init(p1: cuts.p1, p2: cuts.p2, p3: cuts.p3))
  }

  /// A clause that kept a condition from holding.
  struct FailedClause {
    var asks: String
    var has: String
  }

  /// The clauses of a condition that do not hold; `source` is the condition it was compiled from. `held` counts
  /// the clauses that do.
  func failures(
    of condition: CompiledCondition, _ source: Condition, _ words: EventText
  ) -> (failed: [FailedClause], held: Int) {
    var failed: [FailedClause] = []
    var held = 0
    for index in condition.start..<condition.start &+ condition.count {
      let clause = policy.conditions.clauses[index]
      if policy.conditions.holds(clause, facts) {
        held += 1
      } else if let written = policy.clauseSources[Int(index)] {
        failed.append(FailedClause(asks: written.text, has: words.has(written.attribute)))
      } else {
        let exception = source.except.enumerated().first { number, _ in
          let number = clause.start &+ Int32(clamping: number)
          return policy.conditions.holds(policy.conditions.conditions[number], facts)
        }
        failed.append(
          FailedClause(asks: "not (\(exception?.element.text ?? ""))", has: "the exception holds"))
      }
    }
    return (failed, held)
  }

  private func explainWitness(owner: String) -> Explanation.Witness {
    let document = policy.document
    let team: String
    let because: String
    if let number = witnessRule() {
      let rule = document.witness.rules[Int(number)]
      team = rule.team
      because = "\(rule.at.text) \(rule.when.text)"
    } else {
      team = siteWitness().string
      let site = policy.symbols.text(facts.symbol(Fact.site.rawValue)).string
      if !document.witness.bySite {
        because = "no witness rule holds, and sites are not asked"
      } else if site.isEmpty {
        because = "the event names no site that the policy knows"
      } else {
        because = team.isEmpty ? "site \(site) names no witness" : "felt at \(site)"
      }
    }
    if team == owner, !team.isEmpty {
      return .init(team: nil, because: "the owner felt it itself: \(because)")
    }
    return .init(team: team.isEmpty ? nil : team, because: because)
  }
}
