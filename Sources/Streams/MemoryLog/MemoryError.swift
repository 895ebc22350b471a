// Owns the errors the in-memory log raises: the codes and classes a broker and librdkafka would raise.
import Kafka

enum MemoryError {
  static func make(_ code: KafkaError.Code, _ errorClass: ErrorClass, _ operation: String) -> KafkaError {
    KafkaError(code: code, errorClass: errorClass, operation: operation, reason: code.explanation)
  }
}
