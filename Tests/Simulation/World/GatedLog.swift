// Owns a log as one worker process sees it: the in-memory log behind the process's gate.
import Kafka
import Streams

/// The in-memory log behind a gate.
struct GatedLog: Log {
  let log: MemoryLog
  let gate: Gate
  /// Where state is written to.
  var changelog: String?

  func member(_ configuration: MemberConfiguration) throws(KafkaError) -> GatedMember {
    try gate.pass(.open) { () throws(KafkaError) in
      let member = try log.member(configuration)
      gate.seat(member)
      let flushed = changelog.flatMap { configuration.outputs.firstIndex(of: $0) }
      return GatedMember(member: member, gate: gate, changelog: flushed.map { OutputTopic(index: $0) })
    }
  }

  func reader(_ configuration: ReaderConfiguration) throws(KafkaError) -> GatedReader {
    try gate.pass(.open) { () throws(KafkaError) in
      GatedReader(reader: try log.reader(configuration), gate: gate)
    }
  }

  func partitionCount(of topic: String) throws(KafkaError) -> Int32? {
    try gate.pass(.topics) { () throws(KafkaError) in try log.partitionCount(of: topic) }
  }
}

/// A seat behind a gate.
final class GatedMember: LogMember {
  private let member: MemoryMember
  private let gate: Gate
  private let changelog: OutputTopic?

  init(member: MemoryMember, gate: Gate, changelog: OutputTopic?) {
    self.member = member
    self.gate = gate
    self.changelog = changelog
  }

  func subscribe(_ topics: [String]) throws(KafkaError) {
    try gate.pass(.subscribe) { () throws(KafkaError) in try member.subscribe(topics) }
  }

  func poll<E: MemberEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    do throws(KafkaError) {
      return try gate.pass(.poll) { member.poll(milliseconds: milliseconds, limit: limit, &events) }
    } catch {
      return 0
    }
  }

  func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
    try gate.pass(.pause) { () throws(KafkaError) in try member.pause(partitions) }
  }

  func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
    try gate.pass(.resume) { () throws(KafkaError) in try member.resume(partitions) }
  }

  func seek(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
    try gate.pass(.seek) { () throws(KafkaError) in try member.seek(offsets) }
  }

  func committed(_ partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
    try gate.pass(.committed) { () throws(KafkaError) in try member.committed(partitions) }
  }

  // These two ask nobody: there is no call to die in.
  func knownEnd(of partition: TopicPartition) -> Int64? { member.knownEnd(of: partition) }
  var assignmentLost: Bool { member.assignmentLost }

  func close<E: MemberEvents>(_ events: inout E) {
    // Whoever dies on the way leaves without a word.
    _ = try? gate.pass(.close) { member.close(&events) }
  }

  func initTransactions() throws(KafkaError) {
    try gate.pass(.initialise) { () throws(KafkaError) in try member.initTransactions() }
  }

  func begin() throws(KafkaError) {
    try gate.pass(.begin) { () throws(KafkaError) in try member.begin() }
  }

  func produce(
    _ topic: OutputTopic, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError) {
    try gate.pass(topic == changelog ? .flush : .produce) { () throws(KafkaError) in
      try member.produce(topic, partition: partition, key: key, value: value, headers: headers)
    }
  }

  func sendOffsets(_ offsets: [TopicPartition: CommittedOffset]) throws(KafkaError) {
    try gate.pass(.sendOffsets) { () throws(KafkaError) in try member.sendOffsets(offsets) }
  }

  func commit() -> CommitOutcome {
    do throws(KafkaError) { return try gate.pass(.commit) { member.commit() } } catch { return .fatal(error) }
  }

  func abort() throws(KafkaError) {
    try gate.pass(.abort) { () throws(KafkaError) in try member.abort() }
  }
}

/// A reader behind a gate.
final class GatedReader: LogReader {
  private let reader: MemoryReader
  private let gate: Gate

  init(reader: MemoryReader, gate: Gate) {
    self.reader = reader
    self.gate = gate
  }

  func assign(_ offsets: [TopicPartition: Int64], topics: [String]) throws(KafkaError) {
    try gate.pass(.assign) { () throws(KafkaError) in try reader.assign(offsets, topics: topics) }
  }

  func poll<E: ReaderEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    do throws(KafkaError) {
      return try gate.pass(.read) { reader.poll(milliseconds: milliseconds, limit: limit, &events) }
    } catch {
      // A reader's errors come as events.
      events.failed(error)
      return 0
    }
  }

  func bounds(of partition: TopicPartition, _ isolation: Isolation) throws(KafkaError) -> Range<Int64> {
    try gate.pass(.bounds) { () throws(KafkaError) in try reader.bounds(of: partition, isolation) }
  }

  func offset(of partition: TopicPartition, at milliseconds: Int64) throws(KafkaError) -> Int64 {
    try gate.pass(.bounds) { () throws(KafkaError) in try reader.offset(of: partition, at: milliseconds) }
  }

  func close() { reader.close() }
}
