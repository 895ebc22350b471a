// Owns what telling progress promises: it never runs ahead of what was handled, and commits with it or not at all.
import Kafka
import Testing

@testable import Streams

@Suite struct ProgressTests {
  /// Forwards, and tells its progress to every partition of its output.
  struct Telling: Processor {
    mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
      throws(TaskFailure)
    {
      context.send(0, key: text(record.key), text(record.value))
    }

    mutating func tell<C: ProgressContext>(
      _ progress: [SourceProgress], _ broadcast: Void, _ context: inout C
    ) {
      let line = progress.map { "\($0.source.partition):\($0.through)" }.joined(separator: " ")
      for partition in 0..<context.partitionCount(of: OutputTopic(index: 0)) {
        withBytes("through " + line) {
          context.send(OutputTopic(index: 0), partition: partition, key: nil, value: $0, headers: noHeaders)
        }
      }
    }
  }

  private func worker(_ world: TestWorld, _ index: Int = 0) -> Worker<MemoryLog, Telling> {
    var definition = TestWorld.forwarding
    definition.progress = ProgressRule(interval: 1_000, allowance: 100)
    return world.worker(Role(definition) { Telling() }, index)
  }

  /// What the marks of an output partition say of a source partition, in order.
  private func through(_ world: TestWorld, _ partition: Int32, output: Int32 = 0) -> [Int64] {
    world.log.settle()
    return world.log.records("out").filter { $0.partition == output }.flatMap { record in
      (record.valueText ?? "").split(separator: " ").compactMap { word -> Int64? in
        let parts = word.split(separator: ":")
        return parts.count == 2 && Int32(parts[0]) == partition ? Int64(parts[1]) : nil
      }
    }
  }

  @Test func aMarkStandsBehindTheOutputsOfEverythingItSpeaksOf() throws {
    let world = try TestWorld()
    let worker = worker(world)
    world.run(worker, turns: 20)
    for number in 0..<50 {
      try world.feed("v\(number)")
      world.run(worker, turns: 7)
    }
    world.log.settle()
    var read: Set<String> = []
    var marks = 0
    for record in world.log.records("out") {
      let value = record.valueText ?? ""
      guard value.hasPrefix("through "), let time = value.split(separator: ":").last.flatMap({ Int64($0) })
      else {
        read.insert(value)
        continue
      }
      marks += 1
      for fed in world.log.records("in") where fed.timestamp < time {
        #expect(read.contains(fed.valueText ?? ""), "\(fed) was appended before \(time)")
      }
    }
    #expect(marks >= 3)
  }

  @Test func atTheEndOfTheLogProgressFollowsTheClockWithItsAllowance() throws {
    let world = try TestWorld()
    let worker = worker(world)
    world.run(worker, turns: 400)
    let told = through(world, 0)
    #expect(told.count >= 3)
    #expect(told == told.sorted())
    #expect(world.clock.now - (told.last ?? 0) <= 1_000 + 100 + 20)
    #expect((told.last ?? 0) <= world.clock.now - 100)
  }

  @Test func everyPartitionOfTheOutputHearsOfEverySource() throws {
    let world = try TestWorld(partitions: 3)
    world.log.createTopic("wide", partitions: 2)
    var definition = TestWorld.forwarding
    definition.outputs = ["wide"]
    definition.progress = ProgressRule(interval: 1_000, allowance: 100)
    world.run(world.worker(Role(definition) { Telling() }), turns: 60)
    world.log.settle()
    let heard = world.log.records("wide").filter { ($0.valueText ?? "").hasPrefix("through") }
    #expect(Set(heard.map(\.partition)) == [0, 1])
    #expect(heard.allSatisfy { ($0.valueText ?? "").split(separator: " ").count == 4 })
  }

  @Test func aMarkWhoseTransactionFailsIsNeverReadAndIsToldAgain() throws {
    let world = try TestWorld()
    let worker = worker(world)
    world.log.inject(.fails, at: .commit, transactionalID: "forward-0")
    world.run(worker, turns: 300)
    #expect(world.reports.aborts >= 1)
    #expect(through(world, 0).count >= 1)
    #expect(Set(through(world, 0)).count == through(world, 0).count)
  }

