// Owns the guarantees of transactions towards readers: all or nothing, in order, up to the last stable offset.
import Kafka
import Streams

extension LogCheck {
  static var transactions: [LogCheck] {
    [
      LogCheck("read committed hides what was aborted, on every partition") { try $0.hidesAborted() },
      LogCheck("read committed stops at the last stable offset, and goes on in order when it moves") {
        try $0.lastStableOffset()
      },
      LogCheck("markers take an offset, and the end lies behind them") { try $0.endBehindMarkers() },
      LogCheck("an empty transaction commits and leaves nothing") { try $0.emptyTransaction() },
      LogCheck("a transaction goes on with the next after an abort") { try $0.goesOnAfterAbort() },
      LogCheck("closing a member aborts what it left open") { try $0.closingAborts() },
      LogCheck("calls out of order are refused") { try $0.outOfOrder() },
    ]
  }
}

extension Stage {
  func hidesAborted() throws {
    let topic = try topic(partitions: 2)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for round in 0..<3 {
      try writer.member.begin()
      for partition in Int32(0)..<2 { try writer.send("no \(round)", partition: partition) }
      // Each round before left two records and their markers.
      for partition in Int32(0)..<2 {
        try written(TopicPartition(topic: topic, partition: partition), end: Int64(round) * 4 + 1)
      }
      try writer.member.abort()
      try writer.member.begin()
      for partition in Int32(0)..<2 { try writer.send("yes \(round)", partition: partition) }
      try writer.expectCommit()
    }
    for partition in Int32(0)..<2 {
      let heard = try readAll(TopicPartition(topic: topic, partition: partition))
      try expectEqual(heard.texts, ["yes 0", "yes 1", "yes 2"], "committed records")
    }
    let group = try group([topic: 2])
    let reader = try member(group, reading: [topic])
    defer { reader.close() }
    try poll([reader], until: "six records") { reader.heard.records.count >= 6 }
    try expect(reader.heard.texts.allSatisfy { $0.hasPrefix("yes") }, "a member heard \(reader.heard.texts)")
  }

  func lastStableOffset() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let slow = try member(writing: [topic])
    defer { slow.close() }
    let quick = try member(writing: [topic])
    defer { quick.close() }
    try quick.commit(["first"])
    _ = try readAll(partition)
    try slow.member.begin()
    try slow.send("open", partition: 0)
    let probe = try reader([partition: 0], .readUncommitted)
    defer { probe.reader.close() }
    try until("the open record") {
      probe.poll()
      return probe.heard.texts.contains("open")
    }
    try quick.commit(["behind"])
    // The decision of `quick` is out: only the open transaction holds readers back.
    try until("everything to read uncommitted") {
      probe.poll()
      return probe.heard.texts == ["first", "open", "behind"]
    }
    let reader = try reader([partition: 0])
    defer { reader.reader.close() }
    try until("the end at the open transaction") {
      reader.poll()
      return reader.heard.ends[partition] == 2
    }
    try expectEqual(reader.heard.texts, ["first"], "records before the open transaction")
    try expectEqual(try reader.reader.bounds(of: partition, .readCommitted), 0..<2, "stable bounds")
    try until("the end behind the second marker") {
      try reader.reader.bounds(of: partition, .readUncommitted).upperBound == 5
    }
    try slow.expectCommit()
    try until("the end behind everything") {
      reader.poll()
      return reader.heard.ends[partition] == 6
    }
    try expectEqual(reader.heard.texts, ["first", "open", "behind"], "records in the order of their offsets")
  }

  func endBehindMarkers() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a", "b"])
    let heard = try readAll(partition)
    try expectEqual(heard.records.map(\.offset), [0, 1], "offsets")
    try expectEqual(heard.ends[partition], 3, "the end, behind the marker")
    try writer.member.begin()
    try writer.send("never", partition: 0)
    try written(partition, end: 4)
    try writer.member.abort()
    try until("the end to move over an aborted record and its marker") {
      try readAll(partition).ends[partition] == 5
    }
    try expectEqual(try readAll(partition).texts, ["a", "b"], "records")
  }

  func emptyTransaction() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for _ in 0..<2 {
      try writer.member.begin()
      try writer.expectCommit()
    }
    let reader = try reader([TopicPartition(topic: topic, partition: 0): 0])
    defer { reader.reader.close() }
    let bounds = try reader.reader.bounds(of: TopicPartition(topic: topic, partition: 0), .readUncommitted)
    try expectEqual(bounds, 0..<0, "bounds")
  }

  func goesOnAfterAbort() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.member.begin()
    try writer.member.abort()
    try writer.member.begin()
    try writer.send("no", partition: 0)
    try written(TopicPartition(topic: topic, partition: 0), end: 1)
    try writer.member.abort()
    try writer.commit(["yes"])
    let heard = try readAll(TopicPartition(topic: topic, partition: 0))
    try expectEqual(heard.texts, ["yes"], "records")
  }

  func closingAborts() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    try writer.member.begin()
    try writer.send("never", partition: 0)
    let probe = try reader([partition: 0], .readUncommitted)
    defer { probe.reader.close() }
    try until("the open record") {
      probe.poll()
      return !probe.heard.records.isEmpty
    }
    writer.close()
    try expectEqual(try readAll(partition).texts, [], "committed records")
  }

  func outOfOrder() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    _ = try expectError("producing without a transaction") { () throws(KafkaError) in
      try writer.send("x", partition: 0)
    }
    if case .committed = writer.member.commit() { throw Violation("committed without a transaction") }
    try writer.member.initTransactions()
    try writer.member.begin()
    _ = try expectError("a second begin") { () throws(KafkaError) in try writer.member.begin() }
  }
}
