// Owns the guarantee that counters say what is committed, once, and that lag says what waits.
import Kafka
import Testing

@testable import Streams

@Suite struct CounterTests {
  @Test func whatAnUnknownCommitHoldsIsCountedOnceItIsKnownToStand() throws {
    for fate in [UnknownFate.applied, .dropped] {
      let world = try TestWorld()
      let worker = world.forwarder()
      world.run(worker, turns: 5)
      world.log.inject(.unknown(fate), at: .commit)
      try world.feed("a", "bad", "b")
      world.run(worker, turns: 40)
      let counters = worker.snapshot.counters
      #expect(counters.records == 3)
      #expect(counters.forwarded == 2)
      #expect(counters.deadLettered == ["bad-word": 1])
      #expect(counters.decisionTimes.count == 3)
      #expect(counters.commits == 1, "\(fate)")
      #expect(world.committed() == ["a", "b"])
    }
  }

  @Test func whatIsAbortedIsCountedOnlyOnceItCommits() throws {
    let world = try TestWorld()
    let worker = world.forwarder()
    world.run(worker, turns: 5)
    world.log.inject(.fails, at: .commit)
    try world.feed("a", "bad")
    world.run(worker, turns: 40)
    let counters = worker.snapshot.counters
    #expect(counters.records == 2)
    #expect(counters.decisionTimes.count == 2)
    #expect(counters.deadLettered == ["bad-word": 1])
    #expect(counters.aborts == ["log-abortable": 1])
  }

  @Test func aTaskThatHasNotMetTheEndKnowsItsLag() throws {
    var world = try TestWorld()
    world.settings.pollLimit = 1
    let worker = world.forwarder()
    try world.feed("a", "b", "c", "d", "e")
    var lags: [Int64] = []
    for _ in 0..<40 {
      worker.step()
      world.clock.advance(milliseconds: 200)
      if let lag = worker.snapshot.tasks.first?.lag, lag != lags.last { lags.append(lag) }
    }
    #expect(lags.first == 5)
    #expect(lags.last == 0)
    #expect(lags == lags.sorted(by: >))
  }

  @Test func aRestoreIsCounted() throws {
    let world = try TestWorld()
    let first = world.counter()
    try world.feed("x")
    world.run(first, turns: 20)
    #expect(first.snapshot.counters.restores == 1, "of an empty changelog")
    first.status.requestDrain()
    world.run(first, turns: 5)
    let second = world.counter()
    world.run(second, turns: 30)
    #expect(second.snapshot.counters.restores == 1)
    #expect(second.snapshot.counters.restoredRecords > first.snapshot.counters.restoredRecords)
  }

  @Test func aDecisionTimeRunsFromTheRecordsTimestampToTheEndOfItsCommit() throws {
    let world = try TestWorld()
    let worker = world.forwarder()
    world.run(worker, turns: 5)
    try world.feed("a")
    world.clock.advance(milliseconds: 700)
    world.run(worker, turns: 20)
    let times = worker.snapshot.counters.decisionTimes
    #expect(times.count == 1)
    #expect((700...1_000).contains(times.sum))
  }

  @Test func everyAbortThatIsCountedHasAKnownWord() {
    let partition = TopicPartition(topic: "in", partition: 0)
    func error(_ errorClass: ErrorClass) -> KafkaError {
      KafkaError(code: .state, errorClass: errorClass, operation: "commit", reason: "")
    }
    let causes: [AbortCause] = [
      .log(error(.retriable)), .log(error(.abortable)), .task(partition, ""), .poison(partition),
      .assignmentLost,
      .stopped,
    ]
    #expect(causes.map(\.word).sorted() == AbortCause.words)
  }
}
