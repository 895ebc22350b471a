// Owns the proof that no budget is overspent: remedies from several producers against pots that are too small for them,
// while workers and brokers are killed, frozen and restarted; then what was booked is judged.
import BrokerSupport
import Foundation
import Kafka
import Roles
import Streams

/// One deployment of all three roles.
package final class BudgetProof {
  package struct Settings: Sendable {
    package var brokers: [String]
    package var replicationFactor = 1
    /// The shipped policy's folder.
    package var policy: String
    package var folder: URL
    package var prefix: String
    package var partitions = 6
    package var workers = 3
    package var producers = 4
    /// Customers with a case each.
    package var customers = 500
    package var requests = 10_000
    /// Requests a second, of all producers.
    package var rate = 50
    package var budgets: BudgetPolicy
    /// Whether people act on answers: approve, settle, give back.
    package var hasDesk = true
    /// What is asked for, by number; the case is that of `customer`.
    package var make: @Sendable (_ number: Int) -> (customer: Int, person: String, action: String, minor: Int)

    package init(
      brokers: [String], policy: String, folder: URL, prefix: String, budgets: BudgetPolicy,
      make: @escaping @Sendable (_ number: Int) -> (customer: Int, person: String, action: String, minor: Int)
    ) {
      (self.brokers, self.policy, self.folder, self.prefix) = (brokers, policy, folder, prefix)
      (self.budgets, self.make) = (budgets, make)
    }
  }

  package struct Result: Sendable {
    package var verdict: BudgetVerdict
    package var acts = 0
    package var gaveUp = 0
    /// What `answerable audit` said where it did not prove.
    package var doubts: [String] = []
  }

  private let settings: Settings
  private let nodes: [BrokerProcess]
  private let log: KafkaLog
  private let environment: [String: String]
  private static let secret = "a secret for fault runs only, long enough"

  /// Lays the deployment out and publishes its policy. `nodes` are the brokers that faults may hit.
  package init(_ settings: Settings, nodes: [BrokerProcess]) throws {
    self.settings = settings
    self.nodes = nodes
    log = try KafkaLog(Configuration(bootstrapServers: settings.brokers))
    environment = [
      "ANSWERABLE_BROKERS": settings.brokers.joined(separator: ","), "ANSWERABLE_PREFIX": settings.prefix,
      "ANSWERABLE_SECRET": Self.secret, "ANSWERABLE_SESSION_TIMEOUT": "\(Storm.sessionSeconds)s",
    ]
    let policy = settings.folder.appending(path: "\(settings.prefix)policy")
    try settings.budgets.write(settings.policy, to: policy)
    for words in [
      [
        "topics", "apply", "--partitions", "\(settings.partitions)", "--replication-factor",
        "\(settings.replicationFactor)",
      ], ["policy", "publish", policy.path],
    ] { try WorkerProcess.run(words, environment: environment, folder: settings.folder) }
  }

  /// Asks for everything, with a fault after the other from `dice` until all is asked, and judges once all is answered.
  package func run(_ dice: inout FaultDice, tell: (Round) -> Void = { _ in }) throws -> Result {
    let watch = CommitWatch(log: log, prefix: settings.prefix)
    var shape = Storm.Settings(roles: ["intake", "casework", "delegation"], workers: settings.workers)
    shape.steady = [Topic.remedies, .signals].map { $0.name(prefix: settings.prefix) }
    let storm = try Storm(
      shape, environment: environment, folder: settings.folder, nodes: nodes, watch: watch)
    defer {
      storm.end()
      watch.stop()
    }
    try storm.waitForAll(seconds: 60, for: "every worker to take part")
    let cases = try CustomerCases(settings.customers, secret: Self.secret)
    try cases.open(log, prefix: settings.prefix)
    let desk = settings.hasDesk ? RemedyDesk(log: log, prefix: settings.prefix) : nil
    let producers = (0..<settings.producers).map { number in
      Errand { [settings, log] in try Self.ask(settings, log, cases, producer: number) }
    }
    while !producers.allSatisfy(\.isDone) {
      tell(try storm.round(dice.fault()) { producers.allSatisfy(\.isDone) })
      usleep(UInt32(dice.pause()) * 1000)
    }
    for producer in producers { try producer.wait() }
    var result = Result(verdict: try settled(storm, desk))
    try desk?.stop()
    (result.acts, result.gaveUp) = (desk?.acts ?? 0, storm.gaveUp)
    storm.calm()
    let audit = try Tool(
      Tool.answerable, ["audit"], environment: environment, folder: settings.folder, seconds: 300)
    if audit.status != 0 || !audit.out.contains("proven") { result.doubts.append(audit.story) }
    return result
  }

  /// One producer's share of the requests, at its share of the rate.
  private static func ask(
    _ settings: Settings, _ log: KafkaLog, _ cases: CustomerCases, producer: Int
  ) throws {
    let mine = Array(stride(from: producer, to: settings.requests, by: settings.producers))
    let client = FrontlineProducer(log: log, prefix: settings.prefix, name: "producer-\(producer)")
    defer { client.close() }
    let batch = max(1, settings.rate / settings.producers / 10)
    var next = 0
    while next < mine.count {
      let until = ContinuousClock.now + .milliseconds(1_000 * batch * settings.producers / settings.rate)
      let numbers = mine[next..<min(mine.count, next + batch)]
      try client.send(
        remedies: numbers.map { number in
          let asked = settings.make(number)
          let caseID = cases.id(asked.customer)
          return AskedRemedy(
            id: "rem-\(number)", caseID: caseID, person: asked.person, action: asked.action,
            minor: asked.minor)
        })
      next += numbers.count
      while ContinuousClock.now < until { usleep(2_000) }
    }
  }

  /// Reads until every remedy and every claim is answered and nothing comes any more, for at most ten minutes.
  private func settled(_ storm: Storm, _ desk: RemedyDesk?) throws -> BudgetVerdict {
    let remedies = Set((0..<settings.requests).map { "rem-\($0)" })
    let end = ContinuousClock.now + .seconds(600)
    var before = (records: -1, acts: -1)
    while true {
      let verdict = try BudgetVerdict.read(
        log, prefix: settings.prefix, remedies: remedies, limit: Int64(settings.budgets.euros) * 100)
      let now = (records: verdict.answers.values.reduce(0, +), acts: desk?.acts ?? 0)
      if verdict.faults.isEmpty && now == before || ContinuousClock.now > end { return verdict }
      before = now
      Thread.sleep(forTimeInterval: 3)
      try storm.supervise()
    }
  }
}
