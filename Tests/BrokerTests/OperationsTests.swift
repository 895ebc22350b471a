// Owns the guarantee that the pages of a worker process tell the truth, on a real broker and under load.
import BrokerSupport
import FaultKit
import Foundation
import Glibc
import Kafka
import Operations
import Roles
import Streams
import Testing

@Suite(.serialized, .realBroker) struct OperationsTests {
  /// A deployment of its own, without a policy yet.
  private final class Scene {
    let prefix = TestBroker.unique("pages") + "."
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(TestBroker.unique("pages"))
    let address: ListenAddress
    let environment: [String: String]

    init() throws {
      address = ListenAddress(host: "127.0.0.1", port: UInt16(clamping: try Ports.free(1)[0]))
      environment = [
        "ANSWERABLE_BROKERS": try TestBroker.bootstrapServers().joined(separator: ","),
        "ANSWERABLE_PREFIX": prefix, "ANSWERABLE_SECRET": "a secret for tests only, long enough",
        "ANSWERABLE_LISTEN": "\(address)",
      ]
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try WorkerProcess.run(
        ["topics", "apply", "--partitions", "3"], environment: environment, folder: folder)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func start(_ words: [String], _ name: String) throws -> WorkerProcess {
      try WorkerProcess(words, environment: environment, folder: folder, name: name)
    }

    /// Asks until the answer fits, for at most half a minute. Returns the last answer.
    @discardableResult
    func ask(_ path: String, until fits: ((status: Int, body: String)) -> Bool) -> (
      status: Int, body: String
    )? {
      let end = ContinuousClock.now + .seconds(30)
      var last: (status: Int, body: String)?
      while ContinuousClock.now < end {
        last = try? HTTPProbe.get(path, at: address)
        if let last, fits(last) { return last }
        usleep(50_000)
      }
      return last
    }
  }

  /// The sum over the series of a metric, or of those that carry this label.
  private func sum(_ page: String, _ metric: String, _ label: String = "") -> Double {
    page.split(separator: "\n").filter {
      $0.hasPrefix("\(metric){") && (label.isEmpty || $0.contains(label))
    }
    .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
  }

  /// The policy that ships with the project.
  private static let policy = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Config/policy").path

  @Test func recordsAreSignalsPlusDeadLettersAtEveryScrapeAndLagFallsToNothing() throws {
    let scene = try Scene()
    let worker = try scene.start(["run", "intake", "--threads", "2"], "worker")
    let waiting = scene.ask("/ready") { $0.body.contains("waits for a policy") }
    #expect(waiting?.status == 503, "\(worker.log)")
    #expect(try HTTPProbe.get("/live", at: scene.address).status == 200)
    #expect(try scene.start(["health"], "health").wait(seconds: 20) == 1)

    try WorkerProcess.run(
      ["policy", "publish", Self.policy], environment: scene.environment, folder: scene.folder)
    #expect(scene.ask("/ready") { $0.status == 200 }?.body == "ready\n", "\(worker.log)")
    #expect(try scene.start(["health"], "health").wait(seconds: 20) == 0)

    let log = try KafkaLog(TestBroker.configuration())
    let load = try EventLoad(log: log, prefix: scene.prefix, rate: 1_000)
    var last = 0.0
    for _ in 0..<60 {
      let page = try HTTPProbe.get("/metrics", at: scene.address).body
      let records = sum(page, "answerable_records_total")
      #expect(
        records
          == sum(page, "answerable_records_forwarded_total") + sum(page, "answerable_dead_letters_total"))
      #expect(records == sum(page, "answerable_decision_latency_seconds_count"))
      #expect(records >= last, "a counter went back")
      last = records
      usleep(100_000)
    }
    #expect(last > 1_000, "it was scraped while it worked")
    let sent = try load.stop()
    let final = scene.ask("/metrics") { answer in
      sum(answer.body, "answerable_records_total") == Double(sent)
        && sum(answer.body, "answerable_lag_records") == 0
    }
    let page = final?.body ?? ""
    let finding = try Referee(log: log, prefix: scene.prefix).count()
    #expect(sum(page, "answerable_records_total") == Double(sent), "\(worker.log)")
    #expect(sum(page, "answerable_records_forwarded_total") == Double(finding.signals))
    #expect(
      sum(page, "answerable_dead_letters_total", "reason=\"invalid-json\"") == Double(finding.deadLetters))
    #expect(sum(page, "answerable_lag_records") == 0)
    #expect(
      page.contains(
        "answerable_lag_records{role=\"intake\",topic=\"\(scene.prefix)feedback\",partition=\"2\"}"))
    #expect(sum(page, "answerable_tasks", "state=\"running\"") == 12)
    #expect(sum(page, "answerable_commit_duration_seconds_count") > 0)
    #expect(page.contains("answerable_policy_epoch{role=\"intake\",worker=\"1\"} 0"))
    #expect(sum(page, "answerable_client_broker_up") > 0, "clients have told their statistics by now")

    worker.send(SIGTERM)
    #expect(worker.wait(seconds: 10) == 0, "\(worker.log)")
    #expect(throws: ListenError.self) { try HTTPProbe.get("/live", at: scene.address) }
    #expect(try scene.start(["health"], "health").wait(seconds: 20) == 69)
  }

  @Test func aChosenPortThatIsTakenEndsTheProcessAndSaysWhichPort() throws {
    let scene = try Scene()
    let holder = try HTTPServer(scene.address) { _ in HTTPResponse(200, "") }
    defer { holder.stop() }
    let worker = try scene.start(["run", "intake"], "worker")
    #expect(worker.wait(seconds: 20) == 78)
    #expect(
      worker.log.contains("--listen \(scene.address): the port is taken: another process listens there"),
      "\(worker.log)")
  }

  @Test func aSecondWorkerOnTheMachineGoesWithoutPagesUnlessItIsGivenAPort() throws {
    let scene = try Scene()
    // Nothing chosen: whoever comes second finds the standard port taken, by the first or by somebody else.
    var environment = scene.environment
    environment["ANSWERABLE_LISTEN"] = nil
    let words = ["run", "--embedded", "--policy", Self.policy]
    let workers = try (0..<2).map { number in
      let worker = try WorkerProcess(
        words, environment: environment, folder: scene.folder, name: "worker-\(number)")
      let end = ContinuousClock.now + .seconds(20)
      while !worker.log.contains(" running "), worker.isRunning, ContinuousClock.now < end { usleep(50_000) }
      return worker
    }
    let complaint =
      "no metrics from this process: 127.0.0.1:9464: the port is taken: another process listens there; "
      + "--listen HOST:PORT gives it a port of its own"
    // Somebody else may have had it when the first came, and have left it when the second did.
    #expect(
      workers.contains { $0.log.contains(complaint) }, "\(workers.map(\.log).joined(separator: "\n---\n"))")
    for worker in workers {
      #expect(worker.log.contains(" running "), "\(worker.log)")
      worker.send(SIGTERM)
      #expect(worker.wait(seconds: 10) == 0)
    }
  }
}
