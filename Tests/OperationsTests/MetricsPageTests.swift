// Owns the guarantee that the page holds every metric that is documented, once, and nothing else.
import Kafka
import Streams
import Testing

@testable import Operations

struct MetricsPageTests {
  private func page(
    _ workers: [String: [WorkerSnapshot]], clients: [ClientStatistics] = [],
    reasons: [String: [String]] = [:]
  ) -> (text: String, parsed: Exposition) {
    var sources = OperationsPages.Sources(version: "1.2.3", stuckAfter: 60_000) { workers }
    sources.clients = { clients }
    sources.reasons = reasons
    let answer = OperationsPages(sources).answer(HTTPRequest(method: "GET", path: "/metrics"))
    #expect(answer.status == 200)
    #expect(answer.contentType == "text/plain; version=0.0.4; charset=utf-8")
    return (answer.body, Exposition(answer.body))
  }

  /// Two clients as a worker has them.
  private var clients: [ClientStatistics] {
    var broker = ClientStatistics.Broker()
    broker.name = "kafka-1:9092/1"
    broker.id = 1
    broker.state = "UP"
    broker.roundTrip.p99 = 2_500
    broker.requestTimeouts = 4
    var idle = broker
    idle.name = "kafka-2:9092/2"
    idle.state = "INIT"
    var bootstrap = broker
    bootstrap.name = "kafka:9092/bootstrap"
    bootstrap.id = -1
    var consumer = ClientStatistics()
    consumer.client = "answerable#consumer-1"
    consumer.group = .init()
    consumer.group?.rebalances = 3
    consumer.brokers = [broker, idle, bootstrap]
    var partition = ClientStatistics.Partition()
    partition.fetchedRecords = 7
    partition.fetchedBytes = 700
    consumer.partitions = [partition, partition]
    var producer = ClientStatistics()
    producer.client = "answerable#producer-2"
    producer.transaction = .init()
    producer.queuedRecords = 11
    producer.brokers = [broker]
    return [producer, consumer]
  }

  private var busy: WorkerSnapshot {
    var snapshot = WorkerSnapshot.of(
      .running,
      tasks: [
        .of(
          "feedback", 0, committed: 5, lag: 2,
          gauges: [RoleGauge("open-cases"): 3, RoleGauge("evidence-behind"): 2_500]),
        .of("feedback", 2, gauges: [RoleGauge("open-cases"): 4, RoleGauge("evidence-behind"): 500]),
        .of("feedback", 1, .failed("bad"), lag: nil),
      ])
    snapshot.epoch = 17
    snapshot.counters.records = 10
    snapshot.counters.forwarded = 7
    snapshot.counters.deadLettered = ["invalid-json": 3]
    snapshot.counters.aborts = ["log-abortable": 1]
    snapshot.counters.errors = [.retriable: 5]
    snapshot.counters.own = [
      RoleCounter("decision", "opened"): 4, RoleCounter("escalation", "rung"): 2,
      RoleCounter("mark", "heard"): 7, RoleCounter("answer", "approved"): 3,
      RoleCounter("approval", "signed"): 3,
    ]
    snapshot.counters.restores = 2
    snapshot.counters.restoreMilliseconds = 1_500
    return snapshot
  }

