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
  @inline(__always)
  func isFree(_ atom: Int32, _ bag: Bag, _ universe: Universe) -> Bool {
    // A label brings nothing but itself.
    if bag == .labels { return !barred[bag.rawValue].contains(atom) }
    if barred[bag.rawValue].isEmpty { return true }
    for other in universe.words.closures[Int(atom)] where barred[bag.rawValue].contains(other) {
      return false
    }
    return true
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
    var isPossible = false
    for atom in need.atoms where isFree(atom, bag, universe) {
      isPossible = true
      break
    }
    if !isPossible { return .nowhere }
    // Whichever way one of the wants is met, it meets the need.
    for list in wanted[bag.rawValue] where list.allSatisfy({ meets($0, need, universe) }) {
      return .everywhere
    }
    return .somewhere
  }

  /// Whether an atom brings one that is needed, or cannot be there at all.
  private func meets(_ atom: Int32, _ need: Claim.Need, _ universe: Universe) -> Bool {
    if !isFree(atom, need.bag, universe) { return true }
    if need.bag == .labels { return need.atoms.contains(atom) }
    return universe.words.closures[Int(atom)].contains { need.atoms.contains($0) }
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
