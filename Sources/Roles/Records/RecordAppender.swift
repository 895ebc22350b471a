// Owns appending records from tools: policies, events sent by hand, replays. In transactions, so that what is
// reported as sent is there, whole, and what is not is not.
import Kafka
import Streams

/// Appends records to a fixed list of topics. One thread.
public final class RecordAppender<L: Log> {
  private let member: L.Member
  private var isOpen = false

  /// Opens a producer. `transactionalID` must be unique among those that run now.
  public init(_ log: L, topics: [String], transactionalID: String) throws(KafkaError) {
    member = try log.member(
      MemberConfiguration(
        group: transactionalID, transactionalID: transactionalID, instanceID: nil, outputs: topics))
    try member.initTransactions()
  }

  /// Queues a record for the topic at `index`; it is there once `commit` returns. Throws, and drops what was
  /// queued since the last commit, when it cannot be sent.
  public func append(
    _ index: Int, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?,
    headers: [ScannedRecord.Header] = []
  ) throws(KafkaError) {
    if !isOpen {
      try member.begin()
      isOpen = true
    }
    do throws(KafkaError) {
      try produce(OutputTopic(index: index), partition, key, value, headers)
    } catch {
      abandon()
      throw error
    }
  }

  /// Makes everything appended since the last commit visible, or throws and drops it. An outcome that nobody
  /// can tell throws too, and says so.
  public func commit() throws(KafkaError) {
    guard isOpen else { return }
    isOpen = false
    switch member.commit() {
    case .committed: return
    case .mustAbort(let error):
      try? member.abort()
      throw error
    case .unknown(let error), .fenced(let error), .fatal(let error): throw error
    }
  }

  /// Drops what is not committed and closes.
  public func close() {
    abandon()
    var nothing = NoEvents()
    member.close(&nothing)
  }

  private func abandon() {
    if isOpen { try? member.abort() }
    isOpen = false
  }

  private func produce(
    _ topic: OutputTopic, _ partition: Int32?, _ key: [UInt8]?, _ value: [UInt8]?,
    _ headers: [ScannedRecord.Header]
  ) throws(KafkaError) {
    var bytes = BorrowedBytes()
    defer { bytes.release() }
    let views = headers.map { header in
      HeaderView(name: bytes.hold(Array(header.name.utf8)), value: header.value.map { bytes.hold($0) })
    }
    let (key, value) = (key.map { bytes.hold($0) }, value.map { bytes.hold($0) })
    try views.withUnsafeBufferPointer { views throws(KafkaError) in
      try member.produce(topic, partition: partition, key: key, value: value, headers: views)
    }
  }
}

/// A member that consumes nothing hears of nothing.
private struct NoEvents: MemberEvents {
  mutating func record(_ record: RecordView) {}
  mutating func endReached(_ partition: TopicPartition, offset: Int64) {}
  mutating func assigned(_ partitions: [TopicPartition]) {}
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {}
  mutating func failed(_ error: KafkaError) {}
}
