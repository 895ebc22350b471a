// Owns what happens to tasks that move between workers, and to a worker that drains.
import Kafka
import Testing

@testable import Streams

@Suite struct RebalanceTests {
  private func counts(_ world: TestWorld) -> [String: [String]] {
    Dictionary(grouping: world.committed().filter { $0.contains("=") }) {
      String($0.prefix { $0 != "=" })
    }
  }

  @Test func aSecondWorkerTakesHalfOfTheTasksWithTheirState() throws {
    let world = try TestWorld(partitions: 4)
    for number in 0..<40 { try world.feed("x", key: "k\(number % 8)") }
    let first = world.counter(0)
    world.run(first, turns: 20)
    let second = world.counter(1)
    world.run(first, second, turns: 20)
    for number in 0..<40 { try world.feed("x", key: "k\(number % 8)") }
    world.run(first, second, turns: 40)
    #expect(first.tasks.count == 2)
    #expect(second.tasks.count == 2)
    for (key, values) in counts(world) { #expect(values == (1...10).map { "\(key)=\($0)" }) }
    #expect(counts(world).count == 8)
  }

  @Test func anOpenTransactionIsCommittedBeforeItsPartitionsGo() throws {
    var world = try TestWorld(partitions: 2)
    world.settings.commitInterval = 1_000_000
    let first = world.counter(0)
    world.run(first, turns: 5)
    for number in 0..<8 { try world.feed("x", key: "k\(number)") }
    // Processed in one poll and not drained yet, so nothing is committed so far.
    first.step()
    #expect(first.transaction == .open)
    let second = world.counter(1)
    world.run(second, turns: 1)
    world.log.rebalance(group: "g")
    first.step()
    world.run(first, second, turns: 40)
    #expect(counts(world).count == 8)
    #expect(world.reports.aborts == 0)
  }

  @Test func aDrainedWorkerCommitsWhatItProcessedAndLeaves() throws {
    var world = try TestWorld()
    world.settings.commitInterval = 1_000_000
    let worker = world.counter()
    world.run(worker, turns: 5)
    try world.feed("x", "x")
    worker.step()
    #expect(worker.transaction == .open)
    worker.status.requestDrain()
    worker.step()
    #expect(worker.state == .stopped)
    #expect(world.committed() == ["k=1", "k=2"])
    #expect(world.log.groupState("g")?.members == 0)
    #expect(world.reports.events.contains(.drained))
  }

  @Test func aDrainIsNotHeldUpByAMillionDueTimers() throws {
    var world = try TestWorld()
    world.settings.timersPerTransaction = 10
    for number in 0..<100 { try world.feed("x", key: "k\(number)") }
    let worker = world.counter()
    world.run(worker, turns: 10)
    world.clock.advance(milliseconds: 2_000)
    worker.status.requestDrain()
    worker.step()
    #expect(worker.state == .stopped)
    #expect(worker.snapshot.counters.timers == 0)
    world.run(world.counter(), turns: 30)
    #expect(world.committed().filter { $0.contains("!") }.count == 100)
  }

  @Test func aRestoreIsInterruptedByARebalanceAndFinishedElsewhere() throws {
    var world = try TestWorld(partitions: 2)
    world.settings.restoreSlice = 1
    for number in 0..<40 { try world.feed("x", key: "k\(number % 10)") }
    let first = world.counter(0)
    world.run(first, turns: 20)
    first.status.requestDrain()
    first.step()
    let second = world.counter(1)
    world.run(second, turns: 4)
    #expect(second.tasks.contains { $0.state == .restoring })
    let third = world.counter(2)
    world.run(second, third, turns: 120)
    for number in 0..<10 { try world.feed("x", key: "k\(number)") }
    world.run(second, third, turns: 40)
    for (key, values) in counts(world) { #expect(values == (1...5).map { "\(key)=\($0)" }) }
    #expect(second.tasks.count == 1)
    #expect(third.tasks.count == 1)
  }
}
