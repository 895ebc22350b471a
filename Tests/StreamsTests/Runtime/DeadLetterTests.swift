// Owns what happens to records that cannot be handled: refused ones, failing ones, and those with impossible outputs.
import Kafka
import Testing

@testable import Streams

@Suite struct DeadLetterTests {
  @Test func aRefusedRecordGoesToDeadLettersWithItsBytesReasonAndCoordinates() throws {
    let world = try TestWorld()
    try world.log.pipe("in", key: "k", "good")
    try world.log.pipe("in", key: "k", "bad one", headers: ["traceparent": "00-1", "reason": "mine"])
    try world.log.pipe("in", key: "k", "good again")
    let worker = world.forwarder()
    world.run(worker)
    #expect(world.committed() == ["good", "good again"])
    let letter = try #require(world.log.records("dead").first)
    #expect(world.log.records("dead").count == 1)
    #expect(letter.keyText == "k")
    #expect(letter.valueText == "bad one")
    let headers = letter.headers.map {
      "\($0.name)=\($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "")"
    }
    let record = try #require(world.log.records("in").first { $0.offset == 1 })
    #expect(
      headers == [
        "original-reason=mine", "traceparent=00-1", "ce_specversion=1.0", "ce_type=answerable.dead-letter",
        "ce_id=forward:in:0:1", "ce_source=/answerable/forward", "reason=bad-word", "reason-field=text",
        "reason-text=it begins with bad", "cause-topic=in", "cause-partition=0", "cause-offset=1",
        "cause-timestamp=\(record.timestamp)", "role=forward", "epoch=0",
      ])
    #expect(worker.snapshot.counters.deadLettered == ["bad-word": 1])
    #expect(worker.snapshot.counters.records == 3)
    #expect(worker.snapshot.counters.forwarded == 2)
  }

  @Test func headersThatHaveThePrefixOfDeadLettersGetItOnceMore() throws {
    let world = try TestWorld()
    let sent = ["original-reason", "original-original-epoch", "original-mine", "mine"]
    try world.log.pipe(
      "in", key: "k", "bad one", headers: Dictionary(uniqueKeysWithValues: sent.map { ($0, "x") }))
    world.run(world.forwarder())
    let letter = try #require(world.log.records("dead").first)
    let names = Set(letter.headers.map(\.name))
    #expect(names.isSuperset(of: ["original-original-reason", "original-original-original-epoch"]))
    #expect(names.isSuperset(of: ["original-mine", "mine"]))
    #expect(!names.contains("original-reason"))
  }

  @Test func anOutputTooLargeToCommitSendsItsInputToDeadLettersAndNothingElse() throws {
    let world = try TestWorld()
    try world.feed("a", "huge", "b")
    world.run(world.forwarder())
    #expect(world.committed() == ["a", "b"])
    #expect(world.log.records("dead").map { $0.header("reason") } == ["output-too-large"])
    #expect(world.log.records("dead").map(\.valueText) == ["huge"])
  }

  @Test func anOutputTheBrokerRefusesIsFoundAmongItsNeighboursAndDeadLettered() throws {
    var world = try TestWorld()
    // The worker believes in a limit that the broker does not grant: only the broker knows.
    world.settings.maxMessageBytes = 10_000_000
    try world.feed("a", "b", "huge", "c", "d")
    world.run(world.forwarder(), turns: 300)
    #expect(world.committed() == ["a", "b", "c", "d"])
    #expect(world.log.records("dead").map { $0.header("reason") } == ["output-refused"])
    #expect(world.log.records("dead").map(\.valueText) == ["huge"])
    #expect(world.reports.failures.isEmpty)
  }

  @Test func aDeadLetterThatLeavesNoRoomForItsReasonIsCutAndSaysSo() throws {
    var world = try TestWorld()
    world.settings.maxMessageBytes = 2_000
    try world.feed("bad" + String(repeating: "y", count: 2_000), "a")
    world.run(world.forwarder())
    #expect(world.committed() == ["a"])
    let letter = try #require(world.log.records("dead").first)
    #expect(letter.header("truncated-from") == "2003")
    #expect((letter.value?.count ?? 0) > 1_000)
  }

  @Test func aBadInternalRecordStopsItsOwnPartitionAndNoOther() throws {
    let world = try TestWorld(partitions: 2)
    for number in 0..<3 {
      for partition in [Int32(0), 1] {
        let value = number == 1 && partition == 0 ? "corrupt" : "p\(partition)-\(number)"
        try world.log.append("in", partition: partition, key: [UInt8(partition)], value: Array(value.utf8))
      }
    }
    let worker = world.forwarder()
    world.run(worker)
    #expect(Set(world.committed()) == ["p0-0", "p1-0", "p1-1", "p1-2"])
    #expect(world.committed().count == 4)
    #expect(world.reports.failures == ["a corrupt internal record"])
    #expect(worker.snapshot.tasks.map(\.state) == [.failed("a corrupt internal record"), .running])
    #expect(!worker.snapshot.isReady)
    // What stood before the bad record is committed; the bad one is the next to be read.
    #expect(worker.snapshot.tasks.map(\.committed) == [1, 3])
    try world.log.append("in", partition: 1, key: [1], value: Array("later".utf8))
    world.run(worker)
    #expect(world.committed().last == "later")
  }

  @Test func aBadInternalRecordStopsAStatefulTaskWithItsStateAsCommitted() throws {
    let world = try TestWorld()
    try world.feed("x", "x", "corrupt", "x")
    let worker = world.counter()
    world.run(worker)
    #expect(world.committed() == ["k=1", "k=2"])
    #expect(worker.tasks.first?.store?.sorted().map { String(decoding: $0.value, as: UTF8.self) } == ["2"])
  }
}
