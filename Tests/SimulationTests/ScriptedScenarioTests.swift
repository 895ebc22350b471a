// Owns the scenarios that people ask about, as scripts: each happens as it is written, then everything has to be right.
import Simulation
import Streams
import Testing

@Suite struct ScriptedScenarioTests {
  @Test(arguments: [Moment.before(.sendOffsets), .after(.sendOffsets), .before(.commit), .after(.commit)])
  func aKillAroundTheCommitLosesAndDoublesNothing(moment: Moment) throws {
    let world = try World(Counting(), workers: 2)
    try world.run(20)
    try world.feed("tick 1", "tick 2")
    try world.run(5)
    world.kill(0, moment)
    world.kill(1, moment)
    try world.feed("tick 3", "tick 4")
    try world.run { world.coverage[.kills] >= 1 }
    #expect(try world.conclude() == nil)
    #expect(world.coverage[.kills] >= 1)
    #expect(world.committed("counts") == ["k=1", "k=2", "k=3", "k=4"])
  }

  @Test func aZombieThatThawsAtItsCommitCannotCommit() throws {
    let world = try World(Counting(), workers: 2) {
      $0.sessionTimeout = 1_000
      $0.transactionTimeout = 2_000
    }
    try world.run(20)
    // Whoever has the partition freezes with everything written, and is taken for dead.
    let owner = try #require(world.assignments.firstIndex { !$0.isEmpty })
    world.freeze(owner, .before(.sendOffsets), milliseconds: 5_000)
    try world.feed("tick 1")
    try world.run { world.coverage[.zombies] == 1 }
    #expect(world.committed("counts") == ["k=1"], "its heir has done the work")
    #expect(try world.conclude() == nil)
    #expect(world.committed("counts") == ["k=1"])
    #expect(world.coverage[.lostPartitions] >= 1)
  }

  @Test func aZombieThatFiresATimerCannotFireItAgain() throws {
    let world = try World(Counting(), workers: 2) { $0.sessionTimeout = 1_000 }
    try world.run(20)
    try world.feed("quiet 1")
    try world.run { world.committed("counts") == ["k=1"] }
    let owner = try #require(world.assignments.firstIndex { !$0.isEmpty })
    // The next transaction holds a timer and nothing else.
    world.freeze(owner, .before(.begin), milliseconds: 5_000)
    try world.run { world.coverage[.zombies] == 1 }
    #expect(try world.conclude() == nil)
    #expect(world.committed("reminders") == ["k!1"])
  }

  @Test func aProcessWhoseNameIsTakenMeanwhileIsFenced() throws {
    let world = try World(Counting())
    try world.run(20)
    world.freeze(0, .before(.commit), milliseconds: 2_000, .replaced(turns: 5))
    try world.feed("tick 1")
    try world.run { world.coverage[.zombies] == 1 }
    try world.feed("tick 2")
    try world.run(50)
    #expect(try world.conclude() == nil)
    #expect(world.committed("counts") == ["k=1", "k=2"])
    #expect(world.coverage[.fencings] >= 1)
  }

  @Test func anUnknownCommitThatHadCommittedIsKept() throws {
    let world = try World(Counting())
    try world.run(20)
    world.fault(0, .commit, .unknown(.applied))
    try world.feed("tick 1")
    try world.run(40)
    try world.feed("tick 2")
    #expect(try world.conclude() == nil)
    #expect(world.coverage[.unknownApplied] == 1)
    #expect(world.committed("counts") == ["k=1", "k=2"])
  }

  @Test func anUnknownCommitThatHadNotIsDoneAgain() throws {
    let world = try World(Counting())
    try world.run(20)
    world.fault(0, .commit, .unknown(.dropped))
    try world.feed("tick 1")
    try world.run(40)
    try world.feed("tick 2")
    #expect(try world.conclude() == nil)
    #expect(world.coverage[.unknownDropped] == 1)
    #expect(world.committed("counts") == ["k=1", "k=2"])
  }

