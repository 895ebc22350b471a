// Owns what a grant takes, as a box: a set of values for each thing that it can ask about.

/// Values that no rule names stand for all of those as one.
struct GrantBox: Hashable {
  private(set) var sides: [Set<String>]

  init(_ sides: [Set<String>]) { self.sides = sides }

  var isEmpty: Bool { sides.contains(where: \.isEmpty) }

  func meets(_ other: GrantBox) -> Bool { zip(sides, other.sides).allSatisfy { !$0.isDisjoint(with: $1) } }

  func isInside(_ other: GrantBox) -> Bool { zip(sides, other.sides).allSatisfy { $0.isSubset(of: $1) } }

  /// What is left, as boxes that do not meet.
  func subtracting(_ other: GrantBox) -> [GrantBox] {
    guard meets(other) else { return [self] }
    var left: [GrantBox] = []
    var rest = self
    for side in sides.indices {
      var outside = rest
      outside.sides[side].subtract(other.sides[side])
      if !outside.isEmpty { left.append(outside) }
      rest.sides[side].formIntersection(other.sides[side])
    }
    return left
  }
}
