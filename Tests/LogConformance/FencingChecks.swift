// Owns the guarantees against zombies: who comes later wins, and what is not protected is known.
import Kafka
import Streams

extension LogCheck {
  static var fencing: [LogCheck] {
    [
      LogCheck("a newer producer of a transactional id fences the older and aborts what it left open") {
        try $0.fencesOlderProducer()
      },
      LogCheck("a fenced producer can be replaced by its own member") { try $0.replacesProducer() },
      LogCheck("a member whose instance was taken over cannot commit offsets") {
        try $0.fencesOlderInstance()
      },
      LogCheck(
        "a transaction without offsets is not fenced by the group: measured, and why every one sends some"
      ) {
        try $0.timersOnlyIsNotFenced()
      },
      LogCheck("a member that was expelled cannot commit offsets, and hears that its partitions are lost") {
        try $0.expelledMember()
      },
    ]
  }
}

extension Stage {
  func fencesOlderProducer() throws {
    let topic = try topic()
    let partition = TopicPartition(topic: topic, partition: 0)
    let id = fixture.unique("producer")
    let older = try member(writing: [topic], transactionalID: id)
    defer { older.close() }
    try older.commit(["before"])
    try older.member.begin()
    try older.send("orphan", partition: 0)
    let probe = try reader([partition: 0], .readUncommitted)
    defer { probe.reader.close() }
    try until("the open record") {
      probe.poll()
      return probe.heard.texts.contains("orphan")
    }
    let newer = try member(writing: [topic], transactionalID: id)
    defer { newer.close() }
    try newer.commit(["after"])
    guard case .fenced(let error) = older.member.commit() else {
      throw Violation("the older producer was not fenced")
    }
    try expectEqual(error.errorClass, .fenced, "class of \(error)")
    let failure = try expectError("the fenced producer's abort") { () throws(KafkaError) in
      try older.member.abort()
    }
    try expect(
      failure.errorClass == .fenced || failure.errorClass == .fatal, "class of \(failure)")
    try expectEqual(try readAll(partition).texts, ["before", "after"], "committed records")
  }

  func replacesProducer() throws {
    let topic = try topic()
    let id = fixture.unique("producer")
    let first = try member(writing: [topic], transactionalID: id)
    defer { first.close() }
    let second = try member(writing: [topic], transactionalID: id)
    defer { second.close() }
    try first.member.begin()
    try first.send("lost", partition: 0)
    guard case .fenced = first.member.commit() else { throw Violation("not fenced") }
    try first.member.initTransactions()
    try first.commit(["back"])
    try second.member.begin()
    try second.send("lost", partition: 0)
    guard case .fenced = second.member.commit() else { throw Violation("not fenced in turn") }
    try expectEqual(
      try readAll(TopicPartition(topic: topic, partition: 0)).texts, ["back"], "committed records")
  }

  func fencesOlderInstance() throws {
    let instance = fixture.unique("instance")
    let (older, group, topic, output) = try joined(partitions: 2, instanceID: instance)
    defer { older.close() }
    let newer = try member(group, reading: [topic], writing: [output], instanceID: instance)
    defer { newer.close() }
    try poll([newer], until: "the same partitions") { newer.heard.assignment.count == 2 }
    let partition = TopicPartition(topic: topic, partition: 0)
    try older.member.begin()
    try older.send("zombie", partition: 0)
    let error = try expectError("a fenced instance's offsets") { () throws(KafkaError) in
      try older.member.sendOffsets([partition: CommittedOffset(offset: 9, metadata: "")])
    }
    try expectEqual(error.errorClass, .abortable, "class of \(error)")
    try older.member.abort()
    try newer.member.begin()
    try newer.member.sendOffsets([partition: CommittedOffset(offset: 1, metadata: "")])
    try newer.expectCommit()
    try expectEqual(try newer.member.committed([partition])[partition]?.offset, 1, "committed offset")
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, [], "the zombie's records")
  }

  func timersOnlyIsNotFenced() throws {
    let instance = fixture.unique("instance")
    let (older, group, topic, output) = try joined(instanceID: instance)
    defer { older.close() }
    let newer = try member(group, reading: [topic], writing: [output], instanceID: instance)
    defer { newer.close() }
    try poll([newer], until: "the same partition") { newer.heard.assignment.count == 1 }
    try older.commit(["a timer, again"])
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, ["a timer, again"],
      "committed records")
  }

  func expelledMember() throws {
    let (zombie, group, topic, output) = try joined()
    let partition = TopicPartition(topic: topic, partition: 0)
    fixture.pass(milliseconds: fixture.expulsion)
    let other = try member(group, reading: [topic], writing: [output])
    defer { other.close() }
    try poll([other], until: "the partition of the expelled") { other.heard.assignment.count == 1 }
    try zombie.member.begin()
    try zombie.send("zombie", partition: 0)
    let error = try expectError("an expelled member's offsets") { () throws(KafkaError) in
      try zombie.member.sendOffsets([partition: CommittedOffset(offset: 9, metadata: "")])
    }
    try expectEqual(error.errorClass, .abortable, "class of \(error)")
    try zombie.member.abort()
    try poll([zombie], until: "the news of its loss") { zombie.heard.revoked[partition] != nil }
    try expectEqual(zombie.heard.revoked[partition], true, "whether it was lost")
    try expect(zombie.heard.assignment.isEmpty, "still believes in \(zombie.heard.assignment)")
    try other.member.begin()
    try other.send("rightful", partition: 0)
    try other.member.sendOffsets([partition: CommittedOffset(offset: 1, metadata: "")])
    try other.expectCommit()
    try expectEqual(
      try readAll(TopicPartition(topic: output, partition: 0)).texts, ["rightful"], "committed records")
    zombie.close()
  }
}
