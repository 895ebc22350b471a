// Owns the guarantees about what a member reads: order, positions, ends.
import Kafka
import Streams

extension LogCheck {
  static var consuming: [LogCheck] {
    [
      LogCheck("records of a partition arrive in order, across transactions") { try $0.orderPerPartition() },
      LogCheck("a member reads on from the group's committed offset") { try $0.startsFromCommitted() },
      LogCheck("a partition without a committed offset fails, is never guessed, and heals by a seek") {
        try $0.noCommittedOffset()
      },
      LogCheck("the end is announced again each time it moves") { try $0.endMoves() },
      LogCheck("a member that is behind knows the end, and of other partitions nothing") {
        try $0.knownEnd()
      },
      LogCheck("a seek makes the next record the one asked for") { try $0.seek() },
      LogCheck("a paused partition is silent, the others go on, and resuming loses nothing") {
        try $0.pause()
      },
      LogCheck("a poll delivers no more than its limit, and the next one goes on there") { try $0.limit() },
      LogCheck("an unknown topic has no partitions, and asking does not create it") {
        try $0.unknownTopic()
      },
    ]
  }
}

extension Stage {
  func orderPerPartition() throws {
    let topic = try topic(partitions: 3)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for round in 0..<4 {
      try writer.member.begin()
      for i in 0..<30 {
        try writer.send("\(round * 30 + i)", partition: Int32(i % 3))
      }
      try writer.expectCommit()
    }
    let reader = try member(try group([topic: 3]), reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "120 records") { reader.heard.records.count >= 120 }
    try expectEqual(reader.heard.records.count, 120, "records")
    for partition in Int32(0)..<3 {
      let heard = reader.heard.records.filter { $0.partition == partition }
      let wanted = (0..<120).filter { $0 % 30 % 3 == Int(partition) }.map(String.init)
      try expectEqual(heard.map(\.text), wanted, "partition \(partition)")
      try expect(
        zip(heard, heard.dropFirst()).allSatisfy { $0.offset < $1.offset }, "offsets that do not ascend")
    }
  }

  func knownEnd() throws {
    let topic = try topic(partitions: 1)
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit((0..<20).map { "\($0)" })
    let reader = try member(try group([topic: 1]), reading: [topic])
    defer { reader.close() }
    try expectEqual(reader.member.knownEnd(of: partition), nil, "before anything was heard")
    try until("the first record") {
      reader.poll(limit: 1)
      return !reader.heard.records.isEmpty
    }
    let outside = try self.reader([partition: 0])
    defer { outside.reader.close() }
    let end = try outside.reader.bounds(of: partition, .readCommitted).upperBound
    try until("the end at \(end)") {
      reader.poll(limit: 1)
      return reader.member.knownEnd(of: partition) == end
    }
    let other = TopicPartition(topic: topic, partition: 7)
    try expectEqual(reader.member.knownEnd(of: other), nil, "of a partition that is not its own")
  }

  func startsFromCommitted() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a", "b", "c"])
    let group = fixture.unique("group")
    try fixture.start(group: group, at: [partition: 2])
    let reader = try member(group, reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "the end") { reader.heard.ends[partition] == 4 }
    try expectEqual(reader.heard.texts, ["c"], "records")
  }

  func noCommittedOffset() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a"])
    let reader = try member(reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "the failure") { !reader.heard.failures.isEmpty }
    try expectEqual(reader.heard.failures.first?.code, .noOffset, "error code")
    poll([reader], milliseconds: 300)
    try expect(reader.heard.records.isEmpty, "read from a guessed offset: \(reader.heard.texts)")
    try reader.member.seek([partition: 0])
    try poll([reader], until: "a record after the seek") { !reader.heard.records.isEmpty }
    try expectEqual(reader.heard.texts, ["a"], "records")
  }

  func endMoves() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    let reader = try member(try group([topic: 1]), reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "the end of nothing") { reader.heard.ends[partition] == 0 }
    try writer.commit(["a"])
    try poll([reader], until: "the end behind the marker") { reader.heard.ends[partition] == 2 }
    try writer.commit(["b", "c"])
    try poll([reader], until: "the next end") { reader.heard.ends[partition] == 5 }
    try expectEqual(reader.heard.texts, ["a", "b", "c"], "records")
    try expectEqual(reader.heard.records.map(\.offset), [0, 2, 3], "offsets, the markers between them")
  }

  func seek() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a", "b", "c", "d"])
    let reader = try member(try group([topic: 1]), reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "four records") { reader.heard.records.count >= 4 }
    reader.heard.records = []
    try reader.member.seek([partition: 1])
    try poll([reader], until: "three records again") { reader.heard.records.count >= 3 }
    try expectEqual(reader.heard.texts, ["b", "c", "d"], "records after the seek")
    reader.heard.ends = [:]
    try reader.member.seek([partition: 5])
    try poll([reader], until: "the end after a seek to it") { reader.heard.ends[partition] == 5 }
    try expectEqual(reader.heard.records.count, 3, "records")
  }

  func pause() throws {
    let topic = try topic(partitions: 2)
    let held = TopicPartition(topic: topic, partition: 0)
    let reader = try member(try group([topic: 2]), reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "the assignment") { reader.heard.ends.count == 2 }
    try reader.member.pause([held])
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for partition in Int32(0)..<2 { try writer.commit(["a", "b"], partition: partition) }
    try poll([reader], until: "the other partition") { reader.heard.texts(1).count >= 2 }
    poll([reader], milliseconds: 300)
    try expectEqual(reader.heard.texts(0), [], "records of the paused partition")
    try reader.member.resume([held])
    try poll([reader], until: "the resumed partition") { reader.heard.texts(0).count >= 2 }
    try expectEqual(reader.heard.texts(0), ["a", "b"], "records of the resumed partition")
  }

  func limit() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit((0..<25).map(String.init))
    let reader = try member(try group([topic: 1]), reading: [topic])
    defer { reader.close() }
    try until("25 records") {
      let before = reader.heard.records.count
      let delivered = reader.poll(limit: 10)
      try expect(delivered <= 10, "\(delivered) records for a limit of 10")
      try expectEqual(reader.heard.records.count - before, delivered, "the number returned")
      return reader.heard.records.count >= 25
    }
    try expectEqual(reader.heard.texts, (0..<25).map(String.init), "records")
  }

  func unknownTopic() throws {
    let name = fixture.unique("nowhere")
    for _ in 0..<2 { try expectEqual(try fixture.log.partitionCount(of: name), nil, "partitions") }
    let known = try topic(partitions: 5)
    try expectEqual(try fixture.log.partitionCount(of: known), 5, "partitions")
  }
}
