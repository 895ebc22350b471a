// Owns the command line: which seeds, which workloads, which bug.
import Console
import Foundation
import Simulation
import Synchronization

/// The exit code of a run; the console's own codes know nothing of classes of failure.
final class Result: Sendable {
  private let value = Mutex<Int32?>(nil)
  var code: Int32? { value.withLock { $0 } }
  func set(_ code: Int32) { value.withLock { $0 = code } }
}

enum SimulateCommand {
  private static let seeds = Option<Int>.integer(
    "seeds", nil, "N", "How many seeds; each runs every workload.", in: 1...Int(Int32.max), default: 1_000)
  private static let from = Option<Int>.integer(
    "from", nil, "SEED", "The first seed.", in: 0...Int.max, default: 0)
  private static let seed = Option<Int?>.value(
    "seed", nil, "SEED", "Runs one seed again and prints its scenario, passed or not.", default: nil
  ) { text throws(BadValue) in
    guard let seed = Int(text), seed >= 0 else { throw BadValue("\"\(text)\" is not a seed: 0 or more") }
    return seed
  }
  private static let workload = Option<[WorkloadName]>.value(
    "workload", nil, "NAME", "One workload only.", default: WorkloadName.allCases, defaultText: "all",
    allowed: WorkloadName.allCases.map(\.rawValue)
  ) { text throws(BadValue) in
    guard let name = WorkloadName(rawValue: text) else {
      throw BadValue(
        "\"\(text)\" is no workload: \(WorkloadName.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return [name]
  }
  private static let bug = Option<PlantedBug?>.value(
    "bug", nil, "NAME", "Plants a bug; succeeds when a seed catches it.", default: nil,
    allowed: PlantedBug.allCases.map(\.rawValue)
  ) { text throws(BadValue) in
    guard let bug = PlantedBug(rawValue: text) else {
      throw BadValue("\"\(text)\" is no bug: \(PlantedBug.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return bug
  }
  private static let bugs = Option<Bool>.flag(
    "bugs", nil, "Plants every bug, one after the other; succeeds when each is caught.", isConfigurable: false
  )
  private static let saga = Option<Bool>.flag(
    "saga", nil,
    "Plays scripted remedies, each time with one call of one transaction aborted; succeeds when all come to the same.",
    isConfigurable: false)
  private static let trace = Option<Bool>.flag(
    "trace", nil, "With --seed: prints every call and report of the smallest scenario that fails.",
    isConfigurable: false)
  private static let threads = Option<Int>.integer(
    "threads", nil, "N", "Threads that run seeds.", in: 1...256,
    default: ProcessInfo.processInfo.activeProcessorCount, defaultText: "one a core")

  static func command(_ result: Result) -> Command {
    Command(
      "simulate", "workers in a world of faults, seed by seed, compared with an undisturbed run",
      details: [
        "Each seed draws a scenario: processes killed and frozen at any call, zombies that thaw, rebalances, copies, "
          + "slow, failed and unknown commits, torn restores, clocks that are off, policies that change. The workload "
          + "runs through it on the in-memory log; then everything is healed and has to get through, and what was "
          + "committed has to equal, byte for byte, what an undisturbed run commits. A seed that fails is a bug: it is "
          + "printed with its scenario, made as small as it still fails.",
        "Equal means: every output topic and the dead letters hold, from each source partition, the same sequence of "
          + "records with the same keys, values and headers; the changelog, compacted, holds the same state; the group "
          + "stands at the same offsets with the same counters. Offsets and append times of outputs are not compared, nor "
          + "how different source partitions interleave. Where policies change, each record has to be the one of the "
          + "undisturbed run under the policy whose epoch it names; epochs never go back, and one transaction has one.",
        "Exit codes: 0 passed, or every planted bug caught. 1 a planted bug was not caught. "
          + Finding.Class.allCases.map { "\($0.exitCode) \($0.meaning)" }.joined(separator: ". ")
          + ". 64 the command line is wrong. 70 it could not be run. Above 128: a trap; the seeds at hand are printed.",
        "Bugs: " + PlantedBug.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: "; ") + ".",
      ],
      options: [
        OptionGroup(
          "Options",
          [
            seeds.spec, from.spec, seed.spec, workload.spec, bug.spec, bugs.spec, saga.spec, trace.spec,
            threads.spec,
          ]),
        OptionGroup("Everywhere", [Application.configuration.spec, Application.color.spec]),
      ],
      examples: [
        Example("swift run -c release simulate --seeds 10000", "Ten thousand seeds, every workload."),
        Example(
          "swift run -c release simulate --seed 17 --workload count", "One seed again, with its scenario."),
        Example(
          "swift run -c release simulate --saga", "Each transaction of remedies, aborted at each point."),
        Example("swift run -c release simulate --bugs", "Is each planted bug found within 1,000 seeds?"),
      ],
      body: { invocation, terminal in
        if invocation[saga] {
          let run = SagaRun(saga: try SagaSweep(), threads: invocation[threads], terminal: terminal)
          result.set(try run.run())
          return .success
        }
        let sweep = Sweep(
          workloads: try Workloads(), names: invocation[workload], threads: invocation[threads], terminal)
        if let one = invocation[seed] {
          result.set(try sweep.repeatSeed(UInt64(one), bug: invocation[bug], trace: invocation[trace]))
        } else if invocation[bugs] || invocation[bug] != nil {
          let planted = invocation[bug].map { [$0] } ?? PlantedBug.allCases
          result.set(try sweep.hunt(planted, seeds: range(invocation)))
        } else {
          result.set(try sweep.run(range(invocation)))
        }
        return .success
      })
  }

  private static func range(_ invocation: Invocation) -> Range<UInt64> {
    let first = UInt64(invocation[from])
    return first..<first &+ UInt64(invocation[seeds])
  }
}
