// Owns how workers follow a broadcast: nothing before the first value, one epoch a transaction, halt on the unreadable.
import Kafka
import Testing

@testable import Streams

@Suite struct BroadcastTests {
  private struct Uncompilable: Error, CustomStringConvertible { let description = "no such word" }

  private var role: Role<Stamper> {
    var definition = TestWorld.forwarding
    definition.broadcast = "policy"
    return Role(
      definition,
      compile: { bytes, offset in
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "broken" { throw Uncompilable() }
        return text
      }, processor: { Stamper() })
  }

  @Test func nothingIsConsumedBeforeTheFirstBroadcast() throws {
    let world = try TestWorld()
    try world.feed("a")
    let worker = world.worker(role)
    world.run(worker, turns: 20)
    #expect(worker.state == .waiting)
    #expect(!worker.snapshot.isReady)
    #expect(world.log.groupState("g")?.members ?? 0 == 0)
    try world.log.pipe("policy", "first")
    world.run(worker, turns: 20)
    #expect(world.committed() == ["a by first 0"])
  }

  @Test func theLatestBroadcastDecidesAndItsOffsetIsTheEpoch() throws {
    let world = try TestWorld()
    for text in ["broken", "second", "third"] { try world.log.pipe("policy", text) }
    try world.feed("a")
    let worker = world.worker(role)
    world.run(worker, turns: 20)
    try world.log.pipe("policy", "fourth")
    world.run(worker, turns: 20)
    try world.feed("b")
    world.run(worker, turns: 20)
    // The first one does not compile, but it was superseded before anybody came to it.
    #expect(world.committed() == ["a by third 2", "b by fourth 3"])
    let header = try #require(
      try world.log.groupOffsets("g").values.compactMap { try TaskHeader.parse($0.metadata) }.first)
    #expect(header.epoch == 3)
  }

  @Test func aWorkerHaltsOnABroadcastItCannotCompile() throws {
    let world = try TestWorld()
    try world.log.pipe("policy", "first")
    let worker = world.worker(role)
    world.run(worker, turns: 10)
    try world.log.pipe("policy", "broken")
    world.run(worker, turns: 20)
    #expect(worker.state == .failed("cannot compile the broadcast at offset 1: no such word"))
    #expect(world.log.groupState("g")?.members == 0)
  }

  /// Two records in one transaction, with a new broadcast arriving between them; what decided each.
  static func epochs(_ world: TestWorld, _ role: Role<Stamper>) throws -> [String] {
    try world.log.pipe("policy", "first")
    let worker = world.worker(role)
    world.run(worker, turns: 10)
    try world.feed("a")
    worker.step()
    try #require(worker.transaction == .open)
    try world.log.pipe("policy", "second")
    world.clock.advance(milliseconds: 60)
    try world.feed("b")
    worker.step()
    world.run(worker, turns: 60)
    try world.feed("c")
    world.run(worker, turns: 60)
    return world.committed()
  }

  @Test func oneTransactionIsDecidedUnderOneEpoch() throws {
    var world = try TestWorld()
    world.settings.commitInterval = 500
    let expected = ["a by first 0", "b by first 0", "c by second 1"]
    #expect(try Self.epochs(world, role) == expected)
    var broken = try TestWorld()
    broken.settings.commitInterval = 500
    broken.settings.plantedBugs = .broadcastSwitchedMidTransaction
    #expect(try Self.epochs(broken, role) != expected)
  }

  @Test func aTaskWhoseHeaderIsFromALaterEpochWaitsForIt() throws {
    let world = try TestWorld()
    try world.log.pipe("policy", "first")
    var header = TaskHeader(next: 0)
    header.transaction = 1
    header.epoch = 1
    let source = TopicPartition(topic: "in", partition: 0)
    try world.log.commit([source: CommittedOffset(offset: 0, metadata: header.text)], group: "g")
    try world.feed("a")
    let worker = world.worker(role)
    world.run(worker, turns: 20)
    #expect(world.committed().isEmpty)
    #expect(worker.tasks.map(\.state) == [.created])
    try world.log.pipe("policy", "second")
    world.run(worker, turns: 40)
    #expect(world.committed() == ["a by second 1"])
  }
}
