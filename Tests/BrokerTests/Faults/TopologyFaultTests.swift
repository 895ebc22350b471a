// Owns the guarantee that no fault of a worker changes what is decided about a case, on a real broker, with real
// processes.
import FaultKit
import Foundation
import Testing

@Suite(.serialized, .realBroker) struct TopologyFaultTests {
  /// Half of the week. `Tests/Faults/run --workload topology` plays all of it and an evening on which ladders are climbed,
  /// for as long as one likes.
  @Test func killingWorkersThroughoutTheWeekChangesNoDecision() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(TestBroker.unique("answerable-week"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = TopologyProof.Settings(
      brokers: try TestBroker.bootstrapServers(), policy: FlowDeployment.policy,
      events: FlowDeployment.events,
      folder: folder, prefix: TestBroker.unique("week") + ".")
    (settings.waves, settings.weekSeconds, settings.eveningSeconds) = (46, 20, 0)
    var dice = FaultDice(
      seed: 2, workers: settings.workers, brokers: 1, sessionMilliseconds: Storm.sessionSeconds * 1000)
    let verdict = try TopologyProof(settings).run(&dice)

    #expect(verdict.faults.isEmpty, "\(verdict.faults.prefix(10).joined(separator: "\n"))")
    // What was compared is worth it: each kind of fault, and decisions of every sort.
    #expect(verdict.rounds.count >= 3)
    #expect(verdict.rounds.contains { $0.fault.kind == .killWorker })
    #expect(verdict.comparison.same > 1_000, "\(verdict.comparison.same)")
    #expect(verdict.disturbed.count(.claims) > 4 && verdict.disturbed.count(.delegations) > 4)
    let decided = verdict.disturbed.sequences.filter { $0.key.topic == .caseJournal }.values.joined()
    for word in ["opened", "attached", "acted", "closed", "gathered", "linked", "answered", "refused"] {
      #expect(decided.contains { $0.contains(#""decision":"\#(word)""#) }, "nothing was \(word)")
    }
  }
}
