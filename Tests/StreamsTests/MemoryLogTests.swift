// Owns what the in-memory log promises beyond the contract it shares with Kafka: driving it by hand.
import Kafka
import Streams
import Testing

/// Collects what a member is told.
private struct Heard: MemberEvents {
  var values: [String] = []
  var ends: [Int64] = []
  var assigned: [TopicPartition] = []
  var lost: [TopicPartition] = []
  var errors: [KafkaError] = []

  mutating func record(_ record: RecordView) { values.append(MemoryRecordText.value(record)) }
  mutating func endReached(_ partition: TopicPartition, offset: Int64) { ends.append(offset) }
  mutating func assigned(_ partitions: [TopicPartition]) { assigned += partitions }
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) { if lost { self.lost += partitions } }
  mutating func failed(_ error: KafkaError) { errors.append(error) }
}

private enum MemoryRecordText {
  static func value(_ record: RecordView) -> String {
    record.value.map { String(decoding: $0, as: UTF8.self) } ?? "-"
  }
}

extension MemoryMember {
  fileprivate func produce(_ value: String, to topic: Int = 0) throws(KafkaError) {
    var value = value
    let result = value.withUTF8 { bytes -> Result<Void, KafkaError> in
      do throws(KafkaError) {
        return .success(
          try produce(
            OutputTopic(index: topic), partition: 0, key: nil, value: UnsafeRawBufferPointer(bytes),
            headers: UnsafeBufferPointer(start: nil, count: 0)))
      } catch { return .failure(error) }
    }
    try result.get()
  }
}

@Suite struct MemoryLogTests {
  private let clock = ManualClock()
  private let source = TopicPartition(topic: "in", partition: 0)

  private func log(markerDelay: Int64 = 0, faults: FaultPlan = .none) throws -> MemoryLog {
    let log = MemoryLog(clock: clock, markerDelay: markerDelay, faults: faults)
    log.createTopic("in")
    log.createTopic("out")
    try log.setStart(group: "g", topics: ["in"])
    return log
  }

  private func member(_ log: MemoryLog, _ id: String) throws -> MemoryMember {
    let member = try log.member(.init(group: "g", transactionalID: id, outputs: ["out"]))
    try member.subscribe(["in"])
    try member.initTransactions()
    return member
  }

  @Test func aPipedRecordIsPolledOnceAndThenTheEndIsAnnounced() throws {
    let log = try log()
    try log.pipe("in", "one")
    let member = try member(log, "a")
    var heard = Heard()
    #expect(member.poll(milliseconds: 0, limit: 10, &heard) == 1)
    #expect(member.poll(milliseconds: 0, limit: 10, &heard) == 0)
    #expect(heard.values == ["one"])
    #expect(heard.ends == [1])
    #expect(heard.assigned == [source])
  }

  @Test func aReturnedCommitIsVisibleOnlyOnceItsMarkersAreWritten() throws {
    let log = try log(markerDelay: .max)
    let member = try member(log, "a")
    try member.begin()
    try member.produce("x")
    #expect(member.commit() == .committed)
    #expect(log.records("out").isEmpty)
    #expect(log.endOffsets("out", .readCommitted) == [0])
    #expect(log.endOffsets("out") == [1])
    log.settle()
    #expect(log.records("out").map(\.valueText) == ["x"])
    #expect(log.endOffsets("out", .readCommitted) == [2])
  }

  @Test func aMemberThatDoesNotPollLosesItsPartitionsAndLearnsSoAtItsNextPoll() throws {
    let log = try log()
    let frozen = try member(log, "a")
    var heard = Heard()
    _ = frozen.poll(milliseconds: 0, limit: 10, &heard)
    clock.advance(milliseconds: 10_000)
    let other = try member(log, "b")
    var taken = Heard()
    _ = other.poll(milliseconds: 0, limit: 10, &taken)
    #expect(taken.assigned == [source])
    #expect(!frozen.assignmentLost)
    _ = frozen.poll(milliseconds: 0, limit: 10, &heard)
    #expect(heard.lost == [source])
    #expect(frozen.assignmentLost)
  }
}
