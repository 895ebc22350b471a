// Owns `bench remedies`: from a remedy to the answer that others can read, through all roles, beside feedback.
import BrokerSupport
import Console
import FaultKit
import Foundation
import Kafka
import Roles
import Streams

enum RemediesCommand {
  static let rate = Option<Int>.integer(
    "rate", nil, "N", "Remedies a second.", in: 1...100_000, default: 500)
  static let feedback = Option<Int>.integer(
    "feedback", nil, "N", "Feedback events a second beside them.", in: 0...1_000_000, default: 5_000)
  static let stages = Option<Bool>.flag(
    "stages", nil,
    "Read signals and claims as well: where the time goes, at the price of two more readers on the machine.")
  static let seconds = Option<Int>.integer(
    "seconds", nil, "N", "How long to measure.", in: 1...3_600, default: 60)

  static let command = Command(
    "remedies", "from a remedy to its answer: all roles in one process, beside feedback",
    details: [
      "Starts `answerable run` as it is by default, all roles in one process, on topics as `topics apply` makes them. Each of "
        + "5,000 customers has a case; then remedies of different people and amounts come at a rate, two thirds of them "
        + "within the grant, and feedback at its own. A reader that reads committed measures how old each remedy is when "
        + "its answer arrives, from when the rate wanted it sent, whether or not the load kept up. Then the ledger is "
        + "added up. The first five seconds are not measured.",
      "Needs the program beside this one: swift build -c release --product answerable.",
    ],
    options: [OptionGroup("Options", [seconds.spec, rate.spec, feedback.spec, stages.spec])],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let world = try RemediesWorld(on: broker, remedies: invocation[rate] * (invocation[seconds] + 5))
      defer { world.close() }
      try world.measure(
        rate: invocation[rate], feedback: invocation[feedback], stages: invocation[stages]
      ).print(to: terminal)
      return .success
    })
}

/// A deployment with one worker process and a case of each customer.
final class RemediesWorld {
  private static let customers = 5_000
  private static let warmUp = 5
  private static let secret = "what benchmarks make subject keys with"
  private let broker: BenchBroker
  private let log: KafkaLog
  private let prefix = BenchBroker.prefix()
  private let folder: URL
  private let worker: WorkerProcess
  private let deck: [EventTemplate]
  /// Nobody is to wait for money here.
  private let budgets = BudgetPolicy(actions: 50, people: 40, euros: 1_000_000, upTo: 100)

  init(on broker: BenchBroker, remedies: Int) throws {
    self.broker = broker
    log = try KafkaLog(broker.configuration)
    folder = FileManager.default.temporaryDirectory.appending(path: prefix)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let environment = [
      "ANSWERABLE_BROKERS": broker.list, "ANSWERABLE_PREFIX": prefix, "ANSWERABLE_SECRET": Self.secret,
    ]
    let policy = folder.appending(path: "policy")
    try budgets.write(IntakeWorld.policyFolder, to: policy)
    for words in [["topics", "apply"], ["policy", "publish", policy.path]] {
      try WorkerProcess.run(words, environment: environment, folder: folder)
    }
    worker = try WorkerProcess(
      ["run", "--listen", "off"], environment: environment, folder: folder, name: "worker")
    let cases = try CustomerCases(Self.customers, secret: Self.secret)
    try cases.open(log, prefix: prefix)
    deck = try Self.remedies(remedies, in: cases)
  }

  func close() {
    worker.send(SIGTERM)
    if worker.wait(seconds: 10) == nil { worker.send(SIGKILL) }
    try? FileManager.default.removeItem(at: folder)
    try? broker.clear(prefix: prefix)
  }

  /// No case asks for an action twice; two thirds are within the grant.
  private static func remedies(_ count: Int, in cases: CustomerCases) throws -> [EventTemplate] {
    let ids = (0..<cases.count).map { cases.id($0) }
    return (0..<count).map { number in
      let remedy = AskedRemedy(
        id: "\u{1}", caseID: ids[number * 31 % ids.count],
        person: BudgetPolicy.person(number * 7 % 40, role: 0),
        action: BudgetPolicy.action((number + number / ids.count) % 50),
        minor: 500 + number * 7_919 % 14_500)
      return EventTemplate(kind: .remedy, text: Array(remedy.json.utf8))
    }
  }

  func measure(rate: Int, feedback: Int, stages: Bool) throws -> Report {
    let topics: [Topic] = stages ? [.delegations, .signals, .claims] : [.delegations]
    let contacts = try EventTemplates.deck(mistakes: false).filter { $0.kind == .feedback }
    let seconds = deck.count / rate
    var report = Report("remedies", columns: ["", "p50", "p99", "p99.9", "largest, ms", ""])
    var late = 0.0
    let cpu = ProcessFigures.cpuMicroseconds(of: worker.id)
    let ages = try Latency.measure(
      topics.map { $0.name(prefix: prefix) }, of: broker,
      partitions: try log.partitionCount(of: Topic.delegations.name(prefix: prefix)) ?? 1,
      capacity: (rate + feedback) * seconds, warmUp: Int64(Self.warmUp)
    ) {
      let beside = Errand { [brokers = broker.list, prefix] in
        guard feedback > 0 else { return }
        try EventLoad.send(
          contacts, count: feedback * seconds, rate: feedback, brokers: brokers, prefix: prefix)
      }
      late = try EventLoad.send(deck, count: deck.count, rate: rate, brokers: broker.list, prefix: prefix)
      try beside.wait()
    }
    let cores = Double(ProcessFigures.cpuMicroseconds(of: worker.id) - cpu) / Double(seconds) / 1e6
    for (topic, ages) in zip(topics, ages) {
      let title = topic == .delegations ? "from remedy to answer" : "until it stands on \(topic.rawValue)"
      report.row(
        [title] + [ages.p50, ages.p99, ages.p999, ages.largest].map { $0.text(0) }
          + [topic == .delegations ? Common.goal("p99 under 500 ms", ages.p99 < 500) : ""])
      for (name, value) in [("p50", ages.p50), ("p99", ages.p99), ("p999", ages.p999)] {
        report.figure("\(topic.rawValue).\(name)", value)
      }
    }
    let asked = rate * (seconds - Self.warmUp)
    report.figure("answered", Double(ages[0].count))
    report.row(["answers to \(asked) remedies at \(rate)/s", "\(ages[0].count)", "", "", "", ""])
    report.figure("cores", cores)
    report.row(["cores that the worker used beside \(feedback) events/s", cores.text(2), "", "", "", ""])
    report.figure("late", late)
    report.row(["the load's worst delay, part of the ages, ms", late.text(0), "", "", "", ""])
    let verdict = try BudgetVerdict.read(
      log, prefix: prefix, remedies: [], limit: Int64(budgets.euros) * 100)
    for (answer, count) in verdict.answers.sorted(by: { $0.key < $1.key }) {
      report.row([answer, "\(count)", "", "", "", ""])
    }
    if let fault = verdict.faults.first { throw BenchFailure("the ledger does not add up: \(fault)") }
    return report
  }
}
