// Owns finding, among very many siblings, the few that have something in common with a region.

/// Siblings by the values that they allow along each axis.
struct SiblingIndex: Sendable {
  private let claims: [Claim]
  /// By axis: by value, the positions of the siblings that allow it; and those that allow all.
  private var allowing: [Int: [Int32: [Int32]]] = [:]
  private var unlimited: [Int: [Int32]] = [:]

  /// Along an axis on which a region has more values than this, nothing is looked up.
  private static let lookedUp = 16

  init(_ claims: [Claim]) {
    self.claims = claims
    for axis in Set(claims.flatMap { $0.limits.map(\.axis) }) {
      var unlimited: [Int32] = []
      var allowing: [Int32: [Int32]] = [:]
      for (position, claim) in claims.enumerated() {
        let position = Int32(clamping: position)
        guard let limit = claim.limits.first(where: { $0.axis == axis }) else {
          unlimited.append(position)
          continue
        }
        for value in limit.values { allowing[value, default: []].append(position) }
      }
      self.unlimited[axis] = unlimited
      self.allowing[axis] = allowing
    }
  }

  /// Positions below `end`, ascending, of the siblings that may take a point of the region.
  func meeting(_ region: Region, before end: Int32, _ universe: Universe) -> [Int32] {
    candidates(region, before: end).filter { region.answer(claims[Int($0)], universe) != .nowhere }
  }

  private func candidates(_ region: Region, before end: Int32) -> [Int32] {
    var best: (axis: Int, size: Int)?
    for (axis, free) in unlimited where region.sets[axis].count <= Self.lookedUp {
      let lists = region.sets[axis].elements.map { allowing[axis]?[$0]?.count ?? 0 }
      let size = lists.reduce(free.count, +)
      if best.map({ (size, axis) < ($0.size, $0.axis) }) ?? true { best = (axis, size) }
    }
    guard let best, best.size < Int(end) else { return Array(0..<max(0, end)) }
    var found = unlimited[best.axis]?.filter { $0 < end } ?? []
    for value in region.sets[best.axis].elements {
      found += allowing[best.axis]?[value]?.filter { $0 < end } ?? []
    }
    return Set(found).sorted()
  }
}
