// Owns how a worker comes back: unknown commits both ways, fencing, its budget, zombies, lost partitions.
import Kafka
import Testing

@testable import Streams

@Suite struct RecoveryTests {
  @Test func anUnknownCommitThatHappenedIsKept() throws {
    let world = try TestWorld()
    let worker = world.counter()
    world.run(worker, turns: 5)
    world.log.inject(.unknown(.applied), at: .commit)
    try world.feed("x")
    world.run(worker, turns: 20)
    try world.feed("x")
    world.run(worker, turns: 20)
    #expect(world.reports.resolutions == [.committed])
    #expect(world.committed() == ["k=1", "k=2"])
    #expect(world.reports.recreations == 0)
  }

  @Test func anUnknownCommitThatDidNotHappenIsDoneAgain() throws {
    let world = try TestWorld()
    let worker = world.counter()
    world.run(worker, turns: 5)
    world.log.inject(.unknown(.dropped), at: .commit)
    try world.feed("x")
    world.run(worker, turns: 20)
    try world.feed("x")
    world.run(worker, turns: 20)
    #expect(world.reports.resolutions == [.aborted])
    #expect(world.committed() == ["k=1", "k=2"])
  }

  @Test func aCommitThatArrivesLateIsSettledByTheNewProducer() throws {
    let world = try TestWorld()
    let worker = world.counter()
    world.run(worker, turns: 5)
    world.log.inject(.unknown(.late(milliseconds: 5_000)), at: .commit)
    try world.feed("x")
    world.run(worker, turns: 30)
    try world.feed("x")
    world.run(worker, turns: 30)
    world.clock.advance(milliseconds: 10_000)
    world.run(worker, turns: 30)
    #expect(world.committed().filter { $0.contains("=") } == ["k=1", "k=2"])
  }

  @Test func aFencedProducerIsReplacedAndNothingIsLost() throws {
    let world = try TestWorld()
    let worker = world.counter()
    world.run(worker, turns: 5)
    for point in [FaultPoint.produce, .sendOffsets, .commit] {
      world.log.inject(.fenced, at: point)
      try world.feed("x")
      world.run(worker, turns: 20)
    }
    #expect(world.committed() == ["k=1", "k=2", "k=3"])
    #expect(world.reports.recreations == 3)
    #expect(worker.state == .running)
  }

  @Test func afterThreeReplacementsInFiveMinutesTheWorkerGivesUpAndLeavesItsGroup() throws {
    let world = try TestWorld()
    let worker = world.forwarder()
    world.run(worker, turns: 5)
    for _ in 0..<4 {
      world.log.inject(.fenced, at: .commit)
      try world.feed("x")
      world.run(worker, turns: 20)
    }
    guard case .failed(let reason) = worker.state else {
      Issue.record("the worker goes on: \(worker.state)")
      return
    }
    #expect(reason.contains("replaced 3 times within 300 s"))
    #expect(world.log.groupState("g")?.members == 0)
    #expect(world.committed() == ["x", "x", "x"])
  }

  @Test func aFailedCommitIsDoneAgainWithTheStateOfBefore() throws {
    let world = try TestWorld()
    let worker = world.counter()
    world.run(worker, turns: 5)
    try world.feed("x")
    world.run(worker, turns: 5)
    world.log.inject(.fails, at: .commit)
    world.log.inject(.fails, at: .sendOffsets)
    try world.feed("x")
    world.run(worker, turns: 30)
    #expect(world.committed() == ["k=1", "k=2"])
    #expect(world.reports.aborts == 2)
  }

  @Test(arguments: [Fault.fails, .fenced])
  func aRecordInWhoseMiddleTheProducerFailsIsReadAgain(fault: Fault) throws {
    struct Twice: Processor {
      mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
        throws(TaskFailure)
      {
        // A failed delivery surfaces at the call after it.
        for part in 1...2 { context.send(0, key: "k", "\(text(record.value))\(part)") }
      }
    }
    let world = try TestWorld()
    let worker = world.worker(Role(TestWorld.forwarding) { Twice() })
    world.run(worker, turns: 5)
    world.log.inject(fault, at: .produce)
    try world.feed("a")
    world.run(worker, turns: 20)
    #expect(world.committed() == ["a1", "a2"])
  }

  /// A worker that freezes with a timer set, is taken for dead, and thaws after another one has fired it.
  static func zombieThaws(_ world: TestWorld) throws -> [String] {
    try world.feed("x")
    let zombie = world.counter(0)
    world.run(zombie, turns: 5)
    // Frozen beyond its session; the other takes its partition and fires the timer.
    world.clock.advance(milliseconds: 11_000)
    let heir = world.counter(1)
    world.run(heir, turns: 50)
    // Thawed between a poll and the timers: it still believes in its partition.
    zombie.fireAtEnd(wall: world.clock.now)
    zombie.commit()
    world.run(zombie, heir, turns: 50)
    return world.committed()
  }

  @Test func aZombieThatThawsCannotFireATimerAgain() throws {
    let world = try TestWorld()
    #expect(try Self.zombieThaws(world) == ["k=1", "k!1"])
  }

  @Test func aZombieThatThawsCannotForwardARecordAgain() throws {
    let world = try TestWorld()
    let zombie = world.forwarder(0)
    world.run(zombie, turns: 5)
    try world.feed("a")
    // It has read and processed, and freezes before its commit: with nothing drained it does not commit at once.
    _ = zombie.open()
    zombie.step()
    world.clock.advance(milliseconds: 11_000)
    let heir = world.forwarder(1)
    world.run(heir, turns: 30)
    zombie.commit()
    world.run(zombie, heir, turns: 50)
    #expect(world.committed() == ["a"])
  }

  @Test func lostPartitionsAreDroppedWithTheirUncommittedWork() throws {
    let world = try TestWorld()
    let worker = world.counter(0)
    world.run(worker, turns: 5)
    try world.feed("x")
    world.log.inject(.expelled, at: .poll)
    world.run(worker, turns: 50)
    #expect(world.committed() == ["k=1"])
    #expect(world.reports.events.contains(.lost([TopicPartition(topic: "in", partition: 0)])))
  }

  @Test func recordsDeletedBeforeTheyWereReadStopTheirTaskAndAreNotSkipped() throws {
    let world = try TestWorld()
    try world.feed("a", "b", "c")
    world.log.delete(TopicPartition(topic: "in", partition: 0), before: 2)
    let worker = world.forwarder()
    world.run(worker, turns: 20)
    #expect(world.committed().isEmpty)
    #expect(world.reports.failures.first?.contains("records were deleted before they were read") == true)
  }

  @Test func aGroupWithoutAStartPositionIsNeverGuessed() throws {
    let world = try TestWorld()
    var definition = TestWorld.forwarding
    definition.group = "unset"
    try world.feed("a")
    let worker = world.worker(Role(definition) { Forwarder() })
    world.run(worker, turns: 10)
    #expect(world.committed().isEmpty)
    #expect(world.reports.refusals.first?.contains("answerable topics apply") == true)
    #expect(worker.state == .running)
  }
}