  @Test func aRestoreTornByACrashIsBegunAnew() throws {
    let world = try World(Counting()) { $0.restoreSlice = 1 }
    try world.run(20)
    for number in 1...10 { try world.feed("tick \(number)") }
    try world.run(20)
    world.drain(0)
    try world.run { world.isRestoring(0) }
    try world.run(2)
    world.kill(0, .before(.read))
    try world.run { world.coverage[.kills] == 1 }
    try world.feed("tick 11")
    #expect(try world.conclude() == nil)
    #expect(world.coverage[.tornRestores] == 1)
    #expect(world.committed("counts") == (1...11).map { "k=\($0)" })
  }

  @Test func aWorkerThatFreezesInItsRestoreBeginsAnewOnceItThaws() throws {
    let world = try World(Counting(), workers: 2) {
      $0.restoreSlice = 1
      $0.sessionTimeout = 1_000
    }
    try world.run(20)
    for number in 1...10 { try world.feed("tick \(number)") }
    try world.run(20)
    let owner = try #require(world.assignments.firstIndex { !$0.isEmpty })
    world.drain(owner)
    let heir = 1 - owner
    try world.run { world.isRestoring(heir) }
    // It has read its offset and half of the changelog. Until it thaws, the other one has gone on.
    world.freeze(heir, .before(.read), milliseconds: 5_000)
    try world.feed("tick 11")
    try world.run { world.coverage[.zombies] == 1 }
    // Were it to compare what it has restored with the offset it read, it would ask a person for help.
    #expect(try world.conclude() == nil)
    #expect(world.committed("counts") == (1...11).map { "k=\($0)" })
  }

  @Test func aRestoreThatIsDoneIsNotForgottenWhenTheNextOneCannotBegin() throws {
    let world = try World(Counting(), partitions: 2)
    try world.run(20)
    // One of the two partitions has nothing to restore.
    try world.feed("tick 1")
    try world.run(20)
    world.drain(0)
    world.refuse(0, .assign, 2)
    try world.run(20)
    try world.feed("tick 2", key: "k1")
    try world.feed("tick 3", key: "k2")
    try world.feed("tick 4", key: "k")
    #expect(try world.conclude() == nil)
    #expect(world.committed("counts").sorted() == ["k1=1", "k2=1", "k=1", "k=2"])
  }

  @Test func aRebalanceInTheMiddleOfABatchSplitsIt() throws {
    let world = try World(Counting(), partitions: 2, workers: 2) {
      $0.pollLimit = 1
      $0.commitInterval = 1_000
    }
    try world.run(40)
    for number in 0..<20 { try world.feed("tick \(number)", key: "k\(number % 4)") }
    try world.run(3)
    let before = world.coverage[.rebalances]
    world.rebalance()
    try world.run(60)
    #expect(world.coverage[.rebalances] >= before + 2, "partitions were given up and taken over")
    #expect(try world.conclude() == nil)
    #expect(world.committed("counts").count == 20)
  }

  @Test func aPolicyThatChangesInTheMiddleOfABatchDecidesFromTheNextOneOn() throws {
    let world = try World(Forwarding()) {
      $0.commitInterval = 500
      $0.pace = 0
    }
    try world.run(20)
    try world.feed("word 1")
    try world.run(1)
    try world.publish()
    world.clock.advance(milliseconds: 60)
    try world.feed("word 2")
    try world.run(1)
    #expect(world.committed("out").isEmpty, "one batch is open")
    world.clock.advance(milliseconds: 1_000)
    try world.run(5)
    try world.feed("word 3")
    #expect(try world.conclude() == nil)
    #expect(
      world.committed("out").filter { $0.contains("part 1") } == [
        "word 1, part 1, by red", "word 2, part 1, by red", "word 3, part 1, by green",
      ])
  }

  @Test func whatIsPendingHasAReason() throws {
    let world = try World(Counting())
    try world.feed("tick 1")
    #expect(world.pending == "in-0 is committed up to 0 of 1: nobody has it; worker 0 is gone")
    try world.run(40)
    #expect(world.pending == "timers of in-0 have not fired: worker 0 has it, running from 1, 4 timers")
    #expect(try world.conclude() == nil)
    #expect(world.pending == nil)
  }
}
