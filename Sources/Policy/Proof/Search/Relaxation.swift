// Owns steps that cost nothing: values and words that no open obstacle asks about.

enum Relaxation {
  /// Narrows a region to values that escape every open claim along an axis, where there are any; likewise leaves out
  /// labels and patterns that only claims ask for. Both keep a point wherever there was one, unless an
  /// exception asks about the same axis: that one is left alone. False when nothing was left to do.
  static func relax(_ branch: inout Branch, _ obstacles: [Obstacle], _ universe: Universe) -> Bool {
    var asked = [ValueSet?](repeating: nil, count: Axis.allCases.count)
    var atoms = [ValueSet?](repeating: nil, count: Bag.allCases.count)
    var excepted: Set<Int> = []
    var exceptedBags: Set<Bag> = []
    for number in branch.open {
      let claim = obstacles[Int(number)].claim
      for limit in claim.limits {
        var values = asked[limit.axis] ?? ValueSet(noneOf: universe.values[limit.axis].count)
        asked[limit.axis] = nil
        for value in limit.values { values.insert(value) }
        asked[limit.axis] = values
      }
      for need in claim.needs {
        var needed = atoms[need.bag.rawValue] ?? ValueSet(noneOf: universe.count(need.bag))
        atoms[need.bag.rawValue] = nil
        for atom in need.atoms { needed.insert(atom) }
        atoms[need.bag.rawValue] = needed
      }
      for exception in claim.exceptions { exception.addAxes(&excepted, &exceptedBags) }
    }
    var moved = false
    for (axis, values) in asked.enumerated() where !excepted.contains(axis) {
      guard let values else { continue }
      let free = branch.region.sets[axis].elements.filter { !values.contains($0) }
      if !free.isEmpty { moved = branch.region.keep(free, along: axis) || moved }
    }
    for bag in Bag.allCases where !exceptedBags.contains(bag) {
      guard let needed = atoms[bag.rawValue] else { continue }
      moved = bar(needed.elements, bag, &branch.region, universe) || moved
    }
    return moved
  }

  /// Only when what is wanted loses none of its choices.
  private static func bar(
    _ atoms: [Int32], _ bag: Bag, _ region: inout Region, _ universe: Universe
  ) -> Bool {
    let new = atoms.filter { !region.barred[bag.rawValue].contains($0) }
    if new.isEmpty { return false }
    var barred = region
    guard barred.bar(new, bag, universe) else { return false }
    for list in region.wanted[bag.rawValue] {
      for atom in list where region.isFree(atom, bag, universe) && !barred.isFree(atom, bag, universe) {
        return false
      }
    }
    region = barred
    return true
  }
}

extension Claim {
  /// What it and its exceptions ask about.
  fileprivate func addAxes(_ axes: inout Set<Int>, _ bags: inout Set<Bag>) {
    axes.formUnion(limits.map(\.axis))
    bags.formUnion(needs.map(\.bag))
    for exception in exceptions { exception.addAxes(&axes, &bags) }
  }
}
