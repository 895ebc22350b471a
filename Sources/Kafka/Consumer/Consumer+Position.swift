// Owns where a consumer stands: pausing, seeking, committed offsets. Its position is never asked for: it counts
// what was delivered rather than processed, and is invalid right after a seek (measured).
import CRDKafka
import Dispatch

extension Consumer {
  /// Stops delivery until `resume`; nothing is lost. What was read ahead is thrown away and fetched again
  /// (librdkafka#1849), which takes 0.5 s and more: for back-off, not for flow control.
  public func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
    let list = PartitionList(partitions)
    try check(rd_kafka_pause_partitions(client.handle, list.pointer), list, "pause")
    paused.formUnion(partitions)
  }

  /// Takes up delivery again. Partitions that were not paused here are left alone.
  public func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
    let held = partitions.filter(paused.contains)
    guard !held.isEmpty else { return }
    let list = PartitionList(held)
    try check(rd_kafka_resume_partitions(client.handle, list.pointer), list, "resume")
    paused.subtract(held)
  }

  /// The next record delivered from each partition is the one at the offset given.
  ///
  /// A partition that does not fetch yet, or that stopped at an error, refuses to seek with `_STATE`
  /// (librdkafka#3959): it is unassigned and assigned again at that offset, and stays paused if it was.
  public func seek(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
    guard !offsets.isEmpty else { return }
    let list = PartitionList(offsets)
    // -1: finite time-outs are a thousand times too short before 2.1.0 (librdkafka#4230).
    if let failure = rd_kafka_seek_partitions(client.handle, list.pointer, -1) {
      throw KafkaError(consuming: failure, "seek", phase: .consume)
    }
    defer { withExtendedLifetime(list) {} }
    // The call succeeds as a whole even where a partition failed (librdkafka#3257 had it wrong as well).
    var restarts: [TopicPartition: Int64] = [:]
    for element in list.elements where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
      let partition = TopicPartition(element)
      guard element.err == RD_KAFKA_RESP_ERR__STATE, let offset = offsets[partition] else {
        throw KafkaError(element.err, "seek \(partition)", phase: .consume, client: client.handle)
      }
      restarts[partition] = offset
    }
    if !restarts.isEmpty { try restart(restarts) }
  }

  private func restart(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
    let list = PartitionList(offsets)
    defer { withExtendedLifetime(list) {} }
    if let failure = rd_kafka_incremental_unassign(client.handle, list.pointer) {
      throw KafkaError(consuming: failure, "seek", phase: .consume)
    }
    if let failure = rd_kafka_incremental_assign(client.handle, list.pointer) {
      throw KafkaError(consuming: failure, "seek", phase: .consume)
    }
    let held = offsets.keys.filter(paused.contains)
    if !held.isEmpty { try pause(held) }
  }

  /// The group's committed offsets, stable ones only (KIP-447): waits while an open transaction holds one, up to
  /// `deadline`. Partitions without one are absent from the answer.
  ///
  /// - Throws: retriable with `unstableOffset` or `timedOut` at the deadline.
  public func committed(
    _ partitions: [TopicPartition], deadline: Duration = .seconds(60)
  ) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
    guard !partitions.isEmpty else { return [:] }
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while true {
      let list = PartitionList(partitions)
      do throws(KafkaError) {
        try check(
          rd_kafka_committed(client.handle, list.pointer, requestTimeout), list, "read committed offsets")
      } catch {
        guard error.errorClass == .retriable, clock.now < end else { throw error }
        sleepMilliseconds(20)
        continue
      }
      defer { withExtendedLifetime(list) {} }
      var answer: [TopicPartition: CommittedOffset] = [:]
      for element in list.elements {
        if let committed = CommittedOffset(element) { answer[TopicPartition(element)] = committed }
      }
      return answer
    }
  }

  /// The first offset, and the one after the last: of what this consumer's isolation lets it see.
  public func watermarks(of partition: TopicPartition) throws(KafkaError) -> Range<Int64> {
    try client.watermarks(of: partition, timeout: requestTimeout)
  }

  /// The end of a partition that is being read, as its last fetch told it: of what this consumer's isolation lets it
  /// see. Nil before the first fetch. Asks no broker.
  public func knownEnd(of partition: TopicPartition) -> Int64? {
    var low: Int64 = 0
    var high: Int64 = 0
    let code = rd_kafka_get_watermark_offsets(
      client.handle, partition.topic, partition.partition, &low, &high)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
  }

  /// The first offset whose timestamp is at or after `milliseconds` (since 1970), or the end.
  public func offset(of partition: TopicPartition, at milliseconds: Int64) throws(KafkaError) -> Int64 {
    let found = try client.offsets(at: [partition: milliseconds], timeout: requestTimeout)[partition]
    if let found { return found }
    return try watermarks(of: partition).upperBound
  }

  private func check(_ code: rd_kafka_resp_err_t, _ list: PartitionList, _ operation: String)
    throws(KafkaError)
  {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(code, operation, phase: .consume, client: client.handle)
    }
    if let (partition, code) = list.firstFailure {
      throw KafkaError(code, "\(operation) \(partition)", phase: .consume, client: client.handle)
    }
  }
}
