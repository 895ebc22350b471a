// Owns the guarantees of committed offsets: with the transaction or not at all, stable, with their metadata.
import Kafka
import Streams

extension LogCheck {
  static var offsets: [LogCheck] {
    [
      LogCheck("offsets are committed with the transaction or not at all") { try $0.offsetsAreAtomic() },
      LogCheck("metadata travels with an offset and comes back unchanged") { try $0.metadata() },
      LogCheck("committed offsets are stable: an answer is never overtaken by a transaction open before it") {
        try $0.committedIsStable()
      },
      LogCheck("a partition without a committed offset is absent from the answer") {
        try $0.absentOffsets()
      },
      LogCheck("no offsets, or a negative one, are refused and leave the transaction as it was") {
        try $0.emptyOffsets()
      },
      LogCheck("a member that never joined cannot send offsets") { try $0.withoutSeat() },
    ]
  }
}

extension Stage {
  /// A member that has joined and owns all partitions of a new topic.
  func joined(partitions: Int32 = 1, instanceID: String? = nil) throws
    -> (member: Member, group: String, topic: String, output: String)
  {
    let topic = try topic("source", partitions: partitions)
    let output = try self.topic("output", partitions: partitions)
    let group = try group([topic: partitions])
    let member = try member(group, reading: [topic], writing: [output], instanceID: instanceID)
    try poll([member], until: "the assignment") { member.heard.assignment.count == Int(partitions) }
    return (member, group, topic, output)
  }

  func offsetsAreAtomic() throws {
    let (member, _, topic, output) = try joined()
    defer { member.close() }
    let partition = TopicPartition(topic: topic, partition: 0)
    try member.member.begin()
    try member.send("no", partition: 0)
    try member.member.sendOffsets([partition: CommittedOffset(offset: 5, metadata: "no")])
    try member.member.abort()
    try expectEqual(try member.member.committed([partition])[partition]?.offset, 0, "offset after an abort")
    try member.member.begin()
    try member.send("yes", partition: 0)
    try member.member.sendOffsets([partition: CommittedOffset(offset: 7, metadata: "yes")])
    try member.expectCommit()
    try expectEqual(
      try member.member.committed([partition])[partition], CommittedOffset(offset: 7, metadata: "yes"),
      "offset after a commit")
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, ["yes"], "committed records")
  }

  func metadata() throws {
    let (member, _, topic, _) = try joined(partitions: 3)
    defer { member.close() }
    let texts = ["", "héâder|\"quoted\"|漢字", String(repeating: "0123456789abcdef", count: 250)]
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for (index, text) in texts.enumerated() {
      offsets[TopicPartition(topic: topic, partition: Int32(index))] = CommittedOffset(
        offset: Int64(index) * 1_000_000_000_000, metadata: text)
    }
    try member.member.begin()
    try member.member.sendOffsets(offsets)
    try member.expectCommit()
    try expectEqual(try member.member.committed(Array(offsets.keys)), offsets, "committed offsets")
  }

  func committedIsStable() throws {
    let (member, group, topic, _) = try joined()
    defer { member.close() }
    let partition = TopicPartition(topic: topic, partition: 0)
    try member.member.begin()
    try member.member.sendOffsets([partition: CommittedOffset(offset: 9, metadata: "")])
    let witness = try self.member(group)
    defer { witness.close() }
    let answer: Int64?
    do throws(KafkaError) {
      answer = try witness.member.committed([partition])[partition]?.offset
    } catch {
      try expectEqual(error.errorClass, .retriable, "class of \(error)")
      try member.expectCommit()
      let later = try witness.member.committed([partition])[partition]?.offset
      return try expectEqual(later, 9, "offset once the transaction is committed")
    }
    // It waited until the transaction timed out: from then on that one must not commit.
    try expectEqual(answer, 0, "stable offset")
    if case .committed = member.member.commit() {
      throw Violation("an open transaction overtook the answer of committed()")
    }
  }

  func absentOffsets() throws {
    let topic = try topic(partitions: 2)
    let known = TopicPartition(topic: topic, partition: 0)
    let group = fixture.unique("group")
    try fixture.start(group: group, at: [known: 3])
    let member = try member(group)
    defer { member.close() }
    let answer = try member.member.committed([known, TopicPartition(topic: topic, partition: 1)])
    try expectEqual(answer, [known: CommittedOffset(offset: 3, metadata: "")], "committed offsets")
  }

  func emptyOffsets() throws {
    let (member, _, topic, output) = try joined()
    defer { member.close() }
    let partition = TopicPartition(topic: topic, partition: 0)
    try member.member.begin()
    try member.send("kept", partition: 0)
    for offsets in [[:], [partition: CommittedOffset(offset: -1, metadata: "")]] {
      let error = try expectError("sending \(offsets)") { () throws(KafkaError) in
        try member.member.sendOffsets(offsets)
      }
      try expectEqual(error.code, .invalidArgument, "error code")
    }
    try member.member.sendOffsets([partition: CommittedOffset(offset: 1, metadata: "")])
    try member.expectCommit()
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, ["kept"], "committed records")
    try expectEqual(try member.member.committed([partition])[partition]?.offset, 1, "committed offset")
  }

  func withoutSeat() throws {
    let topic = try topic()
    let stranger = try member(try group([topic: 1]))
    defer { stranger.close() }
    try expect(stranger.member.assignmentLost, "a member without an id believes in its place")
    try stranger.member.begin()
    let error = try expectError("sending offsets without a place in the group") { () throws(KafkaError) in
      try stranger.member.sendOffsets([
        TopicPartition(topic: topic, partition: 0): CommittedOffset(offset: 1, metadata: "")
      ])
    }
    try expectEqual(error.errorClass, .abortable, "class of \(error)")
  }
}
