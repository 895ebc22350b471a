// Owns deciding about one event: the hot path, without allocation, Strings or locks.
import Events

/// Decides by one policy. One for each thread: it holds scratch that every decision overwrites. Slices in a
/// verdict live as long as this evaluator's policy; reasons (`because`) until the next decision.
public final class PolicyEvaluator {
  /// How many rules that matched too are named; more are not looked for, so that no policy makes events slow.
  public static let alsoMatchedLimit = 8

  public let policy: CompiledPolicy
  var facts: Facts
  private var reasons: ReasonWriter
  private var cursors: RuleWalk

  public init(_ policy: CompiledPolicy) {
    self.policy = policy
    facts = Facts(wordSets: policy.words.setCount)
    reasons = ReasonWriter(contributions: policy.points.count + 1)
    cursors = RuleWalk(capacity: policy.ruleIndex.groups.count + policy.words.setCount + 80)
  }

  deinit {
    facts.free()
    reasons.free()
    cursors.free()
  }

  /// Decides about a feedback or an incident and overwrites `verdict`. `text` is the event's text as it may be
  /// read: redacted. A case update or a remedy acts on a case that has its owner: its verdict is empty.
  public func decide(_ event: Event, text: ByteSlice, into verdict: inout Verdict) {
    verdict.contributions.removeAll(keepingCapacity: true)
    verdict.alsoMatched.removeAll(keepingCapacity: true)
    guard gather(event, text: text) else {
      verdict.owner = ByteSlice()
      verdict.worker = ByteSlice()
      verdict.witness = ByteSlice()
      verdict.rule = ByteSlice()
      verdict.ruleAt = ByteSlice()
      verdict.score = 0
      verdict.priority = .p4
      return
    }
    route(into: &verdict)
    verdict.witness = witness(owner: verdict.owner)
    score(into: &verdict)
  }

  // MARK: Reasons

  /// What in the event made a condition hold, copied. Overwrites the reasons of the last decision.
  func reason(for condition: CompiledCondition) -> String {
    reasons.reset()
    return reasons.reason(for: condition, facts, policy).string
  }

  /// What in the event earned points, copied. Overwrites the reasons of the last decision.
  func reason(for rule: CompiledPoints) -> String {
    reasons.reset()
    return reasons.reason(for: rule, facts, policy).string
  }

  // MARK: Owner

  /// The first rule that matches wins, unless inner rules refine it. Matches come outer before inner and in
  /// the policy's order, so the winner is the end of the first unbroken chain from a rule to its inner rule.
  private func route(into verdict: inout Verdict) {
    var winner: Int32 = -1
    var isSettled = false
    let facts = facts
    let conditions = policy.conditions
    let rules = policy.rules
    var walk = walk(policy.ruleIndex)
    while let number = walk.next() {
      let rule = rules[number]
      guard conditions.holds(rule.condition, facts) else { continue }
      if winner < 0 {
        winner = number
        continue
      }
      if !isSettled, rule.parent == winner {
        append(policy.rules[winner].path.slice, to: &verdict)
        winner = number
        continue
      }
      isSettled = true
      append(rule.path.slice, to: &verdict)
      if verdict.alsoMatched.count >= Self.alsoMatchedLimit { break }
    }
    let rule = winner < 0 ? policy.unrouted : policy.rules[winner]
    verdict.owner = rule.owner.slice
    verdict.worker = rule.worker.slice
    verdict.rule = rule.path.slice
    verdict.ruleAt = rule.at.slice
  }

  private func append(_ path: ByteSlice, to verdict: inout Verdict) {
    if verdict.alsoMatched.count < Self.alsoMatchedLimit { verdict.alsoMatched.append(path) }
  }

  // MARK: Witness

  /// The team that felt it, empty when it is the owner itself or nobody is known.
  private func witness(owner: ByteSlice) -> ByteSlice {
    let team = witnessRule().map { policy.witnessRules[$0].team.slice } ?? siteWitness()
    return team == owner ? ByteSlice() : team
  }

  /// The first witness rule that holds.
  func witnessRule() -> Int32? {
    var walk = walk(policy.witnessIndex)
    while let number = walk.next() {
      if policy.conditions.holds(policy.witnessRules[number].condition, facts) { return number }
    }
    return nil
  }

  func siteWitness() -> ByteSlice {
    guard policy.isWitnessedBySite else { return ByteSlice() }
    return policy.places[facts.symbol(Fact.site.rawValue)].siteWitness.slice
  }

  // MARK: Score

  private func score(into verdict: inout Verdict) {
    reasons.reset()
    let facts = facts
    let conditions = policy.conditions
    var total: Int64 = 0
    let base = policy.base
    if base != 0 {
      total = Int64(base)
      verdict.contributions.append(
        .init(name: policy.baseName.slice, points: base, because: policy.baseReason.slice))
    }
    for index in 0..<Int32(truncatingIfNeeded: policy.points.count) {
      let rule = policy.points[index]
      guard conditions.holds(rule.condition, facts) else { continue }
      let points = Points.made(by: rule, facts, policy)
      guard points != 0 else { continue }
      total &+= Int64(points)
      verdict.contributions.append(
        .init(name: rule.name.slice, points: points, because: reasons.reason(for: rule, facts, policy)))
    }
    verdict.score = Int32(truncatingIfNeeded: max(0, min(100, total)))
    verdict.priority = Points.priority(of: verdict.score, policy.cuts)
  }
}

// MARK: Candidates

extension PolicyEvaluator {
  /// The candidates that the event's values lead to, in the policy's order.
  private func walk(_ index: RuleIndex) -> RuleWalk {
    let facts = facts
    let (labels, languages, sets) = (facts.labels, facts.languages, facts.foundSets)
    cursors.begin(atMost: index.groups.count &+ labels.count &+ languages.count &+ sets.count &+ 1)
    var walk = cursors
    for group in 0..<Int32(truncatingIfNeeded: index.groups.count) {
      walk.add(index.probe(index.groups[group], facts), index)
    }
    // Words that only later parts of the policy mention are beyond the end of these lists.
    for symbol in labels where Int(symbol) < index.byLabel.count { walk.add(index.byLabel[symbol], index) }
    for symbol in languages where Int(symbol) < index.byLanguage.count {
      walk.add(index.byLanguage[symbol], index)
    }
    for set in sets where Int(set) < index.byWords.count { walk.add(index.byWords[set], index) }
    walk.add(index.others, index)
    return walk
  }
}
