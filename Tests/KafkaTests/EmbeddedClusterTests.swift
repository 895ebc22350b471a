// Wire calls and error branches on librdkafka's embedded cluster. It proves nothing about exactly-once.
import Synchronization
import Testing

@testable import Kafka

@Suite(.serialized)
struct EmbeddedClusterTests {
  /// Collects what clients say.
  private final class Ears: ClientObserver {
    let lines = Mutex<[ClientLogLine]>([])
    let snapshots = Mutex<[StatisticsReport]>([])
    var heard: [ClientLogLine] { lines.withLock { $0 } }
    var latest: ClientStatistics? { snapshots.withLock(\.last).flatMap { try? $0.read() } }
    func log(_ line: ClientLogLine) { lines.withLock { $0.append(line) } }
    func statistics(_ report: StatisticsReport) { snapshots.withLock { $0.append(report) } }
  }

  /// Writes down what a consumer delivers.
  private struct Heard: ConsumerEvents {
    var values: [String] = []
    var ends: [TopicPartition: Int64] = [:]
    var assigned: [[TopicPartition]] = []
    var revoked: [[TopicPartition]] = []
    var failures: [KafkaError] = []
    mutating func record(_ record: RecordView) {
      values.append(
        String(decoding: record.value ?? UnsafeRawBufferPointer(start: nil, count: 0), as: UTF8.self))
    }
    mutating func endReached(_ partition: TopicPartition, offset: Int64) { ends[partition] = offset }
    mutating func assigned(_ partitions: [TopicPartition]) { assigned.append(partitions) }
    mutating func revoked(_ partitions: [TopicPartition], lost: Bool) { revoked.append(partitions) }
    mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64) {
      failures.append(error)
    }
  }

  /// A cluster, its configuration, and a producer that is ready for its first transaction.
  private func ready(
    _ body: (EmbeddedCluster, Configuration, TransactionalProducer) throws -> Void
  ) throws {
    let cluster = try EmbeddedCluster()
    defer { cluster.close() }
    try cluster.create(topic: "out", partitions: 1)
    var configuration = Configuration(bootstrapServers: cluster.bootstrapServers)
    configuration.socketTimeout = .seconds(2)
    let producer = try TransactionalProducer(configuration, transactionalID: "t")
    defer { producer.close() }
    try producer.initTransactions()
    try producer.prime(["out"])
    try producer.begin()
    try body(cluster, configuration, producer)
  }

  private func send(_ text: String, _ producer: TransactionalProducer) throws {
    var failure: KafkaError?
    Array(text.utf8).withUnsafeBytes { value in
      do throws(KafkaError) {
        try producer.produce(
          topic: 0, partition: 0, key: nil, value: value, headers: UnsafeBufferPointer(start: nil, count: 0))
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  @Test func whatOneTransactionCommitsAReaderReadsToTheEnd() throws {
    try ready { _, configuration, producer in
      try send("one", producer)
      try send("two", producer)
      #expect(producer.commit() == .committed)
      #expect(!producer.isInTransaction)

      let reader = try Consumer(reader: configuration, isolation: .readCommitted)
      let partition = TopicPartition(topic: "out", partition: 0)
      try reader.assign([partition: 0], topics: ["out"])
      var heard = Heard()
      let end = ContinuousClock.now + .seconds(10)
      while heard.ends[partition] == nil, ContinuousClock.now < end {
        _ = reader.poll(milliseconds: 50, limit: 10, &heard)
      }
      reader.close(&heard)
      #expect(heard.values == ["one", "two"])
      #expect(heard.ends[partition] == 2)
      #expect(heard.failures == [])
    }
  }

  @Test func aLimitBoundsEachPoll() throws {
    try ready { _, configuration, producer in
      for number in 0..<5 { try send("\(number)", producer) }
      #expect(producer.commit() == .committed)
      let reader = try Consumer(reader: configuration, isolation: .readCommitted)
      try reader.assign([TopicPartition(topic: "out", partition: 0): 0], topics: ["out"])
      var heard = Heard()
      var counts: [Int] = []
      let end = ContinuousClock.now + .seconds(10)
      while heard.values.count < 5, ContinuousClock.now < end {
        counts.append(reader.poll(milliseconds: 50, limit: 2, &heard))
      }
      #expect(reader.poll(milliseconds: 50, limit: 0, &heard) == 0)
      reader.close(&heard)
      #expect(counts.allSatisfy { $0 <= 2 })
      #expect(heard.values == ["0", "1", "2", "3", "4"])
    }
  }

  @Test func aPoisonOutputSurfacesAtTheCommitAndCostsOnlyTheTransaction() throws {
    try ready { cluster, _, producer in
      cluster.inject([.messageTooLarge], on: .produce)
      try send("poison", producer)
      guard case .mustAbort(let error) = producer.commit() else {
        Issue.record("not abortable")
        return
      }
      #expect(error.isOutputRefused)
      // The embedded cluster forgets to count the refused batch, so the next one is not sent here.
      try producer.abort()
      try producer.begin()
      try producer.abort()
    }
  }

  @Test func aFencedEndOfATransactionIsFenced() throws {
    try ready { cluster, _, producer in
      try send("one", producer)
      cluster.inject([.producerFenced], on: .endTransaction)
      guard case .fenced = producer.commit() else {
        Issue.record("not fenced")
        return
      }
      let error = #expect(throws: KafkaError.self) { try producer.begin() }
      #expect(error?.errorClass == .fenced || error?.errorClass == .fatal)
    }
  }

  @Test func anEndInAStateTheCoordinatorDoesNotKnowIsFatal() throws {
    try ready { cluster, _, producer in
      try send("one", producer)
      cluster.inject([.invalidTransactionState], on: .endTransaction)
      guard case .fatal(let error) = producer.commit() else {
        Issue.record("not fatal")
        return
      }
      #expect(error.errorClass == .fatal)
      #expect(throws: KafkaError.self) { try producer.abort() }
    }
  }

  @Test func concurrentTransactionsAreRetriedInside() throws {
    try ready { cluster, _, producer in
      try send("one", producer)
      cluster.inject([.concurrentTransactions, .concurrentTransactions], on: .endTransaction)
      #expect(producer.commit() == .committed)
    }
  }

  @Test func aMemberJoinsAcknowledgesAndIsHeardLeaving() throws {
    try ready { cluster, configuration, producer in
      let consumer = try Consumer(configuration, group: "g")
      #expect(consumer.assignmentLost, "no member id yet")
      try consumer.subscribe(["out"])
      var heard = Heard()
      let partition = TopicPartition(topic: "out", partition: 0)
      let end = ContinuousClock.now + .seconds(20)
      while !heard.assigned.contains([partition]), ContinuousClock.now < end {
        _ = consumer.poll(milliseconds: 50, limit: 10, &heard)
      }
      #expect(consumer.assignment == [partition])
      #expect(!consumer.assignmentLost)
      #expect(!consumer.memberID.isEmpty)

      // TxnOffsetCommit refused for its generation: the transaction is lost, the producer is not.
      try send("one", producer)
      let offsets = [partition: CommittedOffset(offset: 1, metadata: "m")]
      cluster.inject([.illegalGeneration], on: .transactionOffsetCommit)
      let error = #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, of: consumer) }
      #expect(error?.errorClass == .abortable)
      try producer.abort()
      try producer.begin()
      try send("two", producer)
      try producer.sendOffsets(offsets, of: consumer)
      #expect(producer.commit() == .committed)

      // Without the right, aborting and trying again would go on for ever.
      try producer.begin()
      try send("three", producer)
      cluster.inject([.groupAuthorizationFailed], on: .addOffsetsToTransaction)
      let refused = #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, of: consumer) }
      #expect(refused?.errorClass == .fatal)
      #expect(refused?.isAuthorization == true)

      consumer.close(&heard)
      #expect(heard.revoked.flatMap(\.self) == [partition])
      #expect(consumer.assignmentLost)
      #expect(consumer.memberID == "")
    }
  }

  @Test func whoeverAsksForOffsetsFollowsALeaderThatMoved() throws {
    let cluster = try EmbeddedCluster(brokers: 3)
    defer { cluster.close() }
    try cluster.create(topic: "out", partitions: 1, replicationFactor: 3)
    let place = TopicPartition(topic: "out", partition: 0)
    let admin = try Admin(Configuration(bootstrapServers: cluster.bootstrapServers))
    defer { admin.close() }
    // Each time one of the two is no leader any more, and the client has asked it just before.
    for broker: Int32 in [1, 2, 1, 2] {
      try cluster.move(leaderOf: place, to: broker)
      #expect(try admin.watermarks(of: place) == 0..<0)
    }
  }

  @Test func aMemberThatIsStillJoiningClosesWithoutEndingTheProcess() throws {
    let cluster = try EmbeddedCluster()
    defer { cluster.close() }
    try cluster.create(topic: "out", partitions: 1)
    // The group takes it in, and never comes to an assignment.
    cluster.inject(Array(repeating: .rebalanceInProgress, count: 200), on: .syncGroup)
    let ears = Ears()
    var configuration = Configuration(bootstrapServers: cluster.bootstrapServers)
    configuration.observer = ears
    configuration.additional["debug"] = "cgrp"
    let consumer = try Consumer(configuration, group: "g")
    try consumer.subscribe(["out"])
    var heard = Heard()
    let end = ContinuousClock.now + .seconds(20)
    while !ears.heard.contains(where: { $0.text.contains("SyncGroup") }), ContinuousClock.now < end {
      _ = consumer.poll(milliseconds: 20, limit: 10, &heard)
    }
    #expect(heard.assigned.isEmpty && !consumer.memberID.isEmpty)
    consumer.close(deadline: .seconds(4), &heard)
    #expect(consumer.memberID == "" && heard.assigned.isEmpty)
    let isLeft = ears.heard.contains { $0.facility == "DESTROY" }
    #expect(isLeft == !ClientLibrary.isAtLeast(2, 3, 0))
  }

  @Test func logLinesAndStatisticsArriveOnTheThreadThatPolls() throws {
    let cluster = try EmbeddedCluster()
    defer { cluster.close() }
    try cluster.create(topic: "out", partitions: 1)
    let ears = Ears()
    var configuration = Configuration(bootstrapServers: cluster.bootstrapServers)
    configuration.observer = ears
    configuration.statisticsInterval = .milliseconds(100)
    configuration.additional["debug"] = "generic"
    let reader = try Consumer(reader: configuration, isolation: .readCommitted)
    try reader.assign([TopicPartition(topic: "out", partition: 0): 0], topics: ["out"])
    #expect(ears.heard.isEmpty, "nothing before the first poll")
    var heard = Heard()
    let end = ContinuousClock.now + .seconds(10)
    while ears.latest == nil, ContinuousClock.now < end {
      _ = reader.poll(milliseconds: 50, limit: 10, &heard)
    }
    reader.close(&heard)
    #expect(ears.latest?.client.hasPrefix("swift-kafka#consumer") == true)
    #expect(!ears.heard.isEmpty)
    #expect(ears.heard.allSatisfy { !$0.client.isEmpty })
  }

  @Test func aClientThatNobodyClosedIsDestroyedAway() throws {
    weak var context: ClientContext?
    do {
      let client = try Client(Configuration(bootstrapServers: ["127.0.0.1:1"]), .admin)
      context = client.context
      #expect(context != nil)
    }
    // Handed to the reaper, which frees the context after the handle.
    let end = ContinuousClock.now + .seconds(10)
    while context != nil, ContinuousClock.now < end { sleepMilliseconds(10) }
    #expect(context == nil)
  }
}
