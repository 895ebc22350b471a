// Owns `bench restore`: a million keys back from a changelog that holds much more than them.
import Console
import Kafka
import RawClient
import Roles
import Streams

enum RestoreCommand {
  static let keys = Option<Int>.integer(
    "keys", nil, "N", "Keys that live at the end.", in: 10_000...20_000_000, default: 1_000_000)

  static let command = Command(
    "restore", "restore a million keys from a dirty changelog on a real broker",
    details: [
      "A worker writes the keys, a quarter more that it deletes again, and rewrites three quarters of them; a "
        + "transaction in between is aborted, and nothing is compacted. Keys have 34 bytes, values 128, one key in four "
        + "has a timer. Then a new process restores all of it, on one thread."
    ],
    options: [OptionGroup("Options", [keys.spec, Common.rounds.spec])],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let role = KeyedStateRole(prefix: BenchBroker.prefix())
      try role.create(on: broker.configuration)
      let keys = invocation[keys] / batch * batch
      try write(keys, role, broker)
      var found: [RestoreFigures] = []
      for _ in 0..<invocation[Common.rounds] {
        let figures = try worker(role, broker, records: 0)
        guard figures.entries == keys else {
          throw BenchFailure("\(figures.entries) keys were restored, not \(keys)")
        }
        found.append(figures)
      }
      try report(found).print(to: terminal)
      try broker.clear(prefix: role.prefix)
      return .success
    })

  /// Keys in one record of the source.
  private static let batch = 500

  private static func write(_ keys: Int, _ role: KeyedStateRole, _ broker: BenchBroker) throws {
    func orders(_ range: Range<Int>, version: Int) -> [KeyedState.Order] {
      stride(from: range.lowerBound, to: range.upperBound, by: batch).map {
        .init(first: $0, count: min(batch, range.upperBound - $0), version: version)
      }
    }
    let extra = keys..<(keys + keys / 4)
    try run(orders(0..<extra.upperBound, version: 1), role, broker)
    var error = raw_error()
    let isAborted = broker.list.withCString { brokers in
      role.changelog.withCString { topic in
        // A record that would be unreadable, were it read.
        raw_write_aborted(brokers, topic, KeyedStateRole.partitions, Int64(keys / 20), "?", 1, &error)
      }
    }
    guard isAborted else { throw BenchFailure(error.message) }
    try run(
      orders(0..<(keys / 2), version: 2) + orders(extra, version: 0) + orders(0..<(keys / 4), version: 3),
      role,
      broker)
  }

  /// Gives the orders to a worker and waits until they are carried out. A range keeps its partition, because state
  /// belongs to one.
  private static func run(_ orders: [KeyedState.Order], _ role: KeyedStateRole, _ broker: BenchBroker) throws
  {
    let appender = try RecordAppender(
      KafkaLog(broker.configuration), topics: [role.source], transactionalID: role.prefix + "orders")
    defer { appender.close() }
    for order in orders {
      let partition = Int32(order.first / batch % Int(KeyedStateRole.partitions))
      try appender.append(0, partition: partition, key: nil, value: Array(order.text.utf8))
    }
    try appender.commit()
    _ = try worker(role, broker, records: orders.count)
  }

  private static func worker(
    _ role: KeyedStateRole, _ broker: BenchBroker, records: Int
  ) throws -> RestoreFigures {
    try ChildProcess([
      "restore-worker", "--brokers", broker.list, "--prefix", role.prefix, "--records", "\(records)",
    ]).finish(RestoreFigures.self)
  }

  private static func report(_ found: [RestoreFigures]) -> Report {
    var report = Report("restore", columns: ["", "median", "worst", ""])
    func row(
      _ title: String, _ name: String, _ digits: Int, _ goal: String, _ value: (RestoreFigures) -> Double
    ) {
      let values = found.map(value)
      let (median, worst) = (values.median ?? .nan, values.max() ?? .nan)
      report.figure(name, median)
      report.row([title, median.text(digits), worst.text(digits), goal])
    }
    let seconds = found.map { Double($0.microseconds) / 1e6 }.median ?? .nan
    let megabytes = found.map { Double($0.peakBytes) / 1e6 }.median ?? .nan
    row("keys", "keys", 0, "") { Double($0.entries) }
    row("timers", "timers", 0, "") { Double($0.timers) }
    row("changelog records", "records", 0, "") { Double($0.restored) }
    row("seconds until every task runs", "seconds", 2, Common.goal("10 or less", seconds <= 10)) {
      Double($0.microseconds) / 1e6
    }
    row("CPU, seconds", "cpuSeconds", 2, "") { Double($0.cpuMicroseconds) / 1e6 }
    row("peak memory, MB", "memory", 0, Common.goal("400 or less", megabytes <= 400)) {
      Double($0.peakBytes) / 1e6
    }
    row("of which state, MB", "stateMemory", 0, "") { Double($0.stateBytes) / 1e6 }
    return report
  }
}
