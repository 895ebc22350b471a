// Owns the questions about one set of rules and one kind of event: who can win, and against whom.
import Events

struct KindProof {
  let tree: RuleTree
  let universe: Universe
  private let search: Search
  /// By rule: its own claim, and the claim with everything around it.
  private let own: [Claim]
  private let whole: [Claim]
  /// By group of siblings: the rule around them, -1 for the top.
  private var siblings: [Int32: SiblingIndex] = [:]

  /// What is known of one rule.
  enum Standing {
    /// Of these events it is the winner.
    case decides(Region)
    /// Events reach it, but its inner rules take them all.
    case refined
    /// It matches events, and rules before it take them all.
    case shadowed(because: Set<Int32>)
    /// No event of this kind matches it.
    case unmatched
    case undecided
  }

  init(
    _ kind: EventKind, _ tree: RuleTree, _ mentions: Mentions, sites: [PolicyDocument.Site], _ budget: Budget
  ) {
    self.tree = tree
    let universe = Universe(kind, mentions, sites: sites)
    self.universe = universe
    search = Search(universe: universe, budget: budget)
    own = tree.rules.map { universe.claim($0.own) }
    whole = tree.rules.map { universe.claim($0.whole) }
    for parent in Set(tree.rules.map(\.parent)) {
      siblings[parent] = SiblingIndex(tree.inner(of: parent).map { own[Int($0)] })
    }
  }

  // MARK: Questions

  func standing(of rule: Int32) -> Standing {
    guard let start = start(rule) else { return .unmatched }
    let before = competitors(of: rule, start.region)
    let inner = inner(of: rule, start.region)
    switch point(start, outside: before + inner) {
    case .found(let region): return .decides(region)
    case .undecided: return .undecided
    case .none(let reasons):
      switch point(start, outside: []) {
      case .none: return .unmatched
      case .undecided: return .undecided
      case .found: break
      }
      if inner.isEmpty { return .shadowed(because: reasons) }
      switch point(start, outside: before) {
      case .found: return .refined
      case .undecided: return .undecided
      case .none(let reasons): return .shadowed(because: reasons)
      }
    }
  }

  /// The rules that stand before a rule, or before one around it, or inside it, and have an event in common with it.
  func rivals(of rule: Int32, inside: Bool) -> [Int32] {
    guard let start = start(rule) else { return [] }
    return competitors(of: rule, start.region) + (inside ? inner(of: rule, start.region) : [])
  }

  /// Whether every event that a rule matches is matched by one of `others`; nil when undecided.
  func isCovered(_ rule: Int32, by others: [Int32]) -> Bool? {
    guard let start = start(rule) else { return true }
    switch point(start, outside: others) {
    case .found: return false
    case .none: return true
    case .undecided: return nil
    }
  }

  /// An event that `rule` matches and that goes to `winner` or, unless `decides`, to a rule inside it.
  func event(of rule: Int32, takenBy winner: Int32, decides: Bool = false) -> Region? {
    guard var start = start(rule), start.region.narrow(to: whole[Int(winner)], universe) else { return nil }
    start.own += whole[Int(winner)].exceptions.map { Obstacle(claim: $0, rule: -1) }
    var before = competitors(of: winner, start.region)
    if decides { before += inner(of: winner, start.region) }
    guard case .found(let region) = point(start, outside: before) else { return nil }
    return region
  }

  /// An event that no rule takes, of those that `condition` takes.
  func unrouted(_ condition: Condition = Condition()) -> Search.Outcome {
    var region = Region(universe)
    let claim = universe.claim(condition)
    guard region.narrow(to: claim, universe) else { return .none(because: []) }
    let all = tree.inner(of: -1)
    let meeting = siblings[-1]?.meeting(region, before: Int32(clamping: all.count), universe) ?? []
    return point(Start(region: region, own: []), outside: meeting.map { all[Int($0)] })
  }

  /// Whether an event of this kind can match all of `clauses` and none of `exceptions`; nil when undecided.
  func isPossible(_ condition: Condition) -> Bool? {
    let claim = universe.claim(condition)
    var region = Region(universe)
    guard region.narrow(to: claim, universe) else { return false }
    switch search.point(in: region, outside: claim.exceptions.map { Obstacle(claim: $0, rule: -1) }) {
    case .found: return true
    case .none: return false
    case .undecided: return nil
    }
  }

  // MARK: Parts

  /// What a rule matches: a region, and exceptions to stay outside of.
  private struct Start {
    var region: Region
    var own: [Obstacle]
  }

  private func start(_ rule: Int32) -> Start? {
    var region = Region(universe)
    let claim = whole[Int(rule)]
    guard region.narrow(to: claim, universe) else { return nil }
    return Start(region: region, own: claim.exceptions.map { Obstacle(claim: $0, rule: -1) })
  }

  private func point(_ start: Start, outside rules: [Int32]) -> Search.Outcome {
    search.point(
      in: start.region, outside: start.own + rules.map { Obstacle(claim: own[Int($0)], rule: $0) })
  }

  /// Siblings that stand before a rule, and before each rule around it.
  private func competitors(of rule: Int32, _ region: Region) -> [Int32] {
    tree.chain(from: rule).reversed().flatMap { at in
      let parent = tree.parent(of: at)
      let group = tree.inner(of: parent)
      let before = siblings[parent]?.meeting(region, before: tree.positions[Int(at)], universe) ?? []
      return before.map { group[Int($0)] }
    }
  }

  private func inner(of rule: Int32, _ region: Region) -> [Int32] {
    let group = tree.inner(of: rule)
    if group.isEmpty { return [] }
    let meeting = siblings[rule]?.meeting(region, before: Int32(clamping: group.count), universe) ?? []
    return meeting.map { group[Int($0)] }
  }
}
