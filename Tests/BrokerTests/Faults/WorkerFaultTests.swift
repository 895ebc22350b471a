// Owns the guarantee that no fault of a worker loses or doubles a decision, on a real broker, with real
// processes.
import FaultKit
import Foundation
import Glibc
import Kafka
import Roles
import Streams
import Testing

@Suite(.serialized, .realBroker) struct WorkerFaultTests {
  @Test func killingAWorkerLosesAndDoublesNothing() throws {
    try surviving { workers in
      workers[0].send(SIGKILL)
      #expect(workers[0].wait(seconds: 5) != nil)
    }
  }

  @Test func aWorkerThatThawsAfterItsSessionEndedLosesAndDoublesNothing() throws {
    try surviving { workers in
      workers[0].send(SIGSTOP)
      // Past the session timeout of 6 s: its partitions are with the others when it wakes.
      Thread.sleep(forTimeInterval: 9)
      workers[0].send(SIGCONT)
      Thread.sleep(forTimeInterval: 3)
      #expect(workers[0].isRunning, "the thawed worker should take part again:\n\(workers[0].log)")
    }
  }

  @Test func aWorkerThatIsAskedToStopDrainsAndLosesAndDoublesNothing() throws {
    try surviving { workers in
      workers[0].send(SIGTERM)
      #expect(workers[0].wait(seconds: 10) == 0, "\(workers[0].log)")
    }
  }

  /// Three workers under load, one fault, then the referee.
  private func surviving(_ fault: ([WorkerProcess]) throws -> Void) throws {
    let brokers = try TestBroker.bootstrapServers().joined(separator: ",")
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(TestBroker.unique("answerable-faults"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let prefix = TestBroker.unique("faults") + "."
    let environment = [
      "ANSWERABLE_BROKERS": brokers, "ANSWERABLE_PREFIX": prefix,
      "ANSWERABLE_SECRET": "a secret for tests only, long enough",
      "ANSWERABLE_SESSION_TIMEOUT": "6s",
    ]
    try WorkerProcess.run(["topics", "apply", "--partitions", "6"], environment: environment, folder: folder)
    try WorkerProcess.run(["policy", "publish", Self.policy], environment: environment, folder: folder)

    let workers = try (0..<3).map {
      try WorkerProcess(["run", "intake"], environment: environment, folder: folder, name: "worker-\($0)")
    }
    let log = try KafkaLog(TestBroker.configuration())
    let load = try EventLoad(log: log, prefix: prefix, rate: 500)
    Thread.sleep(forTimeInterval: 6)
    try fault(workers)
    Thread.sleep(forTimeInterval: 4)
    let sent = try load.stop()
    let finding = try Referee(log: log, prefix: prefix).settle(seconds: 40)
    for worker in workers where worker.isRunning {
      worker.send(SIGCONT)
      worker.send(SIGTERM)
    }
    let logs = workers.map(\.log).joined(separator: "\n---\n")
    #expect(finding.inputs.count == sent)
    #expect(sent > 2_000)
    #expect(finding.lost.isEmpty, "lost \(finding.lost.prefix(5)) of \(sent)\n\(logs)")
    #expect(finding.doubled.isEmpty, "doubled \(finding.doubled.prefix(5))\n\(logs)")
    #expect(finding.invented.isEmpty, "decided without a cause \(finding.invented.prefix(5))")
    #expect(finding.nameless == 0)
    #expect(finding.signals + finding.deadLetters == sent)
    #expect(finding.deadLetters == (0..<sent).filter { $0 % 50 == 7 }.count)
    for worker in workers { _ = worker.wait(seconds: 10) }
  }

  /// The policy that ships with the project.
  private static let policy = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Config/policy").path
}
