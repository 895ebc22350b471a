// Owns where a region is cut in two when nothing is forced.

/// By a set of values or by a need, of the claim that has the fewest ways out; among its own, along the axis that
/// the most claims ask about.
enum Split {
  case limit(Claim.Limit, leavesFirst: Bool)
  case need(Claim.Need, barsFirst: Bool)

  /// Nil when no open claim is undecided in the region, which does not happen.
  init?(_ branch: Branch, _ obstacles: [Obstacle], _ universe: Universe) {
    var popularity = [Int](repeating: 0, count: Axis.allCases.count)
    var best: (claim: Claim, ways: Int)?
    for number in branch.open {
      let claim = obstacles[Int(number)].claim
      for limit in claim.limits { popularity[limit.axis] += 1 }
      let ways = claim.limits.count + claim.needs.count + 2 * claim.exceptions.count
      if best.map({ ways < $0.ways }) ?? true { best = (claim, ways) }
    }
    guard let claim = best?.claim,
      let split = Self.choice(in: claim, branch.region, universe, popularity, escapes: true)
    else { return nil }
    self = split
  }

  private static func choice(
    in claim: Claim, _ region: Region, _ universe: Universe, _ popularity: [Int], escapes: Bool
  ) -> Split? {
    let limits = claim.limits.filter { region.answer($0) == .somewhere }
    if let limit = limits.max(by: { popularity[$0.axis] < popularity[$1.axis] }) {
      return .limit(limit, leavesFirst: escapes)
    }
    if let need = claim.needs.first(where: { region.answer($0, universe) == .somewhere }) {
      return .need(need, barsFirst: escapes)
    }
    for exception in claim.exceptions where region.answer(exception, universe) == .somewhere {
      if let split = choice(in: exception, region, universe, popularity, escapes: !escapes) { return split }
    }
    return nil
  }

  /// The half that is looked at first comes first; a half without points is left out.
  func halves(of region: Region, _ universe: Universe) -> [Region] {
    var without = region
    var within = region
    let first: Bool
    let has: (without: Bool, within: Bool)
    switch self {
    case .limit(let limit, let leavesFirst):
      has.without = without.remove(limit.values, along: limit.axis)
      has.within = within.keep(limit.values, along: limit.axis)
      first = leavesFirst
    case .need(let need, let barsFirst):
      has.without = without.bar(need.atoms, need.bag, universe)
      has.within = within.want(need.atoms, need.bag, universe)
      first = barsFirst
    }
    let halves = [(without, has.without), (within, has.within)].filter(\.1).map(\.0)
    return first ? halves : halves.reversed()
  }
}
