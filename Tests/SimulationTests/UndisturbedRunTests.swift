// Owns the check of the yardstick: what an undisturbed run commits is what plain code says.
import Simulation
import Testing

@Suite struct UndisturbedRunTests {
  @Test func aForwardedRecordIsPublishedTwiceUnderTheFirstPolicy() throws {
    let world = try World(Forwarding(), partitions: 1)
    try world.run(20)
    try world.feed("word 1", "bad 2", "word 3")
    #expect(try world.conclude() == nil)
    #expect(
      world.committed("out") == [
        "word 1, part 1, by red", "word 1, part 2, by red", "word 3, part 1, by red",
        "word 3, part 2, by red",
      ])
    #expect(world.committed("dead") == ["bad 2"])
  }

  @Test(arguments: UInt64(0)..<10)
  func everyEventIsOnceInSignalsOrDeadLetters(seed: UInt64) throws {
    let workloads = try Workloads()
    var scenario = workloads.scenario(seed: seed, .intake)
    scenario.disturbances = []
    let world = try World(workloads.intake, scenario)
    try world.disturb()
    #expect(try world.conclude() == nil)
    let inputs = world.fed.filter { !$0.input.isAborted }.map {
      "\($0.input.topic) \($0.partition) \($0.offset)"
    }
    let decided = ["signals", "dead-letters"].flatMap { world.log.records($0) }.filter { !$0.isMark }.map {
      ["cause-topic", "cause-partition", "cause-offset"].compactMap($0.header).joined(separator: " ")
    }
    #expect(decided.sorted() == inputs.sorted())
    #expect(Set(decided).count == decided.count)
  }

  /// Each key's distinct good records are counted from 1, each count is repeated by a timer, and the key falls
  /// silent after its last one unless that was a quiet one.
  @Test(arguments: UInt64(0)..<20)
  func countsAreThoseOfADictionary(seed: UInt64) throws {
    var scenario = try Workloads().scenario(seed: seed, .count)
    scenario.disturbances = []
    let world = try World(Counting(), scenario)
    try world.disturb()
    #expect(try world.conclude() == nil)
    var seen: Set<String> = []
    var counts: [String: Int] = [:]
    var isQuiet: [String: Bool] = [:]
    var expected: Set<String> = []
    for fed in world.fed where !fed.input.isAborted {
      let words = String(decoding: fed.input.value, as: UTF8.self).split(separator: " ").map(String.init)
      guard words[0] != "bad", seen.insert(words[1]).inserted else { continue }
      let count = counts[fed.input.key, default: 0] + 1
      counts[fed.input.key] = count
      isQuiet[fed.input.key] = words[0] == "quiet"
      expected.insert("\(fed.input.key)=\(count)")
    }
    let found = world.committed("counts")
    #expect(Set(found) == expected)
    #expect(found.count == expected.count)
    #expect(world.committed("reminders").sorted() == expected.map { $0.replacing("=", with: "!") }.sorted())
    let silent = counts.filter { isQuiet[$0.key] == false }.map { "\($0.key) silent after \($0.value)" }
    #expect(world.committed("silences").sorted() == silent.sorted())
  }
}
