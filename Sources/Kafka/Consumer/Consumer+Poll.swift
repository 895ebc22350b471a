// Owns the hot loop of consuming: from a message in C to a call on the owner, without a copy.
import CRDKafka

extension Consumer {
  /// Waits up to `milliseconds` for the first event, delivers it and whatever else is ready at once, at most
  /// `limit` records. Returns the number of records delivered.
  ///
  /// One message at a time: the batch calls skip or misattribute offsets around seek, pause and rebalance
  /// before 2.1.0 (librdkafka#4208). Also serves log lines and statistics, and counts as "alive" for
  /// `max.poll.interval.ms`.
  @inlinable
  public func poll<E: ConsumerEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    let handle = client.handle
    let context = client.context
    var wait = Int32(clamping: milliseconds)
    var delivered = 0
    while delivered < limit {
      guard let message = rd_kafka_consumer_poll(handle, wait) else {
        guard context.hasPending else { break }
        servePending(&events)
        wait = 0
        continue
      }
      wait = 0
      if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        deliver(message, &events)
        delivered &+= 1
      } else {
        let fault = fault(message)
        // Freed first: a failure may lead to a rebalance, and a live message blocks destruction.
        rd_kafka_message_destroy(message)
        raise(fault, &events)
        continue
      }
      rd_kafka_message_destroy(message)
      if context.hasPending { servePending(&events) }
    }
    if delivered > 0 { fetchAlarm?.ring(handle) }
    return delivered
  }

  @inlinable
  func deliver<E: ConsumerEvents>(_ message: UnsafeMutablePointer<rd_kafka_message_t>, _ events: inout E) {
    let m = message.pointee
    fetchAlarm?.taken(m.len)
    let view = RecordView(
      topicIndex: topics.index(of: m.rkt), partition: m.partition, offset: m.offset,
      timestamp: rd_kafka_message_timestamp(message, nil),
      key: m.key.map { UnsafeRawBufferPointer(start: $0, count: m.key_len) },
      value: m.payload.map { UnsafeRawBufferPointer(start: $0, count: m.len) },
      headers: readsHeaders ? headers.fill(message) : UnsafeBufferPointer(start: nil, count: 0))
    events.record(view)
  }

  /// What a message without a record says.
  @usableFromInline
  enum Fault {
    case end(TopicPartition, offset: Int64)
    case failure(KafkaError, TopicPartition?, offset: Int64)
  }

  @usableFromInline
  func fault(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> Fault {
    let m = message.pointee
    let partition = m.rkt.map {
      TopicPartition(topic: String(cString: rd_kafka_topic_name($0)), partition: m.partition)
    }
    if m.err == RD_KAFKA_RESP_ERR__PARTITION_EOF, let partition { return .end(partition, offset: m.offset) }
    // One code for two facts: without a valid offset nothing was ever committed, with one it is out of range.
    let code =
      m.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET && m.offset < 0 ? RD_KAFKA_RESP_ERR__NO_OFFSET : m.err
    let error = KafkaError(
      code, "consume" + (partition.map { " \($0)" } ?? ""), phase: .consume, client: client.handle,
      reason: rd_kafka_message_errstr(message).map { String(cString: $0) })
    return .failure(error, partition, offset: m.offset)
  }

  @usableFromInline
  func raise<E: ConsumerEvents>(_ fault: Fault, _ events: inout E) {
    switch fault {
    case .end(let partition, let offset): events.endReached(partition, offset: offset)
    case .failure(let error, let partition, let offset):
      events.failed(error, partition: partition, offset: offset)
    }
  }

  /// Serves the queue without regard for records: used while leaving, when they are nobody's any more.
  func serve<E: ConsumerEvents>(milliseconds: Int32, _ events: inout E) {
    if let message = rd_kafka_consumer_poll(client.handle, milliseconds) { rd_kafka_message_destroy(message) }
    servePending(&events)
  }
}
