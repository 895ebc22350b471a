// Owns the proof that the guarantee tests can fail: each planted bug doubles or loses something that they see.
import Kafka
import Testing

@testable import Streams

@Suite struct PlantedBugTests {
  private func world(_ bugs: PlantedBugs, markerDelay: Int64 = 0) throws -> TestWorld {
    var world = try TestWorld(markerDelay: markerDelay)
    world.settings.plantedBugs = bugs
    return world
  }

  @Test func timersWithoutOffsetsLetAZombieFireATimerTwice() throws {
    #expect(try RecoveryTests.zombieThaws(world([])) == ["k=1", "k!1"])
    #expect(try RecoveryTests.zombieThaws(world(.timersWithoutOffsets)).filter { $0 == "k!1" }.count == 2)
  }

  @Test func aRestoreToTheLastStableOffsetLosesACommitThatHasReturned() throws {
    func state(_ bugs: PlantedBugs) throws -> [String] {
      let world = try world(bugs, markerDelay: .max)
      try world.feed("x", "x")
      let first = world.counter()
      world.run(first, turns: 5)
      return StatefulTests.takeOver(world, from: first, by: world.counter(1))
    }
    #expect(try state([]) == ["2"])
    #expect(try state(.restoreToLastStableOffset) == [])
  }

  /// The outputs of two records with a crash between them: the second worker only has the changelog.
  private func acrossACrash(_ bugs: PlantedBugs) throws -> [String] {
    let world = try world(bugs)
    try world.feed("x")
    do {
      let first = world.counter(0)
      world.run(first, turns: 5)
    }
    world.clock.advance(milliseconds: 500)
    let second = world.counter(0)
    world.run(second, turns: 1_500)
    try world.feed("x")
    world.run(second, turns: 300)
    return world.committed()
  }

  @Test func aCommitBeforeTheFlushLosesStateInACrash() throws {
    #expect(try acrossACrash([]) == ["k=1", "k!1", "k=2", "k!2"])
    #expect(try acrossACrash(.commitBeforeFlush) != ["k=1", "k!1", "k=2", "k!2"])
  }

  @Test func aTimerKeptInMemoryOnlyIsLostInACrash() throws {
    #expect(try acrossACrash(.lostTimer) == ["k=1", "k=2", "k!2"])
  }

  /// The outputs of three records, of which the second meets a fault at its commit.
  private func withFault(_ fault: Fault, _ bugs: PlantedBugs) throws -> [String] {
    let world = try world(bugs)
    let worker = world.counter()
    world.run(worker, turns: 5)
    try world.feed("x")
    world.run(worker, turns: 5)
    world.log.inject(fault, at: .commit)
    try world.feed("x")
    world.run(worker, turns: 10)
    try world.feed("x")
    world.run(worker, turns: 10)
    return world.committed()
  }

  @Test func aSkippedAbortLosesARecord() throws {
    #expect(try withFault(.fails, []) == ["k=1", "k=2", "k=3"])
    #expect(try withFault(.fails, .skippedAbort) == ["k=1", "k=3"])
  }

  @Test func stateOutsideTheTransactionCountsARecordTwice() throws {
    #expect(try withFault(.fails, .stateOutsideTransaction) == ["k=1", "k=3", "k=4"])
  }

  @Test func changesDroppedAfterAnUnknownCommitThatHappenedAreMissing() throws {
    #expect(try withFault(.unknown(.applied), []) == ["k=1", "k=2", "k=3"])
    #expect(
      try withFault(.unknown(.applied), .overlayDroppedAfterUnknownCommit) == ["k=1", "k=2", "k=2"])
  }
}
