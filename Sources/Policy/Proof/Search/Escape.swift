// Owns the ways out of a condition that a region still has.

/// How the points of a region can escape a claim.
enum Escape {
  /// One way out.
  enum Step {
    case leave(Claim.Limit)
    case bar(Claim.Need)
    /// Into an exception.
    case enter(Claim)
  }

  /// All points are out already.
  case certain
  /// The claim takes every point.
  case impossible
  case only(Step)
  case several

  init(_ claim: Claim, _ region: Region, _ universe: Universe) {
    if claim.takesNothing {
      self = .certain
      return
    }
    var step: Step?
    var ways = 0
    for limit in claim.limits {
      switch region.answer(limit) {
      case .nowhere:
        self = .certain
        return
      case .everywhere: continue
      case .somewhere:
        ways += 1
        step = .leave(limit)
      }
    }
    for need in claim.needs {
      switch region.answer(need, universe) {
      case .nowhere:
        self = .certain
        return
      case .everywhere: continue
      case .somewhere:
        ways += 1
        step = .bar(need)
      }
    }
    for exception in claim.exceptions {
      switch region.answer(exception, universe) {
      case .everywhere:
        self = .certain
        return
      case .nowhere: continue
      case .somewhere:
        ways += 1
        step = .enter(exception)
      }
    }
    guard let step else {
      self = .impossible
      return
    }
    self = ways == 1 ? .only(step) : .several
  }
}
