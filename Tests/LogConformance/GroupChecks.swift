// Owns the guarantees of groups: partitions move without stopping the others, and nobody shares one.
import Kafka
import Streams

extension LogCheck {
  static var groups: [LogCheck] {
    [
      LogCheck("a second member takes half, and the first never gives up the other half") {
        try $0.incrementalRebalance()
      },
      LogCheck("a member that closes hands its partitions on") { try $0.closingHandsOn() },
      LogCheck("groups do not see each other") { try $0.groupsAreIndependent() },
      LogCheck("a static member that comes back finds its partitions") { try $0.staticMemberReturns() },
    ]
  }

  static var handovers: [LogCheck] {
    [
      LogCheck("work committed inside of a revocation is where the next owner begins") {
        try $0.commitInsideRevocation()
      },
      LogCheck("the next owner begins at the committed offset, not at what was read") {
        try $0.uncommittedWorkIsRepeated()
      },
    ]
  }
}

extension Stage {
  func incrementalRebalance() throws {
    let (first, group, topic, _) = try joined(partitions: 4)
    defer { first.close() }
    let writer = try member(writing: [topic])
    defer { writer.close() }
    let second = try member(group, reading: [topic])
    defer { second.close() }
    try poll([first, second], until: "two partitions each") {
      first.heard.assignment.count == 2 && second.heard.assignment.count == 2
    }
    let kept = first.heard.assignment
    try expect(kept.isDisjoint(with: second.heard.assignment), "a partition with two owners")
    try expectEqual(first.heard.revoked.count, 2, "partitions the first one gave up")
    try expect(kept.allSatisfy { first.heard.revoked[$0] == nil }, "a kept partition was interrupted")
    try expect(first.heard.revoked.values.allSatisfy { !$0 }, "a revocation that pretends a loss")
    for partition in Int32(0)..<4 { try writer.commit(["\(partition)"], partition: partition) }
    try poll([first, second], until: "a record from every partition") {
      first.heard.records.count + second.heard.records.count >= 4
    }
    try expectEqual(
      Set(first.heard.records.map(\.partition)), Set(kept.map(\.partition)), "partitions the first one reads")
  }

  func closingHandsOn() throws {
    let (first, group, topic, _) = try joined(partitions: 2)
    let second = try member(group, reading: [topic])
    defer { second.close() }
    try poll([first, second], until: "one partition each") {
      first.heard.assignment.count == 1 && second.heard.assignment.count == 1
    }
    let held = first.heard.assignment
    first.close()
    try expect(held.allSatisfy { first.heard.revoked[$0] == false }, "closing did not revoke")
    try poll([second], until: "both partitions") { second.heard.assignment.count == 2 }
    try expect(second.heard.revoked.isEmpty, "the one that stays was interrupted")
  }

  func groupsAreIndependent() throws {
    let topic = try topic()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a", "b"])
    let readers = try (0..<2).map { _ in try member(try group([topic: 1]), reading: [topic]) }
    defer { for reader in readers { reader.close() } }
    try poll(readers, until: "both groups to read everything") {
      readers.allSatisfy { $0.heard.texts == ["a", "b"] }
    }
  }

  func staticMemberReturns() throws {
    let instance = fixture.unique("instance")
    let (first, group, topic, _) = try joined(partitions: 2, instanceID: instance)
    first.close()
    let second = try member(group, reading: [topic], instanceID: instance)
    defer { second.close() }
    try poll([second], until: "its partitions") { second.heard.assignment.count == 2 }
    try expect(second.heard.revoked.isEmpty, "interrupted while it came back")
  }

  func commitInsideRevocation() throws {
    let (first, group, topic, output) = try joined(partitions: 2)
    defer { first.close() }
    let writer = try member(writing: [topic])
    defer { writer.close() }
    for partition in Int32(0)..<2 { try writer.commit(["a", "b"], partition: partition) }
    try poll([first], until: "four records") { first.heard.records.count >= 4 }
    try first.member.begin()
    for partition in Int32(0)..<2 { try first.send("done", partition: partition) }
    var outcomes: [CommitOutcome] = []
    first.heard.whenRevoked = { [member = first.member] partitions, lost in
      var offsets: [TopicPartition: CommittedOffset] = [:]
      for partition in Int32(0)..<2 {
        offsets[.init(topic: topic, partition: partition)] = .init(offset: 2, metadata: "inside")
      }
      do throws(KafkaError) {
        try member.sendOffsets(offsets)
        outcomes.append(member.commit())
      } catch { outcomes.append(.mustAbort(error)) }
    }
    let second = try member(group, reading: [topic])
    defer { second.close() }
    try poll([first, second], until: "one partition each") {
      first.heard.assignment.count == 1 && second.heard.assignment.count == 1
    }
    first.heard.whenRevoked = nil
    try expectEqual(outcomes, [.committed], "outcomes inside of the revocation")
    try poll([first, second], until: "the end of the partition that moved") { !second.heard.ends.isEmpty }
    try expectEqual(second.heard.texts, [], "records the next owner reads again")
    for partition in Int32(0)..<2 {
      try expectEqual(
        try readAll(TopicPartition(topic: output, partition: partition)).texts, ["done"], "output")
    }
  }

  func uncommittedWorkIsRepeated() throws {
    let (first, group, topic, output) = try joined()
    let writer = try member(writing: [topic])
    defer { writer.close() }
    try writer.commit(["a", "b", "c"])
    try poll([first], until: "three records") { first.heard.records.count >= 3 }
    try first.member.begin()
    try first.send("a", partition: 0)
    try first.member.sendOffsets([
      TopicPartition(topic: topic, partition: 0): CommittedOffset(offset: 1, metadata: "")
    ])
    try first.expectCommit()
    try first.member.begin()
    try first.send("b", partition: 0)
    first.close()
    let second = try member(group, reading: [topic])
    defer { second.close() }
    try poll([second], until: "the rest") { second.heard.records.count >= 2 }
    try expectEqual(second.heard.texts, ["b", "c"], "records of the next owner")
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, ["a"], "committed output")
  }
}
