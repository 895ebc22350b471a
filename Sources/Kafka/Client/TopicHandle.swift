// Owns exactly one topic handle.
import CRDKafka

/// A box around one `rd_kafka_topic_t`. As long as it lives, records of that topic carry this very pointer, so
/// that a topic is recognised by comparing addresses. Must be released before the client is destroyed.
@usableFromInline
final class TopicHandle {
  @usableFromInline let pointer: OpaquePointer
  let name: String

  init(_ client: Client, _ topic: String) throws(KafkaError) {
    guard let pointer = rd_kafka_topic_new(client.handle, topic, nil) else {
      throw KafkaError(rd_kafka_last_error(), "open topic \(topic)", phase: .query)
    }
    self.pointer = pointer
    name = topic
  }

  deinit { rd_kafka_topic_destroy(pointer) }
}
