// Owns the hot path of producing, and what happens when the send queue is full.
import CRDKafka

extension TransactionalProducer {
  /// Queues a record for topic `index` of those primed; its bytes are copied. A full queue blocks until there is
  /// room, serving log lines meanwhile, for at most twice the transaction's life.
  ///
  /// - Parameter partition: nil chooses by murmur2 of the key, as Java clients do; no key, any partition.
  /// - Throws: abortable when the transaction has failed behind the scenes or the record is refused
  ///   (`isOutputRefused`), fenced or fatal when the producer is dead.
  public func produce(
    topic index: Int, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError) {
    let topic = topics[index].pointer
    let partition = partition ?? -1  // RD_KAFKA_PARTITION_UA, a macro with a cast
    if let failure = frame.produce(
      client.handle, topic, partition: partition, key: key, value: value, headers: headers)
    {
      try produceAgain(
        failure, index, partition: partition, key: key, value: value, headers: headers)
    }
  }

  private func produceAgain(
    _ first: OpaquePointer, _ index: Int, partition: Int32, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError) {
    let clock = ContinuousClock()
    let end = clock.now + transactionTimeout * 2
    var next: OpaquePointer? = first
    while let failure = next {
      let isFull = rd_kafka_error_code(failure) == RD_KAFKA_RESP_ERR__QUEUE_FULL
      guard isFull, clock.now < end else { throw producing(failure, index) }
      rd_kafka_error_destroy(failure)
      rd_kafka_poll(client.handle, 2)
      next = frame.produce(
        client.handle, topics[index].pointer, partition: partition, key: key, value: value,
        headers: headers)
    }
  }

  /// The error object of a produce call carries no flags; after a fatal error it only says so.
  private func producing(_ failure: OpaquePointer, _ index: Int) -> KafkaError {
    let code = rd_kafka_error_code(failure)
    let reason = String(cString: rd_kafka_error_string(failure))
    rd_kafka_error_destroy(failure)
    return KafkaError(
      code, "produce to \(topics[index].name)", phase: .produce, client: client.handle, reason: reason)
  }
}
