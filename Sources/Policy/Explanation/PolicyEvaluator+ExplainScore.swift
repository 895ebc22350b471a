// Owns the explanation of a score: every contribution, and what was missing where one made no points.
import Events

extension PolicyEvaluator {
  struct ExplainedScore {
    var contributions: [Explanation.Contribution] = []
    var sum: Int64 = 0
    var score: Int32 = 0
  }

  /// Call after `gather`.
  func explainScore(_ words: EventText) -> ExplainedScore {
    var explained = ExplainedScore()
    let scoring = policy.document.scoring
    explained.contributions.append(
      .init(
        name: policy.baseName.slice.string, points: scoring.base, at: ScoringFile.name,
        because: policy.baseReason.slice.string))
    explained.sum = Int64(scoring.base)
    for (index, written) in scoring.points.enumerated() {
      let rule = policy.points[Int32(clamping: index)]
      let holds = policy.conditions.holds(rule.condition, facts)
      let points = holds ? Points.made(by: rule, facts, policy) : 0
      explained.sum &+= Int64(points)
      explained.contributions.append(
        .init(
          name: written.name, points: points, at: written.at.text,
          because: points != 0 ? reason(for: rule) : notCounted(written, rule, holds, words)))
    }
    explained.score = Int32(truncatingIfNeeded: max(0, min(100, explained.sum)))
    return explained
  }

  private func notCounted(
    _ written: PolicyDocument.Points, _ rule: CompiledPoints, _ holds: Bool, _ words: EventText
  ) -> String {
    if !holds {
      let (failed, _) = failures(of: rule.condition, written.when, words)
      return failed.map { $0.has == "the exception holds" ? "\($0.asks) does not hold" : $0.has }
        .joined(separator: ", ")
    }
    guard let attribute = written.from else { return "adds 0" }
    let has = words.has(attribute)
    return has.hasPrefix("no ") || has.contains(" has no ") ? has : "\(has): 0 points"
  }
}
