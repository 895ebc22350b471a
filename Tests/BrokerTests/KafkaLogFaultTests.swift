// What a member says when its cluster freezes or dies in the middle of a commit.
import BrokerSupport
import Dispatch
import Kafka
import Roles
import Streams
import Testing

@Suite(.ownBroker, .serialized)
struct KafkaLogFaultTests {
  private func open(_ broker: BrokerProcess, topic: String) throws -> (KafkaLog, KafkaMember) {
    var configuration = try TestBroker.configuration([broker.bootstrapServers])
    configuration.socketTimeout = .seconds(2)
    let log = try KafkaLog(configuration)
    let member = try log.member(
      MemberConfiguration(group: "g", transactionalID: "tx", outputs: [topic]))
    try member.initTransactions()
    return (log, member)
  }

  /// Does something to the broker a while after this call, on another thread.
  private func later(_ milliseconds: Int, _ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: body)
  }

  @Test func aCommitThatWasRetriedBehindOurBackIsUnknown() throws {
    let broker = try BrokerProcess(home: BrokerEnvironment.home!)
    defer { broker.remove() }
    let topic = try TestBroker.topic("out", on: [broker.bootstrapServers])
    let (_, member) = try open(broker, topic: topic)
    try member.begin()
    try member.send("one")
    broker.freeze()
    later(3500) { broker.thaw() }
    let outcome = member.commit()
    guard case .unknown = outcome else {
      Issue.record("expected unknown, got \(outcome)")
      return
    }
    // A new producer goes on.
    try member.initTransactions()
    try member.begin()
    try member.send("two")
    #expect(member.commit() == .committed)
    var nobody = Recording()
    member.close(&nobody)
  }

  @Test func aTopicIsReadFromTheMomentItsBrokerIsBack() throws {
    let broker = try BrokerProcess(home: BrokerEnvironment.home!)
    defer { broker.remove() }
    let topic = try TestBroker.topic("kept", partitions: 12, on: [broker.bootstrapServers])
    let (log, member) = try open(broker, topic: topic)
    try member.begin()
    for number in 0..<120 { try member.send("\(number)", key: "\(number)") }
    #expect(member.commit() == .committed)
    var nobody = Recording()
    member.close(&nobody)
    let all = Set((0..<120).map(String.init))
    func read() throws -> Set<String> {
      var values: Set<String> = []
      try RecordScan(log).read([topic]) { record in
        values.insert(String(decoding: record.value ?? [], as: UTF8.self))
        return true
      }
      return values
    }
    // A commit returns before its markers are written; a broker that dies in between has to finish it first.
    let end = ContinuousClock.now + .seconds(20)
    while try read() != all, ContinuousClock.now < end {}
    broker.kill()
    try broker.start()
    // Its partitions may have no leader yet; the scan waits for them.
    #expect(try read() == all)
  }

  @Test func aMemberLeavesInTimeWhenTheClusterIsFrozen() throws {
    let broker = try BrokerProcess(home: BrokerEnvironment.home!)
    defer { broker.remove() }
    let brokers = [broker.bootstrapServers]
    let topic = try TestBroker.topic("in", on: brokers)
    try TestBroker.start(group: "g", topic, on: brokers)
    let (_, member) = try open(broker, topic: topic)
    var heard = Recording()
    try member.subscribe([topic])
    try #require(member.poll(&heard) { !$0.assignment.isEmpty })
    try member.begin()
    try member.send("open")
    broker.freeze()
    let clock = ContinuousClock()
    let took = clock.measure { member.close(&heard) }
    #expect(heard.revocations.flatMap(\.partitions) == [TopicPartition(topic: topic, partition: 0)])
    #expect(took < .seconds(25), "a container gets 30 s to end")
  }

  @Test func aBrokerThatDiesDuringACommitNeverYieldsACertainAnswerItDoesNotHave() throws {
    let broker = try BrokerProcess(home: BrokerEnvironment.home!)
    defer { broker.remove() }
    let topic = try TestBroker.topic("out", on: [broker.bootstrapServers])
    let (log, member) = try open(broker, topic: topic)
    try member.begin()
    try member.send("one")
    // Frozen first, so that the commit is certainly on its way when the broker dies.
    broker.freeze()
    later(500) {
      broker.kill()
      try? broker.start()
    }
    let outcome = member.commit()
    let partition = TopicPartition(topic: topic, partition: 0)
    switch outcome {
    case .committed:
      Issue.record("the answer came from a broker that had died")
    case .unknown, .mustAbort, .fenced, .fatal:
      break
    }
    try member.initTransactions()
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    #expect(
      try reader.bounds(of: partition, .readCommitted) == reader.bounds(of: partition, .readUncommitted),
      "the new producer finished what was open")
    var nobody = Recording()
    member.close(&nobody)
  }
}
