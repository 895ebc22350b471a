// Owns the promise that crashes, freezes, rebalances, lost answers and fencings at any step lose and double nothing.
import Foundation
import Kafka
import Testing

@testable import Streams

@Suite struct SimulationTests {
  /// How many seeds each promise is tried with: `ANSWERABLE_TEST_SEEDS`, by default 100.
  static let seeds =
    UInt64(ProcessInfo.processInfo.environment["ANSWERABLE_TEST_SEEDS"] ?? "") ?? 100

  /// What is wrong with a forwarder's run; nil when every record is once where it belongs, in order.
  private func judgeForwarding(_ seed: UInt64, bugs: PlantedBugs = []) throws -> String? {
    let scenario = Scenario(seed: seed)
    var simulation = try Simulation(scenario, Role(TestWorld.forwarding) { Forwarder() }, bugs: bugs)
    if let reason = try simulation.run() { return "\(scenario)\n\(reason)" }
    let outputs = simulation.outputs("out")
    for (key, count) in simulation.fed where outputs[key] != (1...count).map({ "\(key)#\($0)" }) {
      return "\(scenario)\n\(key): \(outputs[key] ?? [])"
    }
    let bad = simulation.log.records("in").count { $0.valueText == "bad" }
    let dead = simulation.log.records("dead").count
    return dead == bad ? nil : "\(scenario)\n\(bad) bad records, \(dead) dead letters"
  }

  /// What is wrong with a counter's run: each key counts 1…n, once each, in order; each timer fires at most
  /// once, after its count and before the next, and the last one has fired.
  private func judgeCounting(_ seed: UInt64, bugs: PlantedBugs = []) throws -> String? {
    let scenario = Scenario(seed: seed)
    var simulation = try Simulation(scenario, Role(TestWorld.counting) { Tally() }, bugs: bugs)
    if let reason = try simulation.run() { return "\(scenario)\n\(reason)\n\(simulation.reports.refusals)" }
    let outputs = simulation.outputs("out")
    for (key, count) in simulation.fed {
      let values = outputs[key] ?? []
      let counts = values.filter { $0.contains("=") }
      if counts != (1...count).map({ "\(key)=\($0)" }) { return "\(scenario)\n\(key): \(counts)" }
      for (index, value) in values.enumerated() where value.contains("!") {
        let expected = index == 0 ? "" : values[index - 1].replacing("=", with: "!")
        if value != expected || values[index - 1].contains("!") { return "\(scenario)\n\(key): \(values)" }
      }
      if values.last != "\(key)!\(count)" { return "\(scenario)\n\(key) ends with \(values.suffix(3))" }
    }
    return nil
  }

  /// The counter, with refusals.
  private struct Tally: Processor {
    private var counter = Counter(delay: 300)
    mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
      throws(TaskFailure)
    {
      if text(record.value) == "bad" {
        return context.deadLetter(Refusal(code: "bad-word", field: "", reason: ""))
      }
      try counter.process(record, (), &context)
    }
    mutating func fire<C: TaskContext>(
      timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Void, _ context: inout C
    ) throws(TaskFailure) {
      try counter.fire(timer: key, due: due, (), &context)
    }
  }

  @Test(arguments: 0..<seeds)
  func aStatelessRoleLosesAndDoublesNothing(seed: UInt64) throws {
    let verdict = try judgeForwarding(seed)
    #expect(verdict == nil)
  }

  @Test(arguments: 0..<seeds)
  func aStatefulRoleWithTimersLosesAndDoublesNothing(seed: UInt64) throws {
    let verdict = try judgeCounting(seed)
    #expect(verdict == nil)
  }

  @Test(arguments: [
    PlantedBugs.commitBeforeFlush, .skippedAbort, .lostTimer, .overlayDroppedAfterUnknownCommit,
    .stateOutsideTransaction, .restoreToLastStableOffset,
  ])
  func aPlantedBugIsFoundWithinAHundredSeeds(bug: PlantedBugs) throws {
    for seed in UInt64(0)..<100 where try judgeCounting(seed, bugs: bug) != nil { return }
    Issue.record("no seed finds it")
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    func bytes() throws -> [UInt8] {
      var simulation = try Simulation(Scenario(seed: 11), Role(TestWorld.counting) { Counter() })
      _ = try simulation.run()
      return simulation.log.dump()
    }
    #expect(try bytes() == bytes())
  }
}
