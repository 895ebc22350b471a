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
  private var cursors: ContiguousArray<RuleCursor> = []

  public init(_ policy: CompiledPolicy) {
    self.policy = policy
    facts = Facts(wordSets: policy.words.setCount)
    reasons = ReasonWriter(contributions: policy.points.count + 1)
    cursors.reserveCapacity(policy.ruleIndex.groups.count + 64)
  }

  deinit {
    facts.free()
    reasons.free()
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
    startCursors(policy.ruleIndex)
    while let number = nextCandidate() {
      let rule = policy.rules[number]
      guard policy.conditions.holds(rule.condition, facts) else { continue }
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
    startCursors(policy.witnessIndex)
    while let number = nextCandidate() {
      if policy.conditions.holds(policy.witnessRules[number].condition, facts) { return number }
    }
    return nil
  }

  func siteWitness() -> ByteSlice {
    guard policy.document.witness.bySite else { return ByteSlice() }
    return policy.places[facts.symbol(Fact.site.rawValue)].siteWitness.slice
  }

  // MARK: Score

  private func score(into verdict: inout Verdict) {
    reasons.reset()
    var total: Int64 = 0
    let base = policy.document.scoring.base
    if base != 0 {
      total = Int64(base)
      verdict.contributions.append(
        .init(name: policy.baseName.slice, points: base, because: policy.baseReason.slice))
    }
    for index in 0..<Int32(truncatingIfNeeded: policy.points.count) {
      let rule = policy.points[index]
      guard policy.conditions.holds(rule.condition, facts) else { continue }
      let points = Points.made(by: rule, facts, policy)
      guard points != 0 else { continue }
      total &+= Int64(points)
      verdict.contributions.append(
        .init(name: rule.name.slice, points: points, because: reasons.reason(for: rule, facts, policy)))
    }
    verdict.score = Int32(truncatingIfNeeded: max(0, min(100, total)))
    verdict.priority = Points.priority(of: verdict.score, policy.document.scoring.cuts)
  }
}

// MARK: Candidates

/// A walk along one list of rules.
struct RuleCursor {
  var next: UnsafePointer<Int32>
  var end: UnsafePointer<Int32>
}

extension PolicyEvaluator {
  /// One cursor for each list that the event's values lead to.
  private func startCursors(_ index: RuleIndex) {
    cursors.removeAll(keepingCapacity: true)
    for group in 0..<Int32(truncatingIfNeeded: index.groups.count) {
      add(index.probe(index.groups[group], facts), index)
    }
    // Words that only later parts of the policy mention are beyond the end of these lists.
    for symbol in facts.labels where Int(symbol) < index.byLabel.count { add(index.byLabel[symbol], index) }
    for symbol in facts.languages where Int(symbol) < index.byLanguage.count {
      add(index.byLanguage[symbol], index)
    }
    if index.byWords.count > 0 {
      for set in facts.foundSets where Int(set) < index.byWords.count { add(index.byWords[set], index) }
    }
    add(index.others, index)
  }

  @inline(__always)
  private func add(_ postings: RuleIndex.Postings, _ index: RuleIndex) {
    guard postings.count > 0 else { return }
    let start = index.rules.pointer(postings.start)
    cursors.append(RuleCursor(next: start, end: start + Int(postings.count)))
  }

  /// The lowest rule number that any cursor stands at; every cursor that stands there moves on.
  @inline(__always)
  private func nextCandidate() -> Int32? {
    var lowest = Int32.max
    for cursor in cursors where cursor.next < cursor.end { lowest = min(lowest, cursor.next.pointee) }
    guard lowest < Int32.max else { return nil }
    for index in cursors.indices
    where cursors[index].next < cursors[index].end && cursors[index].next.pointee == lowest {
      cursors[index].next += 1
    }
    return lowest
  }
}
