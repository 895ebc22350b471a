// Owns the guarantees about records themselves: bytes come back as they were given, keys choose partitions.
import Kafka
import Streams

extension LogCheck {
  static var records: [LogCheck] {
    [
      LogCheck("keys, values and headers come back byte by byte, missing ones as missing") {
        try $0.bytes()
      },
      LogCheck("a value of a megabyte comes back whole") { try $0.largeValue() },
      LogCheck("a key goes to the partition that murmur2 names") { try $0.partitioning() },
      LogCheck("records carry the time at which they were produced") { try $0.timestamps() },
      LogCheck("records tell which of the subscribed topics they are of") { try $0.topicIndex() },
    ]
  }
}

extension Stage {
  func bytes() throws {
    let topic = try topic()
    let everyByte = (0...255).map { UInt8($0) }
    let headers: [HeardRecord.Header] = [
      .init(name: "a", value: [1]), .init(name: "none", value: nil), .init(name: "empty", value: []),
      .init(name: "a", value: everyByte), .init(name: "ключ", value: Array("значение".utf8)),
    ]
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.member.begin()
    try writer.send(everyByte, key: everyByte, headers: headers, partition: 0)
    try writer.send(nil, key: Array("tombstone".utf8), partition: 0)
    try writer.send([], key: nil, partition: 0)
    try writer.send([0], key: [], partition: 0)
    try writer.expectCommit()
    let heard = try readAll(TopicPartition(topic: topic, partition: 0)).records
    try expectEqual(heard.count, 4, "records")
    try expectEqual(heard[0].key, everyByte, "key")
    try expectEqual(heard[0].value, everyByte, "value")
    try expectEqual(heard[0].headers, headers, "headers")
    try expectEqual(heard[1].value, nil, "value of a tombstone")
    try expectEqual(heard[1].key, Array("tombstone".utf8), "key of a tombstone")
    try expectEqual(heard[2].key, nil, "missing key")
    try expectEqual(heard[2].value, [], "empty value")
    try expectEqual(heard[3].key, [], "empty key")
    try expect(heard.dropFirst().allSatisfy { $0.headers.isEmpty }, "headers out of nowhere")
  }

  func largeValue() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    var random = SeededRandom(seed: 7)
    // As large as the default limits of client and broker let pass, and not compressible.
    let value = (0..<990_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    try writer.member.begin()
    try writer.send(value, partition: 0)
    try writer.send("after", partition: 0)
    try writer.expectCommit()
    let heard = try readAll(TopicPartition(topic: topic, partition: 0)).records
    try expectEqual(heard.count, 2, "records")
    try expect(heard[0].value == value, "the large value came back changed")
  }

  func partitioning() throws {
    let topic = try topic(partitions: 7)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    let keys = (0..<200).map { Array("ключ-\($0)".utf8.prefix(3 + $0 % 11)) }
    try writer.member.begin()
    for key in keys { try writer.send([1], key: key) }
    try writer.expectCommit()
    var found = 0
    for partition in Int32(0)..<7 {
      for record in try readAll(TopicPartition(topic: topic, partition: partition)).records {
        let wanted = (record.key ?? []).withUnsafeBytes { Murmur2.partition(of: $0, count: 7) }
        try expectEqual(partition, wanted, "partition of key \(record.key ?? [])")
        found += 1
      }
    }
    try expectEqual(found, keys.count, "records")
  }

  func timestamps() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let writer = try member(writing: [topic])
    defer { writer.close() }
    let before = fixture.now
    try writer.commit(["a"])
    fixture.pass(milliseconds: 50)
    let between = fixture.now
    fixture.pass(milliseconds: 50)
    try writer.commit(["b"])
    let heard = try readAll(partition).records
    try expectEqual(heard.map(\.text), ["a", "b"], "records")
    try expect(heard[0].timestamp >= before, "stamped before it was produced")
    try expect(heard[0].timestamp <= between && heard[1].timestamp >= between, "stamps out of order")
  }

  func topicIndex() throws {
    let topics = try ["b", "a"].map { try topic($0) }
    let writer = try member(writing: topics)
    defer { writer.close() }
    try writer.member.begin()
    for index in topics.indices { try writer.send("\(index)", to: index, partition: 0) }
    try writer.expectCommit()
    let reader = try member(
      try group([topics[0]: 1, topics[1]: 1]), reading: topics)
    defer { reader.close() }
    try poll([reader], until: "both records") { reader.heard.records.count >= 2 }
    for record in reader.heard.records {
      try expectEqual("\(record.topicIndex)", record.text, "index of the topic")
    }
  }
}
