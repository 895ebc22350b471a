// Owns the choice of a workload by its name: one door to trials for tests and for the tool.

/// Every workload, ready to run. Made once: reading policies and events takes longer than a trial.
package struct Workloads: Sendable {
  package let forwarding = Forwarding()
  package let counting = Counting()
  package let intake: Intake
  package let topology: Topology

  package init() throws {
    intake = try Intake()
    topology = try Topology()
  }

  /// The scenario of a seed.
  package func scenario(seed: UInt64, _ name: WorkloadName) -> Scenario {
    switch name {
    case .forward: .draw(seed: seed, workload: name, forwarding.inputs)
    case .count: .draw(seed: seed, workload: name, counting.inputs)
    case .intake: .draw(seed: seed, workload: name, intake.inputs)
    case .topology: .draw(seed: seed, workload: name, topology.inputs)
    }
  }

  /// - Parameter trace: Hears of every call and every report, line by line.
  package func run(_ scenario: Scenario, bug: PlantedBug? = nil, trace: ((String) -> Void)? = nil) throws
    -> Trial
  {
    switch scenario.workload {
    case .forward: try Trial.run(forwarding, scenario, bug: bug, trace: trace)
    case .count: try Trial.run(counting, scenario, bug: bug, trace: trace)
    case .intake: try Trial.run(intake, scenario, bug: bug, trace: trace)
    case .topology: try Trial.run(topology, scenario, bug: bug, trace: trace)
    }
  }

  package func shrink(_ scenario: Scenario, _ failure: Finding, bug: PlantedBug? = nil) throws -> Scenario {
    let shrinker = Shrinker()
    return switch scenario.workload {
    case .forward: try shrinker.shrink(forwarding, scenario, failure, bug: bug)
    case .count: try shrinker.shrink(counting, scenario, failure, bug: bug)
    case .intake: try shrinker.shrink(intake, scenario, failure, bug: bug)
    case .topology: try shrinker.shrink(topology, scenario, failure, bug: bug)
    }
  }
}
