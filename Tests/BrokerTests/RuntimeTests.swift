// Owns the runtime's promise on a real broker: three workers, one frozen beyond its session and thawed again, and
// every record counted once, every timer fired once, the changelog equal to what was published.
import Kafka
import Streams
import Synchronization
import Testing

/// Counts records by key, and half a second after the last one says so.
private struct Counter: Processor {
  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
    throws(TaskFailure)
  {
    guard let key = record.key else { throw TaskFailure("a record without a key") }
    let count = Int(Self.text(context.get(key)) ?? "0").map { $0 + 1 } ?? 1
    Self.withBytes("\(count)") { context.put(key, $0) }
    publish("=", key, &context)
    context.setTimer(key, due: context.now + 500)
  }

  mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Void, _ context: inout C
  ) throws(TaskFailure) {
    publish("!", key, &context)
  }

  private func publish<C: TaskContext>(_ sign: String, _ key: UnsafeRawBufferPointer, _ context: inout C) {
    let value = sign + (Self.text(context.get(key)) ?? "")
    Self.withBytes(value) {
      context.send(
        OutputTopic(index: 0), key: key, value: $0,
        headers: UnsafeBufferPointer<HeaderView>(start: nil, count: 0))
    }
  }

  private static func text(_ bytes: UnsafeRawBufferPointer?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }
  private static func withBytes(_ text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
    var text = text
    text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}

/// A worker on a thread that can be frozen between two steps.
private final class Bench: Sendable {
  let status = WorkerStatus()
  private let frozen = Atomic<Bool>(false)
  private let losses = Atomic<Int>(0)
  private let thread = Mutex<OSThread?>(nil)

  init(_ log: KafkaLog, _ role: Role<Counter>, prefix: String, index: Int) {
    let started = OSThread.start("bench-\(index)") { [self] in
      let worker = Worker(
        log: log, role: role, identity: WorkerIdentity(transactionalPrefix: prefix), index: index,
        status: status,
        listener: { report in
          if case .lost = report.event { self.losses.add(1, ordering: .relaxed) }
        })
      while worker.state != .stopped {
        if case .failed(let reason) = worker.state {
          Issue.record("worker \(index) failed: \(reason)")
          return
        }
        if frozen.load(ordering: .acquiring) {
          OSThread.sleep(milliseconds: 10)
        } else {
          worker.step(wait: 50)
        }
      }
    }
    thread.withLock { $0 = started }
  }

  /// How often its partitions were taken away without a word.
  var lost: Int { losses.load(ordering: .relaxed) }
  var isBusy: Bool {
    let snapshot = status.current
    return snapshot.isReady && snapshot.tasks.contains { $0.state == .running }
  }
  func freeze() { frozen.store(true, ordering: .releasing) }
  func thaw() { frozen.store(false, ordering: .releasing) }
  func drain() {
    status.requestDrain()
    thread.withLock { $0 }?.join()
  }
}

@Suite(.realBroker)
struct RuntimeTests {
  private let keys = 40
  private let rounds = 50

  @Test(.timeLimit(.minutes(3)))
  func threeWorkersCountEveryRecordOnceWhileOneFreezesAndThaws() throws {
    let partitions: Int32 = 6
    var configuration = try TestBroker.configuration()
    // A frozen thread still has its heartbeats sent; what it misses are polls.
    configuration.socketTimeout = .seconds(5)
    configuration.producer.transactionTimeout = .seconds(5)
    configuration.consumer.maxPollInterval = .seconds(7)
    let log = try KafkaLog(configuration)
    let source = try TestBroker.topic("in", partitions: partitions)
    let changelog = try TestBroker.topic(
      "changes", partitions: partitions, properties: ["cleanup.policy": "compact"])
    let output = try TestBroker.topic("out", partitions: partitions)
    let group = TestBroker.unique("group")
    try TestBroker.start(group: group, source, partitions: partitions)
    let role = Role(
      RoleDefinition(
        name: "count", group: group, sources: [source], outputs: [output], changelog: changelog)
    ) { Counter() }
    let prefix = TestBroker.unique("tx")
    let benches = (0..<3).map { Bench(log, role, prefix: prefix, index: $0) }

    let writer = try log.member(
      MemberConfiguration(
        group: TestBroker.unique("writers"), transactionalID: TestBroker.unique("writer"), outputs: [source]))
    try writer.initTransactions()
    // Frozen with tasks of its own, not while it is still joining.
    let patience = ContinuousClock.now + .seconds(30)
    while !benches.allSatisfy({ $0.isBusy }), ContinuousClock.now < patience {
      OSThread.sleep(milliseconds: 50)
    }
    for round in 0..<rounds {
      if round == 5 { benches[1].freeze() }
      try writer.begin()
      for key in 0..<keys { try writer.send("x", key: "k\(key)") }
      try #require(writer.commit() == .committed)
      OSThread.sleep(milliseconds: 200)
    }
    #expect(benches[1].lost == 0)
    benches[1].thaw()
    let outputs = try published(log, output, partitions: partitions, within: 60)
    for key in 0..<keys {
      let values = outputs["k\(key)"] ?? []
      #expect(values.filter { $0.hasPrefix("=") } == (1...rounds).map { "=\($0)" })
      let fired = values.filter { $0.hasPrefix("!") }
      #expect(Set(fired).count == fired.count)
      #expect(values.last == "!\(rounds)")
    }
    #expect(benches[1].lost == 1)
    for bench in benches { bench.drain() }
    let state = try read(log, changelog, partitions: partitions)
      .filter { $0.key.first == 1 }
      .mapValues { $0.last }
    #expect(state.count == keys)
    #expect(state.values.allSatisfy { $0 == "\(rounds)" })
  }

  /// The output by key, once every key's last timer has fired or the time is over.
  private func published(_ log: KafkaLog, _ topic: String, partitions: Int32, within seconds: Int) throws
    -> [String: [String]]
  {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    while true {
      let outputs = Dictionary(
        uniqueKeysWithValues: try read(log, topic, partitions: partitions).map {
          (String(decoding: $0.key, as: UTF8.self), $0.value)
        })
      let done = outputs.values.count { $0.last == "!\(rounds)" }
      if done == keys || clock.now > deadline { return outputs }
      OSThread.sleep(milliseconds: 500)
    }
  }

  private struct Collected: ReaderEvents {
    var values: [[UInt8]: [String]] = [:]
    var ends: [TopicPartition: Int64] = [:]

    mutating func record(_ record: RecordView) {
      guard let key = record.key, let value = record.value else { return }
      values[Array(key), default: []].append(String(decoding: value, as: UTF8.self))
    }
    mutating func endReached(_ partition: TopicPartition, offset: Int64) { ends[partition] = offset }
    mutating func failed(_ error: KafkaError) { Issue.record("\(error)") }
  }

  /// The committed values of a topic by key, in order.
  private func read(_ log: KafkaLog, _ topic: String, partitions: Int32) throws -> [[UInt8]: [String]] {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var starts: [TopicPartition: Int64] = [:]
    for partition in 0..<partitions { starts[TopicPartition(topic: topic, partition: partition)] = 0 }
    try reader.assign(starts, topics: [topic])
    var collected = Collected()
    while collected.ends.count < Int(partitions) {
      _ = reader.poll(milliseconds: 200, limit: 10_000, &collected)
    }
    return collected.values
  }
}
