// Owns a worker thread's seat at a Kafka cluster: one consumer, one transactional producer, replaced when it dies.
import Kafka

/// A member of a group. Made and used by one thread.
public final class KafkaMember: LogMember {
  @usableFromInline let consumer: Consumer
  /// Nil before the first `initTransactions`, and while a replacement could not be opened.
  @usableFromInline var producer: TransactionalProducer?
  private var isInitialised = false
  private let configuration: Configuration
  private let member: MemberConfiguration

  init(_ configuration: Configuration, _ member: MemberConfiguration) throws(KafkaError) {
    consumer = try Consumer(configuration, group: member.group, instanceID: member.instanceID)
    consumer.readsHeaders = member.readsHeaders
    self.configuration = configuration
    self.member = member
  }

  // Consuming.

  public func subscribe(_ topics: [String]) throws(KafkaError) { try consumer.subscribe(topics) }

  @inlinable
  public func poll<E: MemberEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    let delivered = withUnsafeMutablePointer(to: &events) { pointer in
      var bridge = MemberEventsBridge(pointer)
      return consumer.poll(milliseconds: milliseconds, limit: limit, &bridge)
    }
    // Commits serve the producer; while there are none, its log lines and statistics would pile up.
    if delivered == 0 { producer?.serve() }
    return delivered
  }

  public func pause(_ partitions: [TopicPartition]) throws(KafkaError) { try consumer.pause(partitions) }
  public func resume(_ partitions: [TopicPartition]) throws(KafkaError) { try consumer.resume(partitions) }
  public func seek(_ offsets: [TopicPartition: Int64]) throws(KafkaError) { try consumer.seek(offsets) }

  public func committed(_ partitions: [TopicPartition]) throws(KafkaError)
    -> [TopicPartition: CommittedOffset]
  {
    // An open transaction ends with its time-out at the latest, found by a check every ten seconds; then its
    // offsets are stable.
    do throws(KafkaError) {
      return try consumer.committed(partitions, deadline: configuration.producer.transactionTimeout * 3)
    } catch {
      guard error.code == .timedOut || error.code == .unstableOffset else { throw error }
      // A node that crashes alone may forget to end a transaction once it is back (Kafka 4.3: "Couldn't find
      // leader endpoint for partitions" in its log): then nobody but an operator ends it.
      throw KafkaError(
        code: error.code, errorClass: error.errorClass, operation: error.operation,
        reason: "\(error.reason); if this goes on, a transaction hangs since a broker crashed: "
          + "`kafka-transactions.sh find-hanging` and `abort` end it, on every partition that it names")
    }
  }

  public func knownEnd(of partition: TopicPartition) -> Int64? { consumer.knownEnd(of: partition) }
  public var assignmentLost: Bool { consumer.assignmentLost }

  public func close<E: MemberEvents>(_ events: inout E) {
    withUnsafeMutablePointer(to: &events) { pointer in
      var bridge = MemberEventsBridge(pointer)
      consumer.close(&bridge)
    }
    producer?.close()
    producer = nil
  }

  // Producing.

  public func initTransactions() throws(KafkaError) {
    if isInitialised {
      producer?.close()
      producer = nil
      isInitialised = false
    }
    // Kept through a retriable error, so that the next call goes on where this one stopped.
    let producer: TransactionalProducer
    if let opened = self.producer {
      producer = opened
    } else {
      producer = try TransactionalProducer(configuration, transactionalID: member.transactionalID)
      self.producer = producer
    }
    do throws(KafkaError) {
      try producer.initTransactions()
      try producer.prime(member.outputs)
      isInitialised = true
    } catch {
      if error.errorClass != .retriable { isInitialised = true }
      throw error
    }
  }

  public func begin() throws(KafkaError) { try live("begin transaction").begin() }

  public func produce(
    _ topic: OutputTopic, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError) {
    guard let producer else { throw Self.missing("produce") }
    try producer.produce(topic: topic.index, partition: partition, key: key, value: value, headers: headers)
  }

  public func sendOffsets(_ offsets: [TopicPartition: CommittedOffset]) throws(KafkaError) {
    try live("send offsets to transaction").sendOffsets(offsets, of: consumer)
  }

  public func commit() -> CommitOutcome {
    producer?.commit() ?? .fatal(Self.missing("commit transaction"))
  }

  public func abort() throws(KafkaError) { try live("abort transaction").abort() }

  private func live(_ operation: String) throws(KafkaError) -> TransactionalProducer {
    guard let producer else { throw Self.missing(operation) }
    return producer
  }

  private static func missing(_ operation: String) -> KafkaError {
    KafkaError(
      code: .state, errorClass: .fatal, operation: operation, reason: "transactions are not initialised")
  }
}

/// Hands what a consumer delivers to a member's events. Points at them, because they are the caller's.
@usableFromInline
struct MemberEventsBridge<E: MemberEvents>: ConsumerEvents {
  @usableFromInline let events: UnsafeMutablePointer<E>

  @inlinable
  init(_ events: UnsafeMutablePointer<E>) { self.events = events }

  @inlinable
  mutating func record(_ record: RecordView) { events.pointee.record(record) }
  @inlinable
  mutating func endReached(_ partition: TopicPartition, offset: Int64) {
    events.pointee.endReached(partition, offset: offset)
  }
  @inlinable
  mutating func assigned(_ partitions: [TopicPartition]) { events.pointee.assigned(partitions) }
  @inlinable
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {
    events.pointee.revoked(partitions, lost: lost)
  }
  @inlinable
  mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64) {
    events.pointee.failed(error)
  }
}
