// Owns questions about a partition's offsets that any client may ask: its ends, and where a time begins.
import CRDKafka
import Dispatch

extension Client {
  /// Low and high: under read committed the high one is the last stable offset.
  func watermarks(of partition: TopicPartition, timeout: Int32) throws(KafkaError) -> Range<Int64> {
    try askingLeaders(of: [partition.topic], timeout) { () throws(KafkaError) in
      var low: Int64 = 0
      var high: Int64 = 0
      let code = rd_kafka_query_watermark_offsets(
        handle, partition.topic, partition.partition, &low, &high, timeout)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
        throw KafkaError(code, "query offsets of \(partition)", phase: .query, client: handle)
      }
      return low..<max(low, high)
    }
  }

  /// The first offset at or after each time; absent where there is none.
  func offsets(
    at times: [TopicPartition: Int64], timeout: Int32
  ) throws(KafkaError) -> [TopicPartition: Int64] {
    guard !times.isEmpty else { return [:] }
    return try askingLeaders(of: Set(times.keys.map(\.topic)), timeout) { () throws(KafkaError) in
      let list = PartitionList(times)
      defer { withExtendedLifetime(list) {} }
      let code = rd_kafka_offsets_for_times(handle, list.pointer, timeout)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
        throw KafkaError(code, "query offsets by time", phase: .query, client: handle)
      }
      if let (partition, code) = list.firstFailure {
        throw KafkaError(code, "query offset by time of \(partition)", phase: .query, client: handle)
      }
      var answer: [TopicPartition: Int64] = [:]
      for element in list.elements where element.offset >= 0 {
        answer[TopicPartition(element)] = element.offset
      }
      return answer
    }
  }

  /// Asks once more by fresh metadata when a leader turned out to be none any more. These two questions take leaders from a
  /// cache that nothing renews while nobody produces to the topics or consumes them: it kept a dead leader for up to three
  /// times `metadata.max.age.ms`, and whoever retried got the same answer (librdkafka #2535, #4158; up to 2.0.2 at least).
  private func askingLeaders<Answer>(
    of topics: Set<String>, _ timeout: Int32, _ body: () throws(KafkaError) -> Answer
  ) throws(KafkaError) -> Answer {
    do throws(KafkaError) {
      return try body()
    } catch {
      guard Self.isOfAnotherLeader(error) else { throw error }
      for topic in topics { _ = try metadata(of: try TopicHandle(self, topic), timeout: timeout) }
      return try body()
    }
  }

  private static func isOfAnotherLeader(_ error: KafkaError) -> Bool {
    error.code == .notLeader || error.code == .leaderNotAvailable
  }
}

/// Blocks this thread; owners of clients have threads of their own.
func sleepMilliseconds(_ milliseconds: Int) {
  _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
}
