// Owns the guarantee that no fault of a worker overspends a budget or answers a claim twice, on a real broker, with real
// processes.
import FaultKit
import Foundation
import Testing

@Suite(.serialized, .realBroker) struct BudgetFaultTests {
  private func proof(
    _ make: (_ brokers: [String], _ folder: URL, _ prefix: String) -> BudgetProof.Settings
  ) throws -> (BudgetProof.Result, [Round]) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(TestBroker.unique("answerable-budgets"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = make(try TestBroker.bootstrapServers(), folder, TestBroker.unique("budgets") + ".")
    var dice = FaultDice(
      seed: 3, workers: settings.workers, brokers: 1, sessionMilliseconds: Storm.sessionSeconds * 1000,
      only: .killWorker)
    var rounds: [Round] = []
    let result = try BudgetProof(settings, nodes: []).run(&dice) { rounds.append($0) }
    return (result, rounds)
  }

  /// `Tests/Faults/run --workload delegation` does the same for as long as one likes, with brokers that die too.
  @Test func noBudgetIsOverspentByWorkersThatDie() throws {
    let (result, rounds) = try proof { brokers, folder, prefix in
      .crowded(
        brokers: brokers, policy: FlowDeployment.policy, folder: folder, prefix: prefix, requests: 600,
        euros: 500)
    }
    #expect(result.verdict.faults.isEmpty, "\(result.verdict.faults.prefix(10).joined(separator: "\n"))")
    #expect(result.doubts.isEmpty, "\(result.doubts)")
    // What was judged is worth it.
    #expect(!rounds.isEmpty)
    for answer in ["approved", "referred", "declined", "settled", "returned", "refused"] {
      #expect(result.verdict.answers[answer] ?? 0 > 0, "nothing was \(answer): \(result.verdict.answers)")
    }
  }

  /// `Tests/Faults/run --workload last-euro` does it a thousand times.
  @Test func oneOfThoseWhoAskForTheLastEuroGetsIt() throws {
    let (result, rounds) = try proof { brokers, folder, prefix in
      .lastEuro(
        brokers: brokers, policy: FlowDeployment.policy, folder: folder, prefix: prefix, runs: 50)
    }
    #expect(result.wrongLastEuros(of: 50) == [])
    #expect(result.verdict.faults.isEmpty, "\(result.verdict.faults.prefix(10).joined(separator: "\n"))")
    #expect(result.doubts.isEmpty, "\(result.doubts)")
    #expect(!rounds.isEmpty)
  }
}
