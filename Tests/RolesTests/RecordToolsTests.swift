import Kafka
import Roles
import Streams
import Testing

@Suite struct RecordToolsTests {
  private func log(partitions: Int32 = 2) -> (MemoryLog, ManualClock) {
    let clock = ManualClock()
    let log = MemoryLog(clock: clock)
    log.createTopic("t", partitions: partitions)
    return (log, clock)
  }

  private func texts(_ log: MemoryLog, from start: RecordScan<MemoryLog>.Start) throws -> Set<String> {
    var found: Set<String> = []
    try RecordScan(log).read(["t"], from: start) { record in
      found.insert(String(decoding: record.value ?? [], as: UTF8.self))
      return true
    }
    return found
  }

  @Test func aScanReadsEveryCommittedRecordAndEnds() throws {
    let (log, _) = log()
    let appender = try RecordAppender(log, topics: ["t"], transactionalID: "a")
    for number in 0..<20 {
      try appender.append(0, key: Array("k\(number)".utf8), value: Array("v\(number)".utf8))
    }
    try appender.commit()
    try appender.append(0, key: nil, value: Array("never committed".utf8))
    appender.close()
    #expect(try texts(log, from: .earliest) == Set((0..<20).map { "v\($0)" }))
  }

  @Test func aScanCanBeginAtATimeOrAtTheLastFew() throws {
    let (log, clock) = log(partitions: 1)
    try log.pipe("t", "early")
    clock.advance(milliseconds: 1_000)
    let later = clock.now
    try log.pipe("t", "late")
    #expect(try texts(log, from: .time(later)) == ["late"])
    #expect(try texts(log, from: .last(1)) == ["late"])
    #expect(try texts(log, from: .latest) == [])
  }

  @Test func aScanStopsWhenItsReaderHasSeenEnough() throws {
    let (log, _) = log(partitions: 1)
    for number in 0..<5 { try log.pipe("t", "\(number)") }
    var seen = 0
    try RecordScan(log).read(["t"]) { _ in
      seen += 1
      return seen < 2
    }
    #expect(seen == 2)
  }

  @Test func aTopicThatDoesNotExistIsNamed() throws {
    let (log, _) = log()
    #expect {
      try RecordScan(log).read(["nowhere"]) { _ in true }
    } throws: { error in
      "\(error)".contains("nowhere")
    }
  }

  @Test func headersAndEmptyValuesSurviveTheWay() throws {
    let (log, _) = log(partitions: 1)
    let appender = try RecordAppender(log, topics: ["t"], transactionalID: "a")
    try appender.append(
      0, key: Array("k".utf8), value: [],
      headers: [.init(name: "a", value: [1, 2]), .init(name: "b", value: nil), .init(name: "a", value: [3])])
    try appender.commit()
    appender.close()
    var found: [ScannedRecord] = []
    try RecordScan(log).read(["t"]) { record in
      found.append(record)
      return true
    }
    let record = try #require(found.first)
    #expect(record.value == [])
    #expect(record.headers.map(\.name) == ["a", "b", "a"])
    #expect(record.headers.map(\.value) == [[1, 2], nil, [3]])
  }
}

@Suite struct AccessRuleTests {
  private let catalogue = TopicCatalogue(prefix: "acme.")

  @Test func intakeMayWriteItsOutputsAndNothingElse() {
    let rules = catalogue.accessRules(for: .intake)
    let written = rules.filter { $0.resource == .topic && $0.operations.contains("Write") }.map(\.name)
    #expect(written == ["acme.signals", "acme.dead-letters"])
    let read = rules.filter { $0.resource == .topic && $0.operations.contains("Read") }.map(\.name)
    #expect(read.count == 6 && !read.contains("acme.signals"))
  }

  @Test func theReadersOfSignalsDoNotSeeDeadLetters() {
    #expect(catalogue.accessRules(for: .signalConsumer).map(\.name) == ["acme.signals"])
  }

  @Test func aRuleIsACommandOfKafkasOwnTool() {
    let rule = catalogue.accessRules(for: .intake).first { $0.resource == .transactionalID }
    #expect(
      rule?.command(principal: "User:intake")
        == "kafka-acls.sh --bootstrap-server BROKERS --add --allow-principal User:intake "
        + "--operation Write --operation Describe --transactional-id acme.answerable-intake "
        + "--resource-pattern-type prefixed")
  }
}
