// Owns a run of intake: a deployment under load on brokers of its own, faults one after another, and what each cost.
import BrokerSupport
import FaultKit
import Foundation
import Kafka
import Streams

final class FaultRun {
  struct Settings {
    var home: String
    var policy: String
    var brokers: Int
    var workers: Int
    var rate: Int
    var partitions: Int
    /// Whether a restarted worker has its predecessor's name, as in a StatefulSet.
    var areWorkersNamed: Bool
  }

  private let cluster: BrokerCluster
  /// Holds the logs of workers.
  let folder: URL
  private let prefix = "faults."
  private let log: KafkaLog
  private let load: EventLoad
  private let watch: CommitWatch
  private let storm: Storm

  /// Starts everything and waits for the first decisions.
  init(_ settings: Settings) throws {
    cluster = try BrokerCluster(home: settings.home, nodes: settings.brokers)
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("answerable-faults-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let environment = [
      "ANSWERABLE_BROKERS": cluster.bootstrapServers.joined(separator: ","), "ANSWERABLE_PREFIX": prefix,
      "ANSWERABLE_SECRET": "a secret for fault runs only, long enough",
      "ANSWERABLE_SESSION_TIMEOUT": "\(Storm.sessionSeconds)s",
    ]
    try WorkerProcess.run(
      [
        "topics", "apply", "--partitions", "\(settings.partitions)", "--replication-factor",
        "\(cluster.replicationFactor)",
      ], environment: environment, folder: folder)
    try WorkerProcess.run(["policy", "publish", settings.policy], environment: environment, folder: folder)
    log = try KafkaLog(Configuration(bootstrapServers: cluster.bootstrapServers))
    let watch = CommitWatch(log: log, prefix: prefix)
    self.watch = watch
    load = try EventLoad(log: log, prefix: prefix, rate: settings.rate, isPersistent: true)
    var shape = Storm.Settings(roles: ["intake"], workers: settings.workers)
    shape.areWorkersNamed = settings.areWorkersNamed
    storm = try Storm(shape, environment: environment, folder: folder, nodes: cluster.nodes, watch: watch)
    try storm.waitForAll(seconds: 60, for: "every worker to take part and every partition to move") {
      watch.active(within: .seconds(2)).count > settings.partitions
    }
  }

  /// How often a worker gave up and was started again.
  var gaveUp: Int { storm.gaveUp }
  /// How many events went in so far.
  var sent: Int { load.count }

  /// Does one thing to the deployment and waits until all of it decides again.
  func round(_ fault: FaultKit.Fault) throws -> Round { try storm.round(fault) }

  /// Stops the load and the workers and judges everything that was written.
  func finish() throws -> (sent: Int, Referee.Finding) {
    let sent = try load.stop()
    let finding = try Referee(log: log, prefix: prefix).settle(seconds: 60)
    watch.stop()
    storm.calm()
    return (sent, finding)
  }

  /// Ends what is left of it.
  func remove(keepsLogs: Bool) {
    storm.end()
    cluster.remove()
    if keepsLogs { return }
    try? FileManager.default.removeItem(at: folder)
  }
}
