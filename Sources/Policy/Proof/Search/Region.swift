// Owns a part of a universe: a set of values along each axis, and which labels and patterns are wanted or barred.

struct Region: Sendable {
  /// By axis.
  private(set) var sets: [ValueSet]
  /// By bag: at least one of each list.
  private(set) var wanted: [[[Int32]]]
  /// By bag: none of these.
  private(set) var barred: [ValueSet]

  /// All of it.
  init(_ universe: Universe) {
    sets = universe.values.map { ValueSet(all: $0.count) }
    wanted = Bag.allCases.map { _ in [] }
    barred = Bag.allCases.map { ValueSet(noneOf: universe.count($0)) }
  }

  /// What of it a claim takes, its exceptions aside. False when that is nothing.
  mutating func narrow(to claim: Claim, _ universe: Universe) -> Bool {
    if claim.takesNothing { return false }
    for limit in claim.limits {
      sets[limit.axis].keep(limit.values)
      if sets[limit.axis].isEmpty { return false }
    }
    for need in claim.needs { wanted[need.bag.rawValue].append(need.atoms) }
    return claim.needs.isEmpty || isPossible(universe)
  }

  /// Without these values along an axis. False when nothing is left.
  mutating func remove(_ values: [Int32], along axis: Int) -> Bool {
    sets[axis].remove(values)
    return !sets[axis].isEmpty
  }

  mutating func keep(_ values: [Int32], along axis: Int) -> Bool {
    sets[axis].keep(values)
    return !sets[axis].isEmpty
  }

  /// Without any of these labels or patterns. False when nothing is left.
  mutating func bar(_ atoms: [Int32], _ bag: Bag, _ universe: Universe) -> Bool {
    for atom in atoms { barred[bag.rawValue].insert(atom) }
    return isPossible(universe)
  }

  mutating func want(_ atoms: [Int32], _ bag: Bag, _ universe: Universe) -> Bool {
    wanted[bag.rawValue].append(atoms)
    return atoms.contains { isFree($0, bag, universe) }
  }

  /// Whether a label or pattern can be there without bringing one that is barred.
  func isFree(_ atom: Int32, _ bag: Bag, _ universe: Universe) -> Bool {
    let barred = barred[bag.rawValue]
    return barred.isEmpty || universe.closure(atom, bag).allSatisfy { !barred.contains($0) }
  }

  /// Wants do not disturb each other, only bars do: each want needs one that is free.
  private func isPossible(_ universe: Universe) -> Bool {
    Bag.allCases.allSatisfy { bag in
      wanted[bag.rawValue].allSatisfy { list in list.contains { isFree($0, bag, universe) } }
    }
  }
}

// MARK: Whether a claim holds in it

extension Region {
  /// For all of a region, for none of it, or for some, as far as can be seen.
  enum Answer { case everywhere, nowhere, somewhere }

  @inline(__always)
  func answer(_ limit: Claim.Limit) -> Answer {
    let set = sets[limit.axis]
    let shared = set.count(of: limit.values)
    return shared == 0 ? .nowhere : shared == set.count ? .everywhere : .somewhere
  }

  func answer(_ need: Claim.Need, _ universe: Universe) -> Answer {
    let bag = need.bag
    guard need.atoms.contains(where: { isFree($0, bag, universe) }) else { return .nowhere }
    let asked = Set(need.atoms)
    // Whichever way one of the wants is met, it meets the need.
    let isMet = wanted[bag.rawValue].contains { list in
      list.allSatisfy { atom in
        !isFree(atom, bag, universe) || universe.closure(atom, bag).contains(where: asked.contains)
      }
    }
    return isMet ? .everywhere : .somewhere
  }

  func answer(_ claim: Claim, _ universe: Universe) -> Answer {
    if claim.takesNothing { return .nowhere }
    var answer = Answer.everywhere
    for limit in claim.limits {
      switch self.answer(limit) {
      case .nowhere: return .nowhere
      case .somewhere: answer = .somewhere
      case .everywhere: continue
      }
    }
    for need in claim.needs {
      switch self.answer(need, universe) {
      case .nowhere: return .nowhere
      case .somewhere: answer = .somewhere
      case .everywhere: continue
      }
    }
    for exception in claim.exceptions {
      switch self.answer(exception, universe) {
      case .everywhere: return .nowhere
      case .somewhere: answer = .somewhere
      case .nowhere: continue
      }
    }
    return answer
  }
}
