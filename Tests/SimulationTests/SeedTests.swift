// Owns the promise that nothing a seed can draw loses, doubles or changes anything, and that the judge can tell.
import Foundation
import Simulation
import Testing

@Suite struct SeedTests {
  /// How many seeds each workload is tried with: `ANSWERABLE_TEST_SEEDS`, by default 100. `simulate` runs thousands.
  static let seeds =
    UInt64(ProcessInfo.processInfo.environment["ANSWERABLE_TEST_SEEDS"] ?? "") ?? 100
  private static let workloads = Result { try Workloads() }

  @Test(arguments: WorkloadName.allCases, 0..<seeds)
  func aDisturbedRunCommitsWhatAnUndisturbedOneDoes(workload: WorkloadName, seed: UInt64) throws {
    let workloads = try Self.workloads.get()
    let trial = try workloads.run(workloads.scenario(seed: seed, workload))
    if let finding = trial.failure { Issue.record("\(finding)\n\(trial.scenario)") }
    #expect(trial.failure == nil)
  }

  @Test(arguments: PlantedBug.allCases)
  func aPlantedBugIsFoundWithinAThousandSeeds(bug: PlantedBug) throws {
    let workloads = try Self.workloads.get()
    for seed in UInt64(0)..<1_000 {
      if try workloads.run(workloads.scenario(seed: seed, bug.workload), bug: bug).failure != nil { return }
    }
    Issue.record("no seed finds it")
  }

  @Test(arguments: WorkloadName.allCases)
  func theSameSeedGivesTheSameBytes(workload: WorkloadName) throws {
    let workloads = try Self.workloads.get()
    for seed in UInt64(0)..<10 {
      let scenario = workloads.scenario(seed: seed, workload)
      #expect(workloads.scenario(seed: seed, workload) == scenario)
      #expect(try workloads.run(scenario).fingerprint == workloads.run(scenario).fingerprint)
    }
  }

  @Test func seedsMeetEverythingThatCanHappen() throws {
    let workloads = try Self.workloads.get()
    var met = Coverage()
    for seed in UInt64(0)..<60 { met.add(try workloads.run(workloads.scenario(seed: seed, .count)).coverage) }
    for item in Coverage.Item.ofWorlds { #expect(met[item] > 0, "\(item.rawValue)") }
  }

  @Test func seedsMeetEverythingThatCanBecomeOfARemedy() throws {
    let workloads = try Self.workloads.get()
    var met: [RemedyStory: Int] = [:]
    // Those in which most happens; how often, `simulate` tells of all.
    for seed in UInt64(0)..<2_000 where met.count < RemedyStory.allCases.count {
      let scenario = workloads.scenario(seed: seed, .topology)
      guard scenario.inputs.count > 200, scenario.disturbances.contains(where: { $0.event == .policy }) else {
        continue
      }
      let world = try World(workloads.topology, scenario)
      try world.disturb()
      #expect(try world.heal() == nil)
      met.merge(try workloads.topology.judgePublished(world.log).remedies, uniquingKeysWith: +)
    }
    for story in RemedyStory.allCases { #expect(met[story] ?? 0 > 0, "\(story.rawValue)") }
  }

  @Test func aScenarioThatFailsIsMadeSmallAndStillFails() throws {
    let workloads = try Self.workloads.get()
    let bug = PlantedBug.skippedAbort
    for seed in UInt64(0)..<100 {
      let scenario = workloads.scenario(seed: seed, .count)
      guard let finding = try workloads.run(scenario, bug: bug).failure, scenario.disturbances.count > 10
      else { continue }
      let small = try workloads.shrink(scenario, finding, bug: bug)
      #expect(small.disturbances.count <= 5)
      #expect(small.inputs.count < scenario.inputs.count)
      #expect(try workloads.run(small, bug: bug).failure?.kind == finding.kind)
      return
    }
    Issue.record("no seed fails with the bug")
  }
}
