// Owns questions about a partition's offsets that any client may ask: its ends, and where a time begins.
import CRDKafka
import Dispatch

extension Client {
  /// Low and high: under read committed the high one is the last stable offset.
  func watermarks(of partition: TopicPartition, timeout: Int32) throws(KafkaError) -> Range<Int64> {
    var low: Int64 = 0
    var high: Int64 = 0
    let code = rd_kafka_query_watermark_offsets(
      handle, partition.topic, partition.partition, &low, &high, timeout)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(code, "query offsets of \(partition)", phase: .query, client: handle)
    }
    return low..<max(low, high)
  }

  /// The first offset at or after each time; absent where there is none.
  func offsets(
    at times: [TopicPartition: Int64], timeout: Int32
  ) throws(KafkaError) -> [TopicPartition: Int64] {
    guard !times.isEmpty else { return [:] }
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

/// Blocks this thread; owners of clients have threads of their own.
func sleepMilliseconds(_ milliseconds: Int) {
  _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
}
