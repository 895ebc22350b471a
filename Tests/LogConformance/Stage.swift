// Owns the scene a check plays on: members, readers, patience.
import Kafka
import Streams

/// What a check works with. One thread.
struct Stage<Fixture: LogFixture> {
  typealias Member = Seat<Fixture.Subject.Member>
  typealias Reader = Spectator<Fixture.Subject.Reader>

  let fixture: Fixture

  func topic(_ stem: String = "topic", partitions: Int32 = 1, compacted: Bool = false) throws -> String {
    try fixture.createTopic(stem, partitions: partitions, compacted: compacted)
  }

  func group(_ topics: [String: Int32] = [:]) throws -> String {
    let group = fixture.unique("group")
    var offsets: [TopicPartition: Int64] = [:]
    for (topic, partitions) in topics {
      for partition in 0..<partitions { offsets[.init(topic: topic, partition: partition)] = 0 }
    }
    if !offsets.isEmpty { try fixture.start(group: group, at: offsets) }
    return group
  }

  /// A member with a live producer. Joins when it has topics to read.
  func member(
    _ group: String? = nil, reading topics: [String] = [], writing outputs: [String] = [],
    transactionalID: String? = nil, instanceID: String? = nil
  ) throws -> Member {
    let member = try fixture.log.member(
      MemberConfiguration(
        group: group ?? fixture.unique("group"),
        transactionalID: transactionalID ?? fixture.unique("producer"), instanceID: instanceID,
        outputs: outputs))
    if !topics.isEmpty { try member.subscribe(topics) }
    try member.initTransactions()
    return Member(member, pollWait: fixture.pollWait)
  }

  func reader(
    _ partitions: [TopicPartition: Int64], _ isolation: Isolation = .readCommitted
  ) throws -> Reader {
    let reader = try fixture.log.reader(ReaderConfiguration(isolation: isolation))
    try reader.assign(partitions, topics: Array(Set(partitions.keys.map(\.topic))).sorted())
    return Reader(reader, pollWait: fixture.pollWait)
  }

  /// Repeats until it holds, or patience ends.
  func until(_ expectation: String, seconds: Int64 = 30, _ holds: () throws -> Bool) throws {
    let end = fixture.now + seconds * 1000
    while try !holds() {
      guard fixture.now < end else { throw Violation("waited in vain: \(expectation)") }
      fixture.pass(milliseconds: 10)
    }
  }

  /// Waits until the log's end, read uncommitted, is `end`. An abort drops what was not sent yet, so that there is
  /// nothing to mark; and one that overtakes the first record's own registration is refused by a coordinator that
  /// knows of no transaction (INVALID_TXN_STATE, and then the producer has to be replaced).
  func written(_ partition: TopicPartition, end: Int64) throws {
    let reader = try fixture.log.reader(ReaderConfiguration(isolation: .readUncommitted))
    defer { reader.close() }
    try until("\(partition) to be written up to \(end)") {
      try reader.bounds(of: partition, .readUncommitted).upperBound >= end
    }
  }

  /// Lets all of them poll until it holds.
  func poll(_ members: [Member], until expectation: String, _ holds: () throws -> Bool) throws {
    try until(expectation) {
      for member in members { member.poll() }
      return try holds()
    }
  }

  /// Lets all of them poll for a while.
  func poll(_ members: [Member], milliseconds: Int64) {
    let end = fixture.now + milliseconds
    while fixture.now < end {
      for member in members { member.poll() }
      fixture.pass(milliseconds: 10)
    }
  }

  /// Reads a partition from its start until the end that stands there now, in its isolation.
  func read(_ partition: TopicPartition, _ isolation: Isolation = .readCommitted) throws -> Heard {
    let reader = try reader([partition: 0], isolation)
    defer { reader.reader.close() }
    let end = try reader.reader.bounds(of: partition, isolation).upperBound
    try until("the end of \(partition) at \(end)") {
      reader.poll()
      return reader.heard.ends[partition, default: -1] >= end
    }
    return reader.heard
  }

  /// Reads all of a partition, committed records only, once everything in it is decided.
  func readAll(_ partition: TopicPartition) throws -> Heard {
    let reader = try reader([partition: 0])
    defer { reader.reader.close() }
    let end = try reader.reader.bounds(of: partition, .readUncommitted).upperBound
    try until("every transaction in \(partition) to be marked") {
      reader.poll()
      return reader.heard.ends[partition, default: -1] >= end
    }
    return reader.heard
  }
}

/// A member with what it has heard.
final class Seat<Member: LogMember> {
  let member: Member
  var heard = Heard()
  private let pollWait: Int

  init(_ member: Member, pollWait: Int) {
    self.member = member
    self.pollWait = pollWait
  }

  @discardableResult
  func poll(limit: Int = 1000) -> Int { member.poll(milliseconds: pollWait, limit: limit, &heard) }

  func close() { member.close(&heard) }

  /// Produces one record.
  func send(
    _ value: [UInt8]?, key: [UInt8]? = nil, headers: [HeardRecord.Header] = [], to output: Int = 0,
    partition: Int32? = nil
  ) throws(KafkaError) {
    var failure: KafkaError?
    Self.borrow(key) { key in
      Self.borrow(value) { value in
        Self.borrow(headers[...], []) { headers in
          do throws(KafkaError) {
            try member.produce(
              OutputTopic(index: output), partition: partition, key: key, value: value, headers: headers)
          } catch { failure = error }
        }
      }
    }
    if let failure { throw failure }
  }

  func send(_ text: String, to output: Int = 0, partition: Int32 = 0) throws(KafkaError) {
    try send(Array(text.utf8), to: output, partition: partition)
  }

  /// One transaction with these texts.
  func commit(_ texts: [String], to output: Int = 0, partition: Int32 = 0) throws {
    try member.begin()
    for text in texts { try send(text, to: output, partition: partition) }
    try expectCommit()
  }

  func expectCommit() throws {
    let outcome = member.commit()
    guard outcome == .committed else { throw Violation("a commit that should succeed: \(outcome)") }
  }

  private static func borrow(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
    guard let bytes else { return body(nil) }
    bytes.withUnsafeBytes(body)
  }

  private static func borrow(
    _ rest: ArraySlice<HeardRecord.Header>, _ views: [HeaderView],
    _ body: (UnsafeBufferPointer<HeaderView>) -> Void
  ) {
    guard let header = rest.first else { return views.withUnsafeBufferPointer(body) }
    Array(header.name.utf8).withUnsafeBytes { name in
      borrow(header.value) { value in
        borrow(rest.dropFirst(), views + [HeaderView(name: name, value: value)], body)
      }
    }
  }
}

/// A reader with what it has heard.
final class Spectator<Reader: LogReader> {
  let reader: Reader
  var heard = Heard()
  private let pollWait: Int

  init(_ reader: Reader, pollWait: Int) {
    self.reader = reader
    self.pollWait = pollWait
  }

  func poll() { _ = reader.poll(milliseconds: pollWait, limit: 1000, &heard) }
}

/// Fails the check unless it holds.
func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
  if !holds { throw Violation(otherwise()) }
}

/// Fails the check unless both are the same.
func expectEqual<T: Equatable>(_ found: T, _ wanted: T, _ what: String) throws {
  if found != wanted { throw Violation("\(what): found \(found), not \(wanted)") }
}

/// The error of a call that has to fail.
func expectError(_ what: String, _ body: () throws(KafkaError) -> Void) throws -> KafkaError {
  do throws(KafkaError) { try body() } catch { return error }
  throw Violation("\(what) succeeded")
}
