// Owns which decisions of a day are worth a line to somebody who has half a minute for the week.
import Events

/// Chooses from each day, one day after the other. What it shows is decided by what is in the records; the same
/// records give the same choice.
struct Highlights {
  struct Choice: Sendable {
    var decision: Decision
    /// Whether its reasons are shown.
    var isExplained = false
    /// For an outage that is over: what came in while it lasted.
    var aftermath: Aftermath?
  }

  /// Where a day is divided: each part has one voice at least.
  private static let hours = [0, 9, 12, 16, 20, 24]

  private var outages = OutageLedger()
  private var rules: Set<String> = []
  private var words: Set<String> = []
  private var reasons: Set<String> = []
  private var explained: Set<String> = []
  /// Rules that decided something so far, shown or not.
  private var everSeen: Set<String> = []
  private var firstEpoch: Int64?

  /// The day's choice, in the order of the decisions.
  mutating func choose(from decisions: [Decision], day: Int) -> [Choice] {
    var chosen: [Int: Choice] = [:]
    var news: Set<String> = []
    for (index, decision) in decisions.enumerated() {
      let aftermath = outages.follow(decision)
      if isNews(decision), let rule = decision.assessment?.ruleAt { news.insert(rule) }
      guard let matter = decision.matter, matter.isGraveOutage(in: [.open, .resolved]) else { continue }
      chosen[index] = Choice(decision: decision, aftermath: aftermath)
      learn(decision)
    }
    for rule in news.sorted() {
      let byRule = decisions.indices.filter { decisions[$0].assessment?.ruleAt == rule }
      guard let best = byRule.max(by: { weight(decisions[$0]) < weight(decisions[$1]) }) else { continue }
      chosen[best] = Choice(decision: decisions[best], isExplained: true)
      learn(decisions[best])
    }
    var owners: [String: Int] = [:]
    var hasRedaction = false
    for (slot, hour) in Self.hours.dropLast().enumerated() {
      let span =
        WeekTime.at(day: day, minute: hour * 60)..<WeekTime.at(day: day, minute: Self.hours[slot + 1] * 60)
      let candidates = decisions.indices.filter {
        span.contains(decisions[$0].decidedAt) && decisions[$0].matter?.isVoice == true
      }
      // Praise is read too: once a day, at another hour each day.
      let isPraise = slot == (day * 2 + 1) % (Self.hours.count - 1)
      let best = candidates.max { a, b in
        let (left, right) = (
          interest(decisions[a], owners, hasRedaction, isPraise),
          interest(decisions[b], owners, hasRedaction, isPraise)
        )
        return (left, b) < (right, a)
      }
      guard let best, let assessment = decisions[best].assessment else { continue }
      if chosen[best] == nil { chosen[best] = Choice(decision: decisions[best]) }
      owners[assessment.owner, default: 0] += 1
      hasRedaction = hasRedaction || (decisions[best].matter?.redactions ?? 0) > 0
      learn(decisions[best])
    }
    if let index = refusal(decisions, day) { chosen[index] = Choice(decision: decisions[index]) }
    if let index = act(decisions, day) { chosen[index] = Choice(decision: decisions[index]) }
    explain(&chosen, decisions)
    return chosen.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether a row decides for the first time that a policy of this week has brought.
  private mutating func isNews(_ decision: Decision) -> Bool {
    guard let rule = decision.assessment?.ruleAt else { return false }
    let first = firstEpoch ?? decision.epoch
    firstEpoch = first
    return everSeen.insert(rule).inserted && decision.epoch != first && rule.hasPrefix(MidweekChange.table)
  }

  private func interest(
    _ decision: Decision, _ owners: [String: Int], _ hasRedaction: Bool, _ isPraise: Bool
  ) -> Int {
    guard let matter = decision.matter, let assessment = decision.assessment else { return .min }
    var interest = isPraise ? -Int(assessment.score) : Int(assessment.score)
    if !matter.words.isEmpty { interest += words.contains(matter.words) ? -60 : 25 }
    interest -= 30 * owners[assessment.owner, default: 0]
    if isPraise { return interest }
    if !rules.contains(assessment.ruleAt) { interest += assessment.isUnrouted ? 90 : 45 }
    if !assessment.alsoMatched.isEmpty { interest += 8 }
    if matter.redactions > 0 { interest += hasRedaction ? -10 : 15 }
    return interest
  }

  private mutating func learn(_ decision: Decision) {
    if let rule = decision.assessment?.ruleAt { rules.insert(rule) }
    if let said = decision.matter?.words, !said.isEmpty { words.insert(said) }
  }

  /// One refusal a day, of a kind not seen before while there are such.
  private mutating func refusal(_ decisions: [Decision], _ day: Int) -> Int? {
    var first: Int?
    let morning = WeekTime.at(day: day, minute: 9 * 60)
    for (index, decision) in decisions.enumerated() where decision.decidedAt > morning {
      guard case .refused(let letter) = decision.outcome else { continue }
      first = first ?? index
      if reasons.insert(letter.reason).inserted { return index }
    }
    return first
  }

  /// One thing that staff did each day: remedies and updates in turn.
  private func act(_ decisions: [Decision], _ day: Int) -> Int? {
    let noon = WeekTime.at(day: day, minute: 12 * 60)
    return decisions.indices.first { index in
      guard case .joined(let act) = decisions[index].outcome, decisions[index].decidedAt > noon else {
        return false
      }
      if case .remedy = act.what { return day % 2 == 0 }
      return day % 2 == 1
    }
  }

  /// The reasons of one decision a day: of another rule each time, where something else matched too, and it matters.
  private mutating func explain(_ chosen: inout [Int: Choice], _ decisions: [Decision]) {
    let candidates = chosen.keys.sorted().filter {
      decisions[$0].matter.map { !$0.isGraveOutage(in: [.resolved]) } == true
    }
    if !chosen.values.contains(where: \.isExplained),
      let best = candidates.max(by: { weight(decisions[$0]) < weight(decisions[$1]) })
    {
      chosen[best]?.isExplained = true
    }
    for choice in chosen.values where choice.isExplained {
      if let rule = choice.decision.assessment?.ruleAt { explained.insert(rule) }
    }
  }

  private func weight(_ decision: Decision) -> Int {
    guard let assessment = decision.assessment else { return 0 }
    let isNew = !explained.contains(assessment.ruleAt)
    // That nobody thought of it says more about a policy than any score.
    if isNew, assessment.isUnrouted { return 400 }
    return Int(assessment.score) + 20 * min(2, assessment.alsoMatched.count)
      + 4 * assessment.contributions.count + (isNew ? 100 : 0)
  }
}

extension Matter {
  /// An outage that people in the building notice by themselves.
  func isGraveOutage(in statuses: [IncidentStatus]) -> Bool {
    guard case .incident(_, _, let severity, let status, _, _) = kind else { return false }
    return severity.isGrave && statuses.contains(status)
  }

  /// Feedback, or a small incident that has just begun.
  var isVoice: Bool {
    switch kind {
    case .feedback: true
    case .incident(_, _, let severity, let status, _, _): !severity.isGrave && status == .open
    }
  }
}
