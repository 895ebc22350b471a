// What the admin client asks a real cluster: topics and their properties, groups and their offsets.
import Kafka
import Streams
import Testing

@Suite(.realBroker)
struct KafkaAdminTests {
  private func admin() throws -> Admin { try Admin(TestBroker.configuration()) }

  @Test func aTopicIsCreatedDescribedAlteredAndDeleted() throws {
    let admin = try admin()
    defer { admin.close() }
    let name = TestBroker.unique("topic")
    let topic = NewTopic(
      name: name, partitions: 3, replicationFactor: 1,
      configuration: ["cleanup.policy": "compact", "segment.ms": "60000"])
    try admin.create([topic], validateOnly: true)
    #expect(try admin.partitionCount(of: name) == nil, "validating creates nothing")
    try admin.create([topic])
    #expect(try admin.topics()[name] == 3)

    let described = try #require(try admin.configuration(of: [name])[name])
    #expect(described["cleanup.policy"]?.value == "compact")
    #expect(described["cleanup.policy"]?.source == .topic)
    #expect(described["retention.bytes"]?.source != .topic)

    try admin.alter(topic: name, ["min.cleanable.dirty.ratio": "0.1"])
    // The controller answers before the broker that is asked has read of it.
    let seen = ContinuousClock.now + .seconds(10)
    var altered = try #require(try admin.configuration(of: [name])[name])
    while altered["min.cleanable.dirty.ratio"]?.value != "0.1", ContinuousClock.now < seen {
      altered = try #require(try admin.configuration(of: [name])[name])
    }
    #expect(altered["min.cleanable.dirty.ratio"]?.value == "0.1")
    #expect(altered["segment.ms"]?.value == "60000", "what was set before is kept")

    try admin.delete([name])
    let end = ContinuousClock.now + .seconds(10)
    while try admin.partitionCount(of: name) != nil, ContinuousClock.now < end {}
    #expect(try admin.partitionCount(of: name) == nil)
  }

  @Test func aTopicThatExistsIsNotCreatedTwice() throws {
    let admin = try admin()
    defer { admin.close() }
    let name = try TestBroker.topic("topic")
    let error = #expect(throws: KafkaError.self) {
      try admin.create([NewTopic(name: name, partitions: 1, replicationFactor: 1)])
    }
    #expect(error?.code == .topicAlreadyExists)
    #expect(error?.operation == "create topic \(name)")
  }

  @Test func aWrongPropertyIsRefusedInTheBrokersWords() throws {
    let admin = try admin()
    defer { admin.close() }
    let error = #expect(throws: KafkaError.self) {
      try admin.create([
        NewTopic(
          name: TestBroker.unique("topic"), partitions: 1, replicationFactor: 1,
          configuration: ["cleanup.policy": "sweep"])
      ])
    }
    #expect(error?.reason.contains("sweep") == true)
  }

  @Test func aGroupWithoutMembersGetsStartOffsetsWithTheirMetadata() throws {
    let admin = try admin()
    defer { admin.close() }
    let topic = try TestBroker.topic("in", partitions: 2)
    let group = TestBroker.unique("group")
    let first = TopicPartition(topic: topic, partition: 0)
    let second = TopicPartition(topic: topic, partition: 1)
    #expect(try admin.committed(group: group, [first, second]) == [:])
    let starts = [first: CommittedOffset(offset: 4, metadata: "layout 1 é")]
    try admin.commit(group: group, starts)
    #expect(try admin.committed(group: group) == starts)
    #expect(try admin.committed(group: group, [first, second]) == starts)
    #expect(try admin.groups().contains(group))
    #expect(try admin.describe(group: group).state == "Empty")
  }

  @Test func aGroupWithMembersIsDescribedAndKeepsItsOffsets() throws {
    let log = try KafkaLog(TestBroker.configuration())
    let topic = try TestBroker.topic("in", partitions: 2)
    let group = TestBroker.unique("group")
    try TestBroker.start(group: group, topic, partitions: 2)
    let member = try log.member(
      MemberConfiguration(
        group: group, transactionalID: TestBroker.unique("tx"), instanceID: "pod-0", outputs: []))
    try member.subscribe([topic])
    var heard = Recording()
    #expect(member.poll(&heard) { $0.assignment.count == 2 })

    let admin = try admin()
    defer { admin.close() }
    var description = try admin.describe(group: group)
    #expect(
      member.poll(&heard) { _ in
        description = (try? admin.describe(group: group)) ?? description
        return description.state == "Stable"
      })
    #expect(description.assignor == "cooperative-sticky")
    #expect(description.members.map(\.clientID) == ["tests"])
    #expect(description.members.map(\.instanceID) == ["pod-0"])
    #expect(description.members.first?.partitions == heard.assignment.sorted())
    let error = #expect(throws: KafkaError.self) {
      try admin.commit(
        group: group, [TopicPartition(topic: topic, partition: 0): CommittedOffset(offset: 9, metadata: "")])
    }
    #expect(error?.errorClass == .fatal)
    #expect(try admin.committed(group: group).values.allSatisfy { $0.offset == 0 })
    member.close(&heard)
    #expect(try admin.describe(group: TestBroker.unique("nobody")).state == "Dead")
  }

  @Test func offsetsAreFoundByTimeAndAtTheEnds() throws {
    let admin = try admin()
    defer { admin.close() }
    let partition = TopicPartition(topic: try TestBroker.topic("in"), partition: 0)
    #expect(try admin.watermarks(of: partition) == 0..<0)
    #expect(try admin.offsets(at: [partition: 0]) == [:], "nothing is that young")
  }
}
