// Owns what brokers say about topics: existence and partitions. Never creates a topic.
import CRDKafka

/// A topic as brokers describe it.
struct TopicMetadata {
  let name: String
  /// Nil when the topic does not exist.
  let partitionCount: Int32?
  /// Whether every partition has a leader.
  var isLed = false
}

extension Client {
  /// One topic.
  func metadata(of topic: TopicHandle, timeout: Int32) throws(KafkaError) -> TopicMetadata {
    try metadata(all: false, topic.pointer, timeout: timeout).first
      ?? TopicMetadata(name: topic.name, partitionCount: nil)
  }

  /// Every topic this principal may describe.
  func metadataOfAllTopics(timeout: Int32) throws(KafkaError) -> [TopicMetadata] {
    try metadata(all: true, nil, timeout: timeout)
  }

  private func metadata(all: Bool, _ topic: OpaquePointer?, timeout: Int32) throws(KafkaError)
    -> [TopicMetadata]
  {
    var answer: UnsafePointer<rd_kafka_metadata>?
    let code = rd_kafka_metadata(handle, all ? 1 : 0, topic, &answer, timeout)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else {
      throw KafkaError(code, "fetch metadata", phase: .query, client: handle)
    }
    defer { rd_kafka_metadata_destroy(answer) }
    var topics: [TopicMetadata] = []
    for index in 0..<Int(answer.pointee.topic_cnt) {
      let topic = answer.pointee.topics[index]
      let name = String(cString: topic.topic)
      switch topic.err {
      case RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
        let partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt))
        topics.append(
          TopicMetadata(
            name: name, partitionCount: topic.partition_cnt,
            isLed: partitions.allSatisfy { $0.leader >= 0 }))
      case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        topics.append(TopicMetadata(name: name, partitionCount: nil))
      default:
        throw KafkaError(topic.err, "fetch metadata of \(name)", phase: .query, client: handle)
      }
    }
    return topics
  }
}
