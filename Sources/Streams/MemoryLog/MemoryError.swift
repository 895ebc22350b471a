// Owns the errors the in-memory log raises: the codes and classes a broker and librdkafka would raise.
import Kafka

enum MemoryError {
  /// Codes of librdkafka's `rd_kafka_resp_err_t`: negative ones are the client's, the others the broker's.
  enum Code: Int32, Sendable {
    case fatal = -150
    case state = -172
    case invalidArgument = -186
    case unknownPartition = -190
    case noOffset = -168
    case offsetReset = -140
    case timedOut = -185
    case fenced = -144
    case assignmentLost = -142
    case unknownTopicOrPartition = 3
    case messageTooLarge = 10
    case illegalGeneration = 22
    case unknownMemberID = 25
    case rebalanceInProgress = 27
    case fencedInstanceID = 82
    case unstableOffsetCommit = 88

    var reason: String {
      switch self {
      case .fatal: "the producer is dead"
      case .state: "not allowed in this state"
      case .invalidArgument: "nothing to commit, or a negative offset"
      case .unknownPartition: "no such partition"
      case .noOffset: "the group has no committed offset for the partition"
      case .offsetReset: "the offset is out of range, and is never guessed"
      case .timedOut: "timed out"
      case .fenced: "another producer has the same transactional id, or the transaction timed out"
      case .assignmentLost: "this member has no place in its group"
      case .unknownTopicOrPartition: "no such topic or partition"
      case .messageTooLarge: "the broker refused the record for its size"
      case .illegalGeneration: "the group has moved on to another generation"
      case .unknownMemberID: "the group does not know this member"
      case .rebalanceInProgress: "the group is rebalancing"
      case .fencedInstanceID: "another member has the same instance id"
      case .unstableOffsetCommit: "an open transaction holds one of these offsets"
      }
    }
  }

  static func make(_ code: Code, _ errorClass: ErrorClass, _ operation: String) -> KafkaError {
    KafkaError(
      code: .init(rawValue: code.rawValue), errorClass: errorClass, operation: operation,
      reason: code.reason)
  }
}
