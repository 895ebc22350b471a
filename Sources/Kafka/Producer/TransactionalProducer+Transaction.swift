// Owns the life of transactions: init, begin, offsets, commit, abort. Each call blocks until librdkafka knows.
import CRDKafka

//            initTransactions              begin
//   opened ───────────────────▶ ready ─────────────▶ open ──┐ produce, sendOffsets
//                                 ▲                   │ ▲───┘
//                                 │      commit       │
//                                 ├───────────────────┤
//                                 │      abort        │ abortable
//                                 └───────────────────┘
//   fenced, fatal, unknown, a slow abort: close, and open another under the same transactional id.
extension TransactionalProducer {
  /// Fences older producers of this transactional id and finishes their transactions. Waits for at most twice
  /// the transaction's life; after a retriable error it is taken up again by calling it again.
  public func initTransactions() throws(KafkaError) {
    try check(rd_kafka_init_transactions(client.handle, -1), "init transactions")
  }

  public func begin() throws(KafkaError) {
    try check(rd_kafka_begin_transaction(client.handle), "begin transaction")
    isInTransaction = true
  }

  /// Adds source offsets to the open transaction under the consumer's generation of this moment.
  ///
  /// - Throws: fatal with `invalidArgument` for an empty list or a negative offset: librdkafka would return
  ///   success and do nothing. Abortable with `assignmentLost` when the consumer's partitions are lost, or it
  ///   has no member id.
  public func sendOffsets(
    _ offsets: [TopicPartition: CommittedOffset], of consumer: Consumer
  ) throws(KafkaError) {
    let operation = "send offsets to transaction"
    guard !offsets.isEmpty, offsets.values.allSatisfy({ $0.offset >= 0 }) else {
      throw KafkaError(
        code: .invalidArgument, errorClass: .fatal, operation: operation,
        reason: "needs at least one offset, and none below 0")
    }
    guard !consumer.assignmentLost else {
      throw KafkaError(
        code: .assignmentLost, errorClass: .abortable, operation: operation,
        reason: "the partitions belong to another member")
    }
    let list = PartitionList(offsets)
    defer { withExtendedLifetime(list) {} }
    // Retriable, not resumable: the same arguments again.
    var attempts = 3
    while true {
      do throws(KafkaError) {
        // Fetched afresh each time: an older one carries the generation before a rebalance (KAFKA-9741).
        guard let group = rd_kafka_consumer_group_metadata(consumer.client.handle) else {
          throw KafkaError(RD_KAFKA_RESP_ERR__STATE, operation, phase: .transaction)
        }
        defer { rd_kafka_consumer_group_metadata_destroy(group) }
        try check(rd_kafka_send_offsets_to_transaction(client.handle, list.pointer, group, -1), operation)
        return
      } catch {
        attempts -= 1
        guard error.errorClass == .retriable, attempts > 0 else { throw error }
        sleepMilliseconds(100)
      }
    }
  }

  /// Flushes and commits. Only `.committed` leaves the producer fit for the next `begin`; after `.mustAbort` it
  /// is after an `abort`.
  public func commit() -> CommitOutcome {
    let (error, elapsed) = finish {
      rd_kafka_commit_transaction(client.handle, -1)
    } operation: {
      "commit transaction"
    }
    let outcome = CommitOutcome.decide(
      error: error, elapsed: elapsed, requestTimeout: requestTimeout,
      coordinatorTrouble: client.context.coordinatorTrouble)
    if outcome == .committed { isInTransaction = false }
    return outcome
  }

  /// Aborts the open transaction, and drops what is still queued.
  ///
  /// - Throws: also after an abort that was slow enough to have been retried: the late one could hit the next
  ///   transaction, so the producer has to be replaced (librdkafka#5423).
  public func abort() throws(KafkaError) {
    let (error, elapsed) = finish {
      rd_kafka_abort_transaction(client.handle, -1)
    } operation: {
      "abort transaction"
    }
    if let error { throw error }
    isInTransaction = false
    if elapsed >= requestTimeout || client.context.coordinatorTrouble != nil {
      throw KafkaError(
        code: .timedOut, errorClass: .fatal, operation: "abort transaction",
        reason: "aborted, but perhaps twice: \(client.context.coordinatorTrouble ?? "it took \(elapsed)")")
    }
  }

  /// Runs a commit or an abort. Both are resumed by the same call after a retriable error. Log lines are
  /// drained before and after: they alone tell of requests that were retried in between.
  private func finish(
    _ call: () -> OpaquePointer?, operation: () -> String
  ) -> (KafkaError?, Duration) {
    serve()
    client.context.coordinatorTrouble = nil
    let clock = ContinuousClock()
    let start = clock.now
    var error: KafkaError?
    repeat {
      error = call().map { KafkaError(consuming: $0, operation()) }
    } while error?.errorClass == .retriable && clock.now - start < transactionTimeout
    let elapsed = clock.now - start
    serve()
    return (error, elapsed)
  }

  private func check(_ failure: OpaquePointer?, _ operation: String) throws(KafkaError) {
    if let failure { throw KafkaError(consuming: failure, operation) }
  }
}
