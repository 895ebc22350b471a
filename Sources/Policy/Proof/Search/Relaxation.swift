// Owns steps that cost nothing: values and words that no open obstacle asks about.

enum Relaxation {
  /// Narrows a region to values that escape every open claim along an axis, where there are any; likewise leaves out
  /// labels and patterns that only claims ask for. Both keep a point wherever there was one, unless an
  /// exception asks about the same axis: that one is left alone. False when nothing was left to do.
  static func relax(_ region: inout Region, _ open: [Claim], _ universe: Universe) -> Bool {
    var asked: [Int: ValueSet] = [:]
    var atoms = Bag.allCases.map { _ in Set<Int32>() }
    var excepted: Set<Int> = []
    var exceptedBags: Set<Bag> = []
    for claim in open {
      for limit in claim.limits {
        var values =
          asked.removeValue(forKey: limit.axis) ?? ValueSet(noneOf: universe.values[limit.axis].count)
        for value in limit.values { values.insert(value) }
        asked[limit.axis] = values
      }
      for need in claim.needs { atoms[need.bag.rawValue].formUnion(need.atoms) }
      for exception in claim.exceptions { exception.addAxes(&excepted, &exceptedBags) }
    }
    var moved = false
    for axis in asked.keys.sorted() where !excepted.contains(axis) {
      guard let values = asked[axis] else { continue }
      let free = region.sets[axis].elements.filter { !values.contains($0) }
      if !free.isEmpty { moved = region.keep(free, along: axis) || moved }
    }
    for bag in Bag.allCases where !exceptedBags.contains(bag) && !atoms[bag.rawValue].isEmpty {
      moved = bar(atoms[bag.rawValue], bag, &region, universe) || moved
    }
    return moved
  }

  /// Only when what is wanted loses none of its choices.
  private static func bar(
    _ atoms: Set<Int32>, _ bag: Bag, _ region: inout Region, _ universe: Universe
  ) -> Bool {
    let new = atoms.filter { !region.barred[bag.rawValue].contains($0) }
    if new.isEmpty { return false }
    var barred = region
    guard barred.bar(new.sorted(), bag, universe) else { return false }
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