  @Test func everyDocumentedMetricIsServedAndNoOther() {
    let (_, parsed) = page(["intake": [busy]], clients: clients)
    #expect(parsed.mistakes == [])
    #expect(Set(parsed.types.keys) == Set(Metric.all.map(\.name)))
    #expect(Set(parsed.values.keys.map { parsed.family(of: $0.name) }) == Set(Metric.all.map(\.name)))
    for metric in Metric.all { #expect(parsed.types[metric.name] == metric.kind.rawValue) }
  }

  /// The twelfth mistake of the field: a leaderboard of absolute scores. What is served counts machines' work; nothing of
  /// it can be told apart by team or by person, so that none can be made of it.
  @Test func fieldMistake12NothingThatIsServedRanksTeamsOrPeople() {
    let known: Set = [
      "role", "worker", "topic", "partition", "reason", "cause", "class", "state", "decision", "type", "mark",
      "answer", "approval", "client", "broker", "version", "librdkafka",
    ]
    for metric in Metric.all { #expect(known.isSuperset(of: metric.labels), "\(metric.name)") }
  }

  @Test func namesFollowPrometheusConventions() throws {
    let name = try Regex("^(answerable|process)_[a-z0-9_]+$")
    for metric in Metric.all {
      #expect(try name.wholeMatch(in: metric.name) != nil, "\(metric.name)")
      #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
      if metric.kind == .histogram { #expect(metric.name.hasSuffix("_seconds")) }
      #expect(metric.help.hasSuffix("."), "\(metric.name) is explained in a sentence")
    }
    #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
  }

  @Test func valuesAreThoseOfTheSnapshots() {
    let (_, parsed) = page(["intake": [busy, .of(.waiting)]], clients: clients)
    let first = ["role": "intake", "worker": "0"]
    #expect(parsed.value("answerable_records_total", first) == 10)
    #expect(parsed.value("answerable_records_forwarded_total", first) == 7)
    #expect(
      parsed.value("answerable_dead_letters_total", first.merging(["reason": "invalid-json"]) { $1 }) == 3)
    #expect(parsed.value("answerable_aborts_total", first.merging(["cause": "log-abortable"]) { $1 }) == 1)
    #expect(parsed.value("answerable_errors_total", first.merging(["class": "retriable"]) { $1 }) == 5)
    #expect(parsed.value("answerable_restore_seconds_total", first) == 1.5)
    #expect(
      parsed.value("answerable_casework_decisions_total", first.merging(["decision": "opened"]) { $1 }) == 4)
    #expect(
      parsed.value("answerable_casework_escalations_total", first.merging(["type": "rung"]) { $1 }) == 2)
    #expect(parsed.value("answerable_casework_open_cases", first) == 7, "of all tasks")
    #expect(parsed.value("answerable_casework_evidence_behind_seconds", first) == 2.5, "of the worst one")
    #expect(
      parsed.value("answerable_casework_open_cases", ["role": "intake", "worker": "1"]) == nil,
      "absent where no task says any")
    #expect(parsed.value("answerable_policy_epoch", first) == 17)
    #expect(parsed.value("answerable_policy_epoch", ["role": "intake", "worker": "1"]) == nil)
    #expect(parsed.value("answerable_tasks", first.merging(["state": "failed"]) { $1 }) == 1)
    #expect(parsed.sum("answerable_worker_state", ["worker": "1"]) == 1)
    #expect(parsed.sum("answerable_worker_state", ["worker": "1", "state": "waiting"]) == 1)
    #expect(
      parsed.value("answerable_lag_records", ["role": "intake", "topic": "feedback", "partition": "0"]) == 2)
    #expect(parsed.sum("answerable_lag_records", ["partition": "1"]) == 0, "an unknown lag is absent")
    #expect(parsed.value("answerable_client_read_ahead_records", ["client": "answerable#consumer-1"]) == 14)
    #expect(parsed.value("answerable_client_send_queue_records", ["client": "answerable#producer-2"]) == 11)
    let connection = ["client": "answerable#consumer-1", "broker": "kafka-1:9092/1"]
    #expect(parsed.value("answerable_client_round_trip_p99_seconds", connection) == 0.0025)
    #expect(!parsed.values.keys.contains { $0.labels["broker"] == "kafka-2:9092/2" }, "never needed")
    #expect(!parsed.values.keys.contains { $0.labels["broker"] == "kafka:9092/bootstrap" })
  }

  @Test func whatCanHappenIsWrittenAsZeroBeforeItDoes() {
    let (_, parsed) = page(["intake": [.of(.running)]], reasons: ["intake": ["invalid-json", "too-deep"]])
    let labels = ["role": "intake", "worker": "0"]
    #expect(parsed.value("answerable_dead_letters_total", labels.merging(["reason": "too-deep"]) { $1 }) == 0)
    for cause in AbortCause.words {
      #expect(parsed.value("answerable_aborts_total", labels.merging(["cause": cause]) { $1 }) == 0)
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func anySnapshotMakesAPageWithoutMistakes(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let workers = ["a": [random.snapshot(), random.snapshot()], "b\"\n": [random.snapshot()]]
    let (_, parsed) = page(workers, clients: clients)
    #expect(parsed.mistakes == [])
    #expect(
      parsed.sum("answerable_records_total")
        == Double(workers.values.joined().reduce(0) { $0 + $1.counters.records }))
    // One family's lines stand together.
    let families = parsed.order.map { parsed.family(of: $0.name) }
    let runs = zip(families, families.dropFirst()).count { $0 != $1 } + 1
    #expect(runs == Set(families).count)
  }

  @Test(.enabled(if: Promtool.path != nil, "promtool is not installed (Debian package prometheus)"))
  func promtoolFindsNothingToSay() throws {
    let (text, _) = page(["intake": [busy, .of(.waiting)]], clients: clients)
    let (status, output) = try Promtool.run(["check", "metrics"], input: text)
    #expect(status == 0)
    #expect(output == "")
  }
}
