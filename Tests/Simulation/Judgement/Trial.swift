// Owns one trial: a scenario is run, healed, and compared with undisturbed runs over the same input.
import Streams

/// A scenario's trial.
package struct Trial: Sendable {
  package let scenario: Scenario
  /// Nil when it passed.
  package let failure: Finding?
  package let coverage: Coverage
  /// Made of everything the log held at the end: the same in every process.
  package let fingerprint: UInt64
  /// Why workers gave up and were replaced: for whoever looks into a failure.
  package let restarts: [String]

  /// Runs a scenario.
  ///
  /// - Throws: what keeps it from being run at all; whatever a run comes to is in `failure`.
  package static func run<W: Workload>(
    _ workload: W, _ scenario: Scenario, bug: PlantedBug? = nil, trace: ((String) -> Void)? = nil
  ) throws -> Trial {
    let world = try World(workload, scenario, bug: bug, trace: trace)
    try world.disturb()
    let failure = try world.conclude()
    return Trial(
      scenario: scenario, failure: failure, coverage: world.reports.coverage,
      fingerprint: world.log.fingerprint(), restarts: world.reports.failures)
  }
}

extension World {
  /// Heals the world and judges everything that happened in it. Nil when all is well.
  package func conclude() throws -> Finding? {
    let pending = try heal()
    if let stopped = reports.stopped.first { return Finding(.stopped, stopped) }
    if let pending { return Finding(.pending, pending) }
    do throws(Finding) {
      let actual = try Outcome(of: self)
      var expected: [Int: Outcome] = [:]
      for epoch in actual.epochs.union([published - 1]) where (0..<published).contains(epoch) {
        expected[epoch] = try undisturbed(under: epoch)
      }
      try Judge(world: self, actual: actual, expected: expected).judge()
      reports.add(try workload.judge(log, scenario))
      return nil
    } catch {
      return error
    }
  }

  /// What a run without any disturbance leaves behind: one worker, one policy, the same records at the same times.
  package func undisturbed(under epoch: Int) throws(Finding) -> Outcome {
    do {
      let world = try World(
        workload, Scenario(workload: scenario.workload, shape: calm), roles: workload.judgedRoles)
      while world.published <= epoch { try world.publish() }
      try world.replay(fed)
      if let pending = try world.heal() {
        throw Finding(.pending, "in the undisturbed run under epoch \(epoch): \(pending)")
      }
      if let stopped = world.reports.stopped.first {
        throw Finding(.stopped, "in the undisturbed run under epoch \(epoch): \(stopped)")
      }
      return try Outcome(of: world)
    } catch let failure as Finding {
      throw failure
    } catch {
      throw Finding(.stopped, "the undisturbed run under epoch \(epoch): \(error)")
    }
  }

  private var calm: Shape {
    var shape = Shape()
    shape.partitions = scenario.shape.partitions
    shape.commitInterval = 1
    shape.isUpstreamTransactional = scenario.shape.isUpstreamTransactional
    return shape
  }
}
