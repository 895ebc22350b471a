// Owns reading topics outside of any group, for people and for start-up: from a position, to the end or on.
import Kafka
import Streams

/// Reads whole topics, read committed.
public struct RecordScan<L: Log> {
  /// Where a scan begins.
  public enum Start: Sendable, Hashable {
    case earliest
    /// Only what comes after the scan began.
    case latest
    /// The first record appended at or after this time, milliseconds since 1970.
    case time(Int64)
    /// At most this many of the last records of each partition.
    case last(Int64)
  }

  let log: L

  public init(_ log: L) { self.log = log }

  /// Reads `topics` from `start` up to the end they have now, records of one partition in order. `body`
  /// returns false to stop early.
  public func read(
    _ topics: [String], from start: Start = .earliest, _ body: @escaping (ScannedRecord) -> Bool
  ) throws(KafkaError) {
    try run(topics, from: start, follow: nil, body)
  }

  /// Reads `topics` from `start` and goes on with what is appended, until `isDone` says so or `body` returns
  /// false.
  public func follow(
    _ topics: [String], from start: Start = .latest, until isDone: @escaping () -> Bool,
    _ body: @escaping (ScannedRecord) -> Bool
  ) throws(KafkaError) {
    try run(topics, from: start, follow: isDone, body)
  }

  private func run(
    _ topics: [String], from start: Start, follow isDone: (() -> Bool)?,
    _ body: @escaping (ScannedRecord) -> Bool
  ) throws(KafkaError) {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var positions: [TopicPartition: Int64] = [:]
    var ends: [TopicPartition: Int64] = [:]
    for topic in topics {
      for place in try places(of: topic) {
        let bounds = try bounds(of: place, reader)
        positions[place] =
          switch start {
          case .earliest: bounds.lowerBound
          case .latest: bounds.upperBound
          case .time(let time): try reader.offset(of: place, at: time)
          case .last(let count): max(bounds.lowerBound, bounds.upperBound &- max(0, count))
          }
        ends[place] = bounds.upperBound
      }
    }
    if isDone == nil { positions = positions.filter { $0.value < ends[$0.key] ?? 0 } }
    guard !positions.isEmpty else { return }
    try read(topics, from: positions, to: ends, with: reader, follow: isDone, body)
  }

  /// Reads until `isDone` says so, without it to the ends; or until `body` returns false.
  func read(
    _ topics: [String], from positions: [TopicPartition: Int64], to ends: [TopicPartition: Int64],
    with reader: L.Reader, follow isDone: (() -> Bool)? = nil, _ body: @escaping (ScannedRecord) -> Bool
  ) throws(KafkaError) {
    try reader.assign(positions, topics: topics)
    var sink = Sink(topics: topics, ends: ends, pending: Set(positions.keys), body: body)
    while sink.error == nil && !sink.isStopped && (isDone.map { !$0() } ?? !sink.pending.isEmpty) {
      _ = reader.poll(milliseconds: 100, limit: 1_000, &sink)
    }
    if let error = sink.error { throw error }
  }

  /// The partitions of a topic. Throws when there is no such topic; `operation` is what was wanted of it.
  func places(of topic: String, for operation: String = "read") throws(KafkaError) -> [TopicPartition] {
    guard let count = try log.partitionCount(of: topic) else {
      throw KafkaError(
        code: .unknownTopicOrPartition, errorClass: .fatal, operation: "\(operation) \(topic)",
        reason: "there is no such topic")
    }
    return (0..<count).map { TopicPartition(topic: topic, partition: $0) }
  }

  /// The ends of a partition. One whose leader is just being chosen, as after the start of its broker, is asked again
  /// for at most ten seconds.
  func bounds(of place: TopicPartition, _ reader: L.Reader) throws(KafkaError) -> Range<Int64> {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      do throws(KafkaError) {
        return try reader.bounds(of: place, .readCommitted)
      } catch {
        guard error.code == .notLeader || error.code == .leaderNotAvailable, ContinuousClock.now < end else {
          throw error
        }
        OSThread.sleep(milliseconds: 100)
      }
    }
  }

  private struct Sink: ReaderEvents {
    let topics: [String]
    let ends: [TopicPartition: Int64]
    var pending: Set<TopicPartition>
    let body: (ScannedRecord) -> Bool
    var isStopped = false
    var error: KafkaError?

    mutating func record(_ record: RecordView) {
      guard !isStopped else { return }
      let copy = ScannedRecord(record, topic: topics[record.topicIndex])
      if !body(copy) { isStopped = true }
      reached(copy.partition, copy.offset &+ 1)
    }

    mutating func endReached(_ partition: TopicPartition, offset: Int64) { reached(partition, offset) }

    mutating func failed(_ error: KafkaError) {
      // What the client retries by itself is not the scan's business.
      if error.errorClass != .retriable { self.error = self.error ?? error }
    }

    private mutating func reached(_ partition: TopicPartition, _ offset: Int64) {
      if offset >= ends[partition] ?? 0 { pending.remove(partition) }
    }
  }
}
