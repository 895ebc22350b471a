// Owns what a stateless role is promised: exactly once, dead letters, stops of one partition, drain.
import Kafka
import Testing

@testable import Streams

@Suite struct ForwardingTests {
  @Test func everyRecordIsForwardedOnceAndItsOffsetCommitted() throws {
    let world = try TestWorld()
    try world.feed("a", "b", "c")
    let worker = world.forwarder()
    world.run(worker)
    #expect(world.committed() == ["a", "b", "c"])
    let offset = try #require(world.log.groupOffsets("g")[TopicPartition(topic: "in", partition: 0)])
    #expect(offset.offset == 3)
    let header = try #require(try TaskHeader.parse(offset.metadata))
    #expect(header.counters.records == 3)
    #expect(header.counters.forwarded == 3)
  }

  @Test func aPoolOfThreadsForwardsEverythingAndDrainsWithinASecond() throws {
    let log = MemoryLog(MemoryLog.Configuration(time: .wall))
    log.createTopic("in", partitions: 4)
    log.createTopic("out", partitions: 4)
    log.createTopic("dead")
    try log.setStart(group: "g", topics: ["in"])
    for number in 0..<2_000 { try log.pipe("in", key: "\(number % 50)", "v\(number)") }
    let pool = WorkerPool(
      log: log, role: Role(TestWorld.forwarding) { Forwarder() }, threads: 3,
      identity: WorkerIdentity(transactionalPrefix: "pool"))
    pool.start()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(20)
    while log.records("out").count < 2_000 && clock.now < deadline { OSThread.sleep(milliseconds: 5) }
    let asked = clock.now
    pool.drain()
    #expect(pool.wait() == [.stopped, .stopped, .stopped])
    #expect(clock.now - asked < .seconds(1))
    let values = log.records("out").compactMap(\.valueText)
    #expect(values.count == 2_000)
    #expect(Set(values).count == 2_000)
    #expect(log.groupState("g")?.members == 0)
    #expect(pool.snapshot().map(\.counters.records).reduce(0, +) == 2_000)
  }
}
