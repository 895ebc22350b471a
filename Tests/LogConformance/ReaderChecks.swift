// Owns the guarantees of readers outside of groups: bounds, times, gaps.
import Kafka
import Streams

extension LogCheck {
  static var readers: [LogCheck] {
    [
      LogCheck("bounds tell apart what is appended and what is stable") { try $0.boundsByIsolation() },
      LogCheck("read uncommitted sees everything but markers") { try $0.readUncommitted() },
      LogCheck("an offset is found by time, and the end when nothing is that young") {
        try $0.offsetByTime()
      },
      LogCheck("a new assignment replaces the old one") { try $0.reassign() },
      LogCheck("read committed up to the uncommitted end arrives there: the order of a restore") {
        try $0.restoreOrder()
      },
      LogCheck("a compacted partition has gaps, keeps its offsets, and is read over them to its end") {
        try $0.compactedGaps()
      },
    ]
  }
}

extension Stage {
  func boundsByIsolation() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    let reader = try reader([partition: 0])
    defer { reader.reader.close() }
    for isolation in [Isolation.readCommitted, .readUncommitted] {
      try expectEqual(try reader.reader.bounds(of: partition, isolation), 0..<0, "bounds of nothing")
    }
    try writer.commit(["a"])
    try until("the stable end") { try reader.reader.bounds(of: partition, .readCommitted) == 0..<2 }
    try writer.member.begin()
    try writer.send("open", partition: 0)
    try until("the end") { try reader.reader.bounds(of: partition, .readUncommitted) == 0..<3 }
    try expectEqual(try reader.reader.bounds(of: partition, .readCommitted), 0..<2, "stable bounds")
    try writer.member.abort()
  }

  func readUncommitted() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a"])
    let reader = try reader([partition: 0], .readUncommitted)
    defer { reader.reader.close() }
    try writer.member.begin()
    try writer.send("aborted", partition: 0)
    try until("the open record") {
      reader.poll()
      return reader.heard.texts == ["a", "aborted"]
    }
    try writer.member.abort()
    try writer.commit(["b"])
    try until("the end") {
      reader.poll()
      return reader.heard.ends[partition] == 6
    }
    try expectEqual(reader.heard.texts, ["a", "aborted", "b"], "records")
  }

  func offsetByTime() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a"])
    fixture.pass(milliseconds: 20)
    let between = fixture.now
    fixture.pass(milliseconds: 20)
    try writer.commit(["b"])
    _ = try readAll(partition)
    let reader = try reader([partition: 0])
    defer { reader.reader.close() }
    try expectEqual(try reader.reader.offset(of: partition, at: 0), 0, "offset of the beginning of time")
    try expectEqual(try reader.reader.offset(of: partition, at: between), 2, "offset between the records")
    let future = fixture.now + 1_000_000
    try expectEqual(try reader.reader.offset(of: partition, at: future), 4, "offset of the future")
  }

  func reassign() throws {
    let topics = try (0..<2).map { _ in try topic() }
    let partitions = topics.map { TopicPartition(topic: $0, partition: 0) }
    let writer = try member(writing: topics)
    defer { writer.close() }
    for index in topics.indices { try writer.commit(["\(index) a", "\(index) b"], to: index) }
    let reader = try reader([partitions[0]: 0])
    defer { reader.reader.close() }
    try until("the first topic") {
      reader.poll()
      return reader.heard.records.count >= 2
    }
    try reader.reader.assign([partitions[1]: 1], topics: [topics[0], topics[1]])
    try writer.commit(["0 c"], to: 0)
    try until("the end of the second topic") {
      reader.poll()
      return reader.heard.ends[partitions[1]] == 3
    }
    try expectEqual(reader.heard.texts, ["0 a", "0 b", "1 b"], "records")
    try expectEqual(reader.heard.records.last?.topicIndex, 1, "index of the topic")
  }

  func restoreOrder() throws {
    let (member, _, topic, output) = try joined()
    defer { member.close() }
    let source = TopicPartition(topic: topic, partition: 0)
    let changelog = TopicPartition(topic: output, partition: 0)
    for round in 1...5 {
      try member.member.begin()
      try member.send("\(round)", partition: 0)
      try member.member.sendOffsets([source: CommittedOffset(offset: Int64(round), metadata: "")])
      try member.expectCommit()
      let witness = try reader([changelog: 0])
      defer { witness.reader.close() }
      let committed = try member.member.committed([source])[source]?.offset
      let end = try witness.reader.bounds(of: changelog, .readUncommitted).upperBound
      try until("the end at \(end)") {
        witness.poll()
        return witness.heard.ends[changelog, default: -1] >= end
      }
      try expectEqual(witness.heard.texts.last, committed.map(String.init), "what the changelog says last")
    }
  }

  func compactedGaps() throws {
    let topic = try topic("compacted", compacted: true)
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for round in 0..<3 {
      try writer.member.begin()
      for key in ["a", "b"] { try writer.send(Array("\(key)\(round)".utf8), key: Array(key.utf8)) }
      try writer.expectCommit()
    }
    try fixture.compact(topic)
    try until("the older values to go", seconds: 120) {
      try !read(partition).texts.contains("a0")
    }
    // On a broker the last segment is never cleaned: what the newest records are depends on it, but each value
    // that is left stands at the offset it was given, and the newest of each key is there.
    let heard = try readAll(partition)
    let given: [String: Int64] = ["a0": 0, "b0": 1, "a1": 3, "b1": 4, "a2": 6, "b2": 7]
    for record in heard.records where given[record.text] != nil {
      try expectEqual(record.offset, given[record.text] ?? -1, "offset of \(record.text)")
    }
    try expect(Set(heard.texts).isSuperset(of: ["a2", "b2"]), "the newest values are gone: \(heard.texts)")
    try expect(!heard.texts.contains("b0"), "an older value came back")
    let reader = try reader([partition: 1])
    defer { reader.reader.close() }
    try until("the end from within a gap") {
      reader.poll()
      return reader.heard.ends[partition] == heard.ends[partition]
    }
    try expect(
      zip(reader.heard.records, reader.heard.records.dropFirst()).allSatisfy { $0.offset < $1.offset },
      "offsets that do not ascend")
    try expectEqual(
      reader.heard.records.first?.offset, heard.records.first?.offset, "first record after a gap")
  }
}
