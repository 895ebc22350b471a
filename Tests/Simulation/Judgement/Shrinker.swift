// Owns the way from a scenario that fails to the smallest one that still fails: what a person wants to read.

/// Makes scenarios smaller.
package struct Shrinker: Sendable {
  /// Runs at most.
  package var budget: Int

  package init(budget: Int = 400) { self.budget = budget }

  /// The smallest scenario found that fails in the same class: fewer disturbances, then fewer inputs, then fewer workers.
  ///
  /// Source: Zeller, Hildebrandt, "Simplifying and Isolating Finding-Inducing Input", TSE 2002: parts are left out,
  /// halves first, for as long as the failure stays.
  package func shrink<W: Workload>(
    _ workload: W, _ scenario: Scenario, _ failure: Finding, bug: PlantedBug? = nil
  ) throws -> Scenario {
    var left = budget
    func fails(_ candidate: Scenario) throws -> Bool {
      guard left > 0 else { return false }
      left -= 1
      return try Trial.run(workload, candidate, bug: bug).failure?.kind == failure.kind
    }
    var smallest = scenario
    try reduce(scenario.disturbances) { disturbances in
      var candidate = smallest
      candidate.disturbances = disturbances
      guard try fails(candidate) else { return false }
      smallest = candidate
      return true
    }
    try reduce(scenario.inputs) { inputs in
      var candidate = smallest
      candidate.inputs = inputs
      guard try fails(candidate) else { return false }
      smallest = candidate
      return true
    }
    while smallest.shape.workers > 1 {
      var candidate = smallest
      candidate.shape.workers -= 1
      guard try fails(candidate) else { break }
      smallest = candidate
    }
    return smallest
  }

  /// Leaves out parts, halves first, as long as `keeps` says that the rest will do.
  private func reduce<Item>(_ items: [Item], _ keeps: ([Item]) throws -> Bool) throws {
    var items = items
    var size = max(1, items.count / 2)
    while size >= 1 && !items.isEmpty {
      var start = 0
      while start < items.count {
        var rest = items
        rest.removeSubrange(start..<min(start + size, items.count))
        if try keeps(rest) { items = rest } else { start += size }
      }
      if size == 1 { return }
      size /= 2
    }
  }
}
