// Owns the conformance suite's run against the in-memory log, with markers written at once and late.
import Kafka
import LogConformance
import Streams
import Synchronization
import Testing

/// An in-memory log on a manual clock.
private struct MemoryFixture: LogFixture {
  let log: MemoryLog
  private let clock = ManualClock()
  private let names = Names()

  private final class Names: Sendable {
    let count = Atomic<Int>(0)
  }

  init(markerDelay: Int64) { log = MemoryLog(clock: clock, markerDelay: markerDelay) }

  func unique(_ stem: String) -> String {
    "\(stem)-\(names.count.wrappingAdd(1, ordering: .relaxed).newValue)"
  }
  func createTopic(_ stem: String, partitions: Int32, compacted: Bool) throws -> String {
    let name = unique(stem)
    log.createTopic(name, partitions: partitions)
    return name
  }
  func start(group: String, at offsets: [TopicPartition: Int64]) throws {
    try log.commit(offsets.mapValues { CommittedOffset(offset: $0, metadata: "") }, group: group)
  }
  func compact(_ topic: String) throws {
    log.settle()
    log.compact(topic)
  }
  var now: Int64 { clock.now }
  func pass(milliseconds: Int64) { clock.advance(milliseconds: milliseconds) }
  var pollWait: Int { 0 }
  var expulsion: Int64 { log.configuration.sessionTimeout }
}

@Suite("Log, in memory") struct MemoryLogConformanceTests {
  @Test(arguments: LogCheck<MemoryFixture>.all)
  private func theContractHolds(_ check: LogCheck<MemoryFixture>) throws {
    try check.run(MemoryFixture(markerDelay: 0))
  }

  @Test(arguments: LogCheck<MemoryFixture>.all)
  private func theContractHoldsWithLateMarkers(_ check: LogCheck<MemoryFixture>) throws {
    try check.run(MemoryFixture(markerDelay: 35))
  }
}
