// Owns a condition in terms of a universe: what it takes, as sets of numbers.

/// The points that a condition takes: within every limit, with one of each need, outside every exception.
struct Claim: Sendable {
  /// The values that an axis may have, ascending; fewer than all of them.
  struct Limit: Sendable {
    var axis: Int
    var values: [Int32]
  }

  /// At least one of these labels or patterns.
  struct Need: Sendable {
    var bag: Bag
    var atoms: [Int32]
  }

  /// One for each axis at most, in the order of axes.
  var limits: [Limit] = []
  var needs: [Need] = []
  var exceptions: [Claim] = []
  /// Whether it takes nothing, plainly.
  var takesNothing = false
  /// How much there is to look at in it, exceptions included: what a look costs.
  private(set) var size = 1

  var takesEverything: Bool { !takesNothing && limits.isEmpty && needs.isEmpty && exceptions.isEmpty }

  static let nothing = Claim(takesNothing: true)

  fileprivate mutating func measure() {
    size = 1 + limits.count + needs.count + exceptions.reduce(0) { $0 + $1.size }
  }
}

extension Universe {
  func claim(_ condition: Condition) -> Claim {
    var claim = Claim()
    var limits: [Int: [Int32]] = [:]
    for clause in condition.clauses {
      if clause.attribute == .kind {
        if !clause.values.contains(kind.rawValue) { return .nothing }
      } else if let only = clause.attribute.onlyKind, only != kind {
        return .nothing
      } else if let bag = Bag(clause.attribute) {
        let atoms = wanted(by: clause, bag)
        if atoms.isEmpty { return .nothing }
        claim.needs.append(Claim.Need(bag: bag, atoms: atoms))
      } else if let axis = Axis(clause.attribute) {
        let taken = taken(by: clause, along: axis)
        let shared = limits[axis.rawValue].map { Set($0).intersection(taken).sorted() } ?? taken
        if shared.isEmpty { return .nothing }
        limits[axis.rawValue] = shared
      }
    }
    for axis in limits.keys.sorted() {
      guard let taken = limits[axis], taken.count < values[axis].count else { continue }
      claim.limits.append(Claim.Limit(axis: axis, values: taken))
    }
    for exception in condition.except {
      let exception = self.claim(exception)
      if exception.takesEverything { return .nothing }
      if !exception.takesNothing { claim.exceptions.append(exception) }
    }
    claim.measure()
    return claim
  }
}