  @Test func whoHasLostAPartitionCannotSpeakOfIt() throws {
    let world = try TestWorld()
    let first = worker(world, 0)
    world.run(first, turns: 20)
    let before = through(world, 0).count
    // It stands still for longer than its session; another one takes over and a record goes by it.
    world.clock.advance(milliseconds: 60_000)
    let second = worker(world, 1)
    world.run(second, turns: 60)
    try world.feed("late")
    world.run(second, turns: 20)
    let ofSecond = through(world, 0).count
    first.step()
    world.log.settle()
    #expect(ofSecond > before)
    #expect(through(world, 0).count == ofSecond)
  }

  @Test func nothingIsToldThatIsYoungerThanTheAllowanceLetsItBe() throws {
    let world = try TestWorld()
    let worker = worker(world)
    for number in 0..<30 {
      world.run(worker, turns: 10 + number % 7)
      if number % 3 == 0 { try world.feed("v\(number)") }
    }
    world.log.settle()
    for record in world.log.records("out") {
      guard let value = record.valueText, value.hasPrefix("through "),
        let time = value.split(separator: ":").last.flatMap({ Int64($0) })
      else { continue }
      #expect(time <= record.timestamp - 100)
    }
  }

  @Test func whatWasJustAssignedIsToldOfOnceItIsReadAndNotAnIntervalLater() throws {
    let world = try TestWorld(partitions: 2)
    let first = worker(world, 0)
    world.run(first, turns: 10)
    let begun = world.clock.now
    try world.feed("v")
    let second = worker(world, 1)
    for _ in 0..<40 {
      first.step()
      second.step()
      world.clock.advance(milliseconds: 10)
    }
    world.log.settle()
    let told = world.log.records("out").filter { ($0.valueText ?? "").hasPrefix("through") }
    let early = told.filter { $0.timestamp > begun && $0.timestamp < begun + 400 }
    #expect(early.contains { ($0.valueText ?? "").split(separator: " ").count == 2 })
  }

  /// Keeps every record and says that nothing is to be decided about it.
  struct Overhearing: Processor {
    mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
      throws(TaskFailure)
    {
      if let key = record.key, let value = record.value { context.put(key, value) }
      context.passOver()
    }
  }

  @Test func aRecordAboutWhichNothingIsDecidedCountsForNoneAndWhatItChangesStays() throws {
    let world = try TestWorld()
    let worker = world.worker(Role(TestWorld.counting) { Overhearing() })
    world.run(worker, turns: 20)
    try world.feed("a", "b")
    world.run(worker, turns: 40)
    world.log.settle()
    #expect(worker.snapshot.counters.records == 0)
    #expect(worker.snapshot.counters.decisionTimes.count == 0)
    #expect(worker.snapshot.tasks.first?.committed == 2)
    #expect(worker.snapshot.tasks.first?.entries == 1)
  }

  /// One record a poll: what has come waits behind the records of another partition, which was at its end before.
  @Test func whatWaitsBehindTheRecordsOfOthersIsNotSaidToBeRead() throws {
    var world = try TestWorld(partitions: 2)
    world.settings.pollLimit = 1
    let worker = worker(world)
    world.run(worker, turns: 60)
    for number in 0..<300 {
      try world.log.append("in", partition: 0, key: nil, value: Array("a\(number)".utf8))
    }
    try world.log.append("in", partition: 1, key: nil, value: Array("late".utf8))
    let appended = world.clock.now
    for _ in 0..<600 { world.run(worker, turns: 1) }
    world.log.settle()
    let out = world.log.records("out")
    let late = try #require(out.firstIndex { $0.valueText == "late" })
    for record in out[..<late] where record.valueText?.hasPrefix("through") == true {
      for word in (record.valueText ?? "").split(separator: " ") where word.hasPrefix("1:") {
        #expect((Int64(word.dropFirst(2)) ?? 0) <= appended)
      }
    }
  }

  /// While a worker stands still nothing is fetched: the empty queue that it finds then says nothing of that time.
  @Test func whoStoodStillTellsOfThatTimeOnlyOnceThereWasTimeToFetch() throws {
    let world = try TestWorld()
    let worker = worker(world)
    world.run(worker, turns: 60)
    let stood = world.clock.now
    world.clock.advance(milliseconds: 5_000)
    let woken = world.clock.now
    worker.step()
    worker.step()
    world.log.settle()
    #expect((through(world, 0).max() ?? 0) <= stood)
    world.run(worker, turns: 300)
    #expect((through(world, 0).max() ?? 0) >= woken)
  }
}
