// Owns the exact question behind every proof: is there an event in this region that none of these conditions takes?

/// A condition that the event looked for must escape, and the rule that has it (-1: the rule asked about itself).
struct Obstacle {
  var claim: Claim
  var rule: Int32
}

/// Looks for a point of a universe, completely: what is not found does not exist.
///
/// Davis, Putnam, Logemann and Loveland's procedure over sets of values instead of truth values (CACM 5(7), 1962).
/// A region is narrowed by what is forced: an obstacle that can be escaped in one way only is escaped that way. A
/// value that escapes every obstacle along its axis is taken without loss (the rule of pure literals). Only when
/// neither is left is the region split in two, by one set of values and the rest.
struct Search {
  let universe: Universe
  let budget: Budget

  enum Outcome {
    /// Every point of this region will do; along each axis, the first value is the plainest.
    case found(Region)
    /// There is none, and these rules alone see to that.
    case none(because: Set<Int32>)
    case undecided
  }

  func point(in region: Region, outside obstacles: [Obstacle]) -> Outcome {
    budget.beginQuestion()
    var run = Run(search: self, obstacles: obstacles)
    return run.outcome(in: region)
  }
}

/// One question being answered.
private struct Run {
  let search: Search
  var universe: Universe { search.universe }
  /// Grows by what must be escaped inside an exception.
  var obstacles: [Obstacle]
  /// Rules that closed a branch or forced a step.
  var reasons: Set<Int32> = []

  init(search: Search, obstacles: [Obstacle]) {
    self.search = search
    self.obstacles = obstacles
  }

  enum Settled { case dead, free, open, exhausted }

  /// Depth first, on a stack of its own: policies may be deeper than a thread's.
  mutating func outcome(in region: Region) -> Search.Outcome {
    var stack = [Branch(region: region, open: obstacles.indices.map { Int32(clamping: $0) })]
    while var branch = stack.popLast() {
      switch settle(&branch) {
      case .free: return .found(branch.region)
      case .exhausted: return .undecided
      case .dead: continue
      case .open:
        guard let split = Split(branch, obstacles, universe) else { return .undecided }
        for half in split.halves(of: branch.region, universe).reversed() {
          stack.append(Branch(region: half, open: branch.open))
        }
      }
    }
    return .none(because: reasons)
  }

  /// Takes every forced step and every one without loss.
  private mutating func settle(_ branch: inout Branch) -> Settled {
    while true {
      var open: [Int32] = []
      var moved = false
      var looks = 1
      for number in branch.open {
        looks += obstacles[Int(number)].claim.size
        switch Escape(obstacles[Int(number)].claim, branch.region, universe) {
        case .certain: continue
        case .several: open.append(number)
        case .impossible:
          reasons.insert(obstacles[Int(number)].rule)
          return .dead
        case .only(let step):
          reasons.insert(obstacles[Int(number)].rule)
          guard take(step, of: obstacles[Int(number)].rule, &branch.region, &open) else { return .dead }
          moved = true
        }
      }
      branch.open = open
      guard search.budget.spend(looks) else { return .exhausted }
      if moved { continue }
      if open.isEmpty { return .free }
      if !Relaxation.relax(&branch, obstacles, universe) { return .open }
    }
  }

  private mutating func take(
    _ step: Escape.Step, of rule: Int32, _ region: inout Region, _ open: inout [Int32]
  ) -> Bool {
    switch step {
    case .leave(let limit): return region.remove(limit.values, along: limit.axis)
    case .bar(let need): return region.bar(need.atoms, need.bag, universe)
    case .enter(let exception):
      guard region.narrow(to: exception, universe) else { return false }
      for inner in exception.exceptions {
        open.append(Int32(clamping: obstacles.count))
        obstacles.append(Obstacle(claim: inner, rule: rule))
      }
      return true
    }
  }
}

/// A region and the obstacles that it may still run into.
struct Branch {
  var region: Region
  var open: [Int32]
}
