// What a member and a reader of a real cluster deliver: records, ends, positions.
import Kafka
import Streams
import Testing

@Suite(.realBroker)
struct KafkaLogConsumingTests {
  /// A log, a topic of its own with these texts in it, and the group that starts before them.
  private func seeded(_ texts: [String], partitions: Int32 = 1) throws -> (KafkaLog, String, String) {
    let log = try KafkaLog(TestBroker.configuration())
    let topic = try TestBroker.topic("in", partitions: partitions)
    let group = TestBroker.unique("group")
    try TestBroker.start(group: group, topic, partitions: partitions)
    try commit(texts, to: topic, log)
    return (log, topic, group)
  }

  /// Commits texts in one transaction, by a member that takes no part in a group.
  private func commit(_ texts: [String], to topic: String, _ log: KafkaLog) throws {
    guard !texts.isEmpty else { return }
    try write(texts, to: topic, log) { #expect($0.commit() == .committed) }
  }

  private func write(
    _ texts: [String], to topic: String, _ log: KafkaLog, finish: (KafkaMember) throws -> Void
  ) throws {
    let writer = try log.member(
      MemberConfiguration(
        group: TestBroker.unique("writers"), transactionalID: TestBroker.unique("writer"), outputs: [topic]))
    var nobody = Recording()
    defer { writer.close(&nobody) }
    try writer.initTransactions()
    try writer.begin()
    for text in texts { try writer.send(text) }
    try finish(writer)
  }

  private func member(_ log: KafkaLog, _ group: String) throws -> KafkaMember {
    try log.member(
      MemberConfiguration(group: group, transactionalID: TestBroker.unique("tx"), outputs: []))
  }

  @Test func aMemberThatIsBehindKnowsTheEnd() throws {
    let (log, topic, group) = try seeded((0..<50).map(String.init))
    let partition = TopicPartition(topic: topic, partition: 0)
    let member = try member(log, group)
    var events = Recording()
    defer { member.close(&events) }
    #expect(member.knownEnd(of: partition) == nil)
    try member.subscribe([topic])
    let end = ContinuousClock.now + .seconds(20)
    while events.records.isEmpty, ContinuousClock.now < end {
      _ = member.poll(milliseconds: 50, limit: 1, &events)
    }
    // Fifty records and the marker of their transaction.
    #expect(member.knownEnd(of: partition) == 51)
    #expect(events.records.count == 1)
  }

  @Test func aRecordArrivesAsItWasSent() throws {
    let (log, topic, group) = try seeded([])
    let writer = try log.member(
      MemberConfiguration(
        group: TestBroker.unique("writers"), transactionalID: TestBroker.unique("writer"), outputs: [topic]))
    try writer.initTransactions()
    try writer.begin()
    let names: [StaticString] = ["a", "empty", "none", "a"]
    let values: [[UInt8]?] = [[1, 0, 255], [], nil, [2]]
    let views = zip(names, values).map { name, value in
      // Leaked on purpose: a handful of bytes that have to outlive the closure that would hold them.
      HeaderView(
        name: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount),
        value: value.map {
          let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, $0.count), alignment: 1)
          copy.copyBytes(from: $0)
          return UnsafeRawBufferPointer(rebasing: copy[..<$0.count])
        })
    }
    try withBytes(Array("k\u{0}é".utf8)) { key throws(KafkaError) in
      try withBytes([0, 200, 10]) { value throws(KafkaError) in
        var failure: KafkaError?
        views.withUnsafeBufferPointer { headers in
          do throws(KafkaError) {
            try writer.produce(
              OutputTopic(index: 0), partition: nil, key: key, value: value, headers: headers)
          } catch { failure = error }
        }
        if let failure { throw failure }
      }
    }
    // A tombstone, and an empty value with an empty key: three different things to a compacted topic.
    let none = UnsafeBufferPointer<HeaderView>(start: nil, count: 0)
    try withBytes([7]) { key throws(KafkaError) in
      try writer.produce(OutputTopic(index: 0), partition: 0, key: key, value: nil, headers: none)
    }
    try withBytes([]) { empty throws(KafkaError) in
      try writer.produce(OutputTopic(index: 0), partition: 0, key: empty, value: empty, headers: none)
    }
    #expect(writer.commit() == .committed)

    let member = try member(log, group)
    var heard = Recording()
    try member.subscribe([topic])
    #expect(member.poll(&heard) { $0.records.count >= 3 })
    member.close(&heard)
    var nobody = Recording()
    writer.close(&nobody)

    #expect(heard.records.map(\.key) == [Array("k\u{0}é".utf8), [7], []])
    #expect(heard.records.map(\.value) == [[0, 200, 10], nil, []])
    #expect(
      heard.records[0].headers == [
        HeardHeader(name: "a", value: [1, 0, 255]), HeardHeader(name: "empty", value: []),
        HeardHeader(name: "none", value: nil), HeardHeader(name: "a", value: [2]),
      ])
    #expect(heard.records.map(\.topicIndex) == [0, 0, 0])
    #expect(heard.records.allSatisfy { $0.timestamp > 1_700_000_000_000 })
    #expect(heard.failures == [])
  }

  @Test func aPartitionWithoutACommittedOffsetFailsAndIsNotGuessed() throws {
    let log = try KafkaLog(TestBroker.configuration())
    let topic = try TestBroker.topic("in")
    try commit(["one"], to: topic, log)
    let member = try member(log, TestBroker.unique("group"))
    var heard = Recording()
    try member.subscribe([topic])
    #expect(member.poll(&heard) { !$0.failures.isEmpty })
    #expect(heard.failures.map(\.code) == [.noOffset])
    #expect(heard.records == [])
    // A seek is the way out, also where fetching has stopped at the error.
    try member.seek([TopicPartition(topic: topic, partition: 0): 0])
    #expect(member.poll(&heard) { $0.records.count == 1 })
    member.close(&heard)
  }

  @Test func theEndIsReachedBehindControlRecords() throws {
    let (log, topic, group) = try seeded(["one", "two"])
    let member = try member(log, group)
    var heard = Recording()
    let partition = TopicPartition(topic: topic, partition: 0)
    try member.subscribe([topic])
    #expect(member.poll(&heard) { $0.ends[partition] != nil })
    #expect(heard.texts == ["one", "two"])
    // Two records and the commit marker.
    #expect(heard.ends[partition] == 3)
    member.close(&heard)
  }

  @Test func aSeekInsideTheAssignmentDecidesTheFirstRecord() throws {
    let (log, topic, group) = try seeded(["a", "b", "c", "d"])
    let member = try member(log, group)
    let partition = TopicPartition(topic: topic, partition: 0)
    var failure: KafkaError?
    var heard = Recording()
    heard.whenAssigned = { partitions in
      do throws(KafkaError) {
        try member.pause(partitions)
        try member.seek([partition: 2])
        try member.resume(partitions)
      } catch { failure = error }
    }
    try member.subscribe([topic])
    #expect(member.poll(&heard) { $0.records.count >= 2 })
    #expect(failure == nil)
    #expect(heard.texts == ["c", "d"])
    try member.seek([partition: 1])
    #expect(member.poll(&heard) { $0.records.count >= 5 })
    #expect(heard.texts == ["c", "d", "b", "c", "d"])
    heard.whenAssigned = { _ in }
    member.close(&heard)
  }

  @Test func aPausedPartitionDeliversNothingAndLosesNothing() throws {
    let (log, topic, group) = try seeded(["a", "b", "c"])
    let member = try member(log, group)
    let partition = TopicPartition(topic: topic, partition: 0)
    var heard = Recording()
    try member.subscribe([topic])
    #expect(member.poll(&heard) { !$0.assignment.isEmpty })
    while heard.records.isEmpty { _ = member.poll(milliseconds: 50, limit: 1, &heard) }
    try member.pause([partition])
    let before = heard.records.count
    _ = member.poll(&heard, seconds: 1) { _ in false }
    #expect(heard.records.count == before)
    try member.resume([partition])
    #expect(member.poll(&heard) { $0.records.count >= 3 })
    #expect(heard.texts == ["a", "b", "c"])
    // Resuming what was never paused must not go back (librdkafka#4636).
    try member.resume([partition])
    _ = member.poll(&heard, seconds: 1) { $0.records.count > 3 }
    #expect(heard.texts == ["a", "b", "c"])
    member.close(&heard)
  }

  @Test func anOpenTransactionHidesWhatFollowsFromCommittedReaders() throws {
    let (log, topic, _) = try seeded(["committed"])
    let partition = TopicPartition(topic: topic, partition: 0)
    try write(["open"], to: topic, log) { writer in
      // Records leave the client when they have waited for company.
      let reader = try log.reader(ReaderConfiguration(isolation: .readUncommitted))
      defer { reader.close() }
      var all = Recording()
      try reader.assign([partition: 0], topics: [topic])
      #expect(reader.poll(&all) { $0.records.count == 2 })
      #expect(try reader.bounds(of: partition, .readUncommitted) == 0..<3)
      #expect(try reader.bounds(of: partition, .readCommitted) == 0..<2)

      let committed = try log.reader(ReaderConfiguration(isolation: .readCommitted))
      defer { committed.close() }
      var stable = Recording()
      try committed.assign([partition: 0], topics: [topic])
      #expect(committed.poll(&stable) { $0.ends[partition] != nil })
      #expect(stable.texts == ["committed"])
      #expect(stable.ends[partition] == 2)
      try writer.abort()
      #expect(committed.poll(&stable) { $0.ends[partition] == 4 })
      #expect(stable.texts == ["committed"], "aborted records are hidden")
    }
  }

  @Test func aReaderStartsAtTheLogsStartWhenItsOffsetIsGone() throws {
    let (log, topic, _) = try seeded(["a", "b"])
    let partition = TopicPartition(topic: topic, partition: 0)
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var heard = Recording()
    try reader.assign([partition: -5], topics: ["other", topic])
    #expect(reader.poll(&heard) { $0.records.count == 2 })
    #expect(heard.records.map(\.topicIndex) == [1, 1])
    // Beyond the end is not the same: nothing explains it but a truncated or re-created topic.
    var lost = Recording()
    try reader.assign([partition: 99], topics: [topic])
    #expect(reader.poll(&lost) { !$0.failures.isEmpty })
    #expect(lost.failures.first?.code == .offsetReset)
    #expect(lost.records == [])
  }

  @Test func anOffsetIsFoundByItsTime() throws {
    let (log, topic, _) = try seeded(["a", "b"])
    let partition = TopicPartition(topic: topic, partition: 0)
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    #expect(try reader.offset(of: partition, at: 0) == 0)
    #expect(try reader.offset(of: partition, at: 4_000_000_000_000) == 3)
  }

  @Test func keysGoWhereJavaClientsPutThem() throws {
    let (log, topic, group) = try seeded([], partitions: 100)
    let writer = try log.member(
      MemberConfiguration(
        group: TestBroker.unique("writers"), transactionalID: TestBroker.unique("writer"), outputs: [topic]))
    try writer.initTransactions()
    try writer.begin()
    // toPositive(murmur2(key)) % 100, from org.apache.kafka.common.utils.Utils and its test vectors.
    let expected: [(String, Int32)] = [
      ("21", Int32((-973_932_308 & 0x7FFF_FFFF) % 100)),
      ("foobar", Int32((-790_332_482 & 0x7FFF_FFFF) % 100)),
      ("a-little-bit-long-string", Int32((-985_981_536 & 0x7FFF_FFFF) % 100)),
      ("abc", Int32(479_470_107 % 100)),
    ]
    for (key, _) in expected { try writer.send("x", key: key) }
    #expect(writer.commit() == .committed)
    let member = try member(log, group)
    var heard = Recording()
    try member.subscribe([topic])
    #expect(member.poll(&heard) { $0.records.count == expected.count })
    let found = Dictionary(
      uniqueKeysWithValues: heard.records.map {
        (String(decoding: $0.key ?? [], as: UTF8.self), $0.partition)
      })
    for (key, partition) in expected { #expect(found[key] == partition) }
    member.close(&heard)
    var nobody = Recording()
    writer.close(&nobody)
  }

  @Test func aTopicThatIsMissingHasNoPartitions() throws {
    let log = try KafkaLog(TestBroker.configuration())
    let topic = try TestBroker.topic("in", partitions: 3)
    #expect(try log.partitionCount(of: topic) == 3)
    let missing = TestBroker.unique("missing")
    #expect(try log.partitionCount(of: missing) == nil)
    #expect(try log.partitionCount(of: missing) == nil, "asking does not create it")
  }
}
