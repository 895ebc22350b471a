// Owns what a stateful role is promised: state and timers survive restarts, agree with the group, and restore whole.
import Kafka
import Testing

@testable import Streams

@Suite struct StatefulTests {
  @Test func stateAndTimersSurviveARestart() throws {
    let world = try TestWorld()
    try world.feed("x", "x")
    let first = world.counter()
    world.run(first, turns: 5)
    first.status.requestDrain()
    first.step()
    #expect(first.state == .stopped)
    try world.feed("x")
    let second = world.counter()
    world.run(second, turns: 200)
    #expect(world.committed() == ["k=1", "k=2", "k=3", "k!3"])
  }

  @Test func aTimerFiresOnceItsTimeHasComeAndNotBefore() throws {
    let world = try TestWorld()
    try world.feed("x")
    let worker = world.counter()
    world.run(worker, turns: 50)
    #expect(world.committed() == ["k=1"])
    world.run(worker, turns: 60)
    #expect(world.committed() == ["k=1", "k!1"])
    world.run(worker, turns: 200)
    #expect(world.committed() == ["k=1", "k!1"])
  }

  @Test func aTimerDueBeforeARecordFiresBeforeItHoweverTransactionsAreCut() throws {
    // Three records a second and a half apart, all there before the worker starts: it is behind, so only
    // append time counts.
    var outputs: [[String]] = []
    for limit in [1, 2, 1_000] {
      var world = try TestWorld()
      world.settings.pollLimit = limit
      for _ in 0..<3 {
        try world.feed("x")
        world.clock.advance(milliseconds: 1_500)
      }
      world.run(world.counter(), turns: 30, milliseconds: 1)
      outputs.append(world.committed())
    }
    for output in outputs { #expect(output == ["k=1", "k!1", "k=2", "k!2", "k=3", "k!3"]) }
  }

  /// A worker reads so many records a turn. What waits behind them was in the log before the timer was due.
  @Test(arguments: 1...8)
  func aTimerDoesNotFireBeforeARecordThatWaitsBehindThoseOfAnotherPartition(_ turns: Int) throws {
    var world = try TestWorld(partitions: 2)
    world.settings.pollLimit = 2
    let keys = try #require(world.keys(of: 2))
    let worker = world.counter()
    try world.feed("x", key: keys[1])
    world.run(worker, turns: turns + 20)
    world.clock.advance(milliseconds: 900 - 10 * Int64(turns + 20))
    for _ in 0..<8 { try world.feed("x", key: keys[0]) }
    try world.feed("x", key: keys[1])
    world.clock.advance(milliseconds: 300)
    world.run(worker, turns: 20, milliseconds: 1)
    #expect(world.committed().contains("\(keys[1])=2"))
    #expect(!world.committed().contains("\(keys[1])!1"), "\(world.committed())")
  }

  @Test func whoHasNothingToReadFiresWhileOthersHaveMoreThanAPollGives() throws {
    var world = try TestWorld(partitions: 2)
    world.settings.pollLimit = 2
    let keys = try #require(world.keys(of: 2))
    let worker = world.counter()
    try world.feed("x", key: keys[1])
    world.run(worker, turns: 20)
    world.clock.advance(milliseconds: 2_000)
    for _ in 0..<100 { try world.feed("x", key: keys[0]) }
    world.run(worker, turns: 30)
    let told = world.committed()
    #expect(told.contains("\(keys[1])!1") && !told.contains("\(keys[0])=100"), "\(told)")
  }

  @Test func noMoreTimersFireInOneTransactionThanTheLimitSays() throws {
    var world = try TestWorld()
    world.settings.timersPerTransaction = 10
    for number in 0..<35 { try world.feed("x", key: "k\(number)") }
    let worker = world.counter()
    world.run(worker, turns: 20)
    world.clock.advance(milliseconds: 2_000)
    let before = worker.snapshot.counters.commits
    world.run(worker, turns: 1)
    #expect(worker.snapshot.counters.timers == 35)
    #expect(worker.snapshot.counters.commits >= before + 3)
    #expect(world.committed().count == 70)
  }

  @Test func aFloodOfTimersLetsRecordsPassAndEveryOneOfThemFires() throws {
    var world = try TestWorld()
    world.settings.timersPerTurn = 10
    world.settings.timersPerTransaction = 5
    let keys = (0..<100).map { "k\($0)" }
    for key in keys { try world.feed("x", key: key) }
    let worker = world.counter()
    world.run(worker, turns: 20)
    world.clock.advance(milliseconds: 2_000)
    // Of a key that has no timer: nothing of its own is put in another order.
    try world.feed("x", key: "other")
    world.run(worker, turns: 3)
    let place = try #require(world.committed().firstIndex(of: "other=1"))
    #expect(place < 100 + 31, "it waits for three turns of timers at most")
    #expect(worker.snapshot.tasks[0].lateness > 0)
    world.run(worker, turns: 20)
    #expect(Set(world.committed()).isSuperset(of: keys.map { "\($0)!1" }))
    #expect(worker.snapshot.counters.timers == 100)
    #expect(worker.snapshot.tasks[0].lateness == 0)
    // Once they are drained, order is strict again.
    world.clock.advance(milliseconds: 2_000)
    try world.feed("x", key: "last")
    world.run(worker, turns: 20)
    #expect(world.committed().suffix(2) == ["other!1", "last=1"])
  }

  @Test func aFloodInOneTaskLeavesTheTimersOfTheOthersTheirTurn() throws {
    var world = try TestWorld(partitions: 4)
    world.settings.timersPerTurn = 10
    for number in 0..<400 { try world.feed("x", key: "k\(number)") }
    let worker = world.counter()
    world.run(worker, turns: 20)
    world.clock.advance(milliseconds: 2_000)
    let before = worker.tasks.map { $0.timers?.count ?? 0 }
    world.run(worker, turns: 8)
    let after = worker.tasks.map { $0.timers?.count ?? 0 }
    #expect(zip(before, after).allSatisfy { $0 > $1 }, "each task has fired some: \(before), \(after)")
  }

  @Test func aRolesOwnCountersCountWhatIsCommittedAndNothingElse() throws {
    struct Tally: Processor {
      mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
        throws(TaskFailure)
      {
        context.count(1)
        if text(record.value) == "corrupt" { throw TaskFailure("a corrupt internal record") }
      }
    }
    var definition = TestWorld.counting
    definition.counters = [RoleCounter("decision", "no"), RoleCounter("decision", "yes")]
    let world = try TestWorld()
    try world.feed("x", "x")
    let worker = world.worker(Role(definition) { Tally() })
    world.run(worker)
    try world.feed("corrupt")
    world.run(worker)
    #expect(worker.snapshot.counters.own == [definition.counters[0]: 0, definition.counters[1]: 2])
  }

  @Test func aTimerThatKeepsSettingItselfForThePastStopsItsTask() throws {
    struct Restless: Processor {
      mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
        throws(TaskFailure)
      {
        withBytes("t") { context.setTimer($0, due: 0) }
      }
      mutating func fire<C: TaskContext>(
        timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Void, _ context: inout C
      ) throws(TaskFailure) {
        context.setTimer(key, due: 0)
      }
    }
    var world = try TestWorld()
    world.settings.timersPerTransaction = 5_000
    try world.feed("x")
    world.run(world.worker(Role(TestWorld.counting) { Restless() }))
    #expect(world.reports.failures == ["timers keep setting timers that are due already"])
  }

  @Test func aRestartAnywhereGivesTheSameStateFromACompactedChangelog() throws {
    let world = try TestWorld()
    let worker = world.counter()
    for round in 0..<20 {
      try world.feed("x", key: "k\(round % 3)")
      world.run(worker, turns: 3)
    }
    world.log.settle()
    world.log.compact("changes")
    let before = try #require(worker.tasks.first)
    worker.status.requestDrain()
    let (entries, timers) = (before.store?.sorted(), before.timers?.sorted())
    worker.step()
    let again = world.counter()
    world.run(again, turns: 5)
    let after = try #require(again.tasks.first)
    #expect(after.store?.sorted().map(\.key) == entries?.map(\.key))
    #expect(after.store?.sorted().map(\.value) == entries?.map(\.value))
    #expect(after.timers?.sorted().map(\.due) == timers?.map(\.due))
    #expect(after.base.counters == before.base.counters)
  }

  @Test func aRestoreReadsACommitWhoseMarkerLags() throws {
    let world = try TestWorld(markerDelay: .max)
    try world.feed("x", "x")
    let first = world.counter()
    world.run(first, turns: 5)
    // Commits have returned; their markers are not written. The next owner has to wait for them.
    let next = world.counter(1)
    #expect(Self.takeOver(world, from: first, by: next) == ["2"])
  }

  /// Drains one worker, lets another restore, and returns its state once it runs.
  static func takeOver<P>(_ world: TestWorld, from first: Worker<MemoryLog, P>, by next: Worker<MemoryLog, P>)
    -> [String]
  {
    first.status.requestDrain()
    first.step()
    world.run(next, turns: 10)
    world.log.settle()
    world.run(next, turns: 10)
    guard let task = next.tasks.first, task.isRunning else { return ["not running"] }
    return task.store?.sorted().map { String(decoding: $0.value, as: UTF8.self) } ?? []
  }

  @Test func aChangelogThatDisagreesWithTheGroupIsRefusedWithAWayOn() throws {
    let world = try TestWorld()
    try world.feed("x", "x")
    let worker = world.counter()
    world.run(worker, turns: 10)
    worker.status.requestDrain()
    worker.step()
    world.log.settle()
    // Somebody sets the group's offset back by hand and leaves the changelog as it is.
    let source = TopicPartition(topic: "in", partition: 0)
    try world.log.commit([source: CommittedOffset(offset: 0, metadata: "")], group: "g")
    let again = world.counter()
    world.run(again, turns: 10)
    #expect(world.reports.refusals.count == 1)
    #expect(world.reports.refusals.first?.contains("delete the changelog's records as well") == true)
    #expect(world.committed() == ["k=1", "k=2"])
    #expect(!again.snapshot.isReady)
  }

  @Test func anotherLayoutIsRefused() throws {
    let world = try TestWorld()
    try world.feed("x")
    let worker = world.counter(layout: "p1.s9f3a")
    world.run(worker, turns: 10)
    worker.status.requestDrain()
    worker.step()
    let other = world.counter(layout: "p1.s0000")
    world.run(other, turns: 10)
    #expect(world.reports.refusals.first?.contains("layout p1.s0000 here, p1.s9f3a") == true)
  }

  @Test func aChangelogWithAnotherNumberOfPartitionsIsRefusedBeforeAnythingIsConsumed() throws {
    let world = try TestWorld()
    world.log.createTopic("wide", partitions: 3)
    var definition = TestWorld.counting
    definition.changelog = "wide"
    let worker = world.worker(Role(definition) { Counter() })
    world.run(worker, turns: 3)
    guard case .failed(let reason) = worker.state else {
      Issue.record("the worker runs")
      return
    }
    #expect(reason.contains("wide has 3 partitions"))
    #expect(world.log.groupState("g")?.members ?? 0 == 0)
  }

  @Test func stateCapsStopTheTaskAndChangeNothing() throws {
    var world = try TestWorld()
    world.settings.stateEntries = 2
    for key in ["a", "b", "c"] { try world.feed("x", key: key) }
    let worker = world.counter()
    world.run(worker, turns: 20)
    #expect(world.committed() == ["a=1", "b=1"])
    #expect(world.reports.failures == ["the task holds as many entries as its cap allows"])
  }

  @Test func controlRecordsAloneLeaveNoLag() throws {
    let world = try TestWorld()
    let producer = try world.log.member(
      MemberConfiguration(group: "other", transactionalID: "up", outputs: ["in"]))
    try producer.initTransactions()
    try producer.begin()
    try withBytes("x") { value in
      try producer.produce(OutputTopic(index: 0), partition: 0, key: value, value: value, headers: noHeaders)
    }
    let worker = world.counter()
    world.run(worker, turns: 10)
    #expect(producer.commit() == .committed)
    world.run(worker, turns: 300)
    #expect(world.log.groupOffsets("g").values.map(\.offset) == world.log.endOffsets("in"))
    #expect(worker.snapshot.tasks.map(\.lag) == [0])
    // And it comes to rest: offsets are not committed for ever because of offsets that were committed.
    let commits = worker.snapshot.counters.commits
    world.run(worker, turns: 500)
    #expect(worker.snapshot.counters.commits == commits)
  }
}
