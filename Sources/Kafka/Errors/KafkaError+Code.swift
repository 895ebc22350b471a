// Owns the open set of error codes, named where the code base speaks of them.
import CRDKafka

extension KafkaError {
  /// An error code of librdkafka or of the broker. An open set: codes this version has never heard of
  /// survive. Codes below zero arise inside the client, the others were sent by a broker.
  public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    @usableFromInline
    init(_ code: rd_kafka_resp_err_t) { rawValue = code.rawValue }

    var c: rd_kafka_resp_err_t { rd_kafka_resp_err_t(rawValue) }

    /// librdkafka's name for it: `_FENCED`, `UNKNOWN_MEMBER_ID`; `ERR_1234?` for a code it does not know.
    public var description: String { String(cString: rd_kafka_err2name(c)) }
    /// librdkafka's words for it: `Broker: Group authorization failed`.
    public var explanation: String { String(cString: rd_kafka_err2str(c)) }
  }
}

/// Arising inside the client.
extension KafkaError.Code {
  public static let none = Self(RD_KAFKA_RESP_ERR_NO_ERROR)
  /// The client met a fatal error earlier; the original one tells more.
  public static let fatal = Self(RD_KAFKA_RESP_ERR__FATAL)
  /// Another producer with the same transactional id took over.
  public static let fenced = Self(RD_KAFKA_RESP_ERR__FENCED)
  /// The call does not fit the state the client is in.
  public static let state = Self(RD_KAFKA_RESP_ERR__STATE)
  public static let timedOut = Self(RD_KAFKA_RESP_ERR__TIMED_OUT)
  public static let timedOutInQueue = Self(RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE)
  /// A connection broke or could not be made.
  public static let transport = Self(RD_KAFKA_RESP_ERR__TRANSPORT)
  public static let allBrokersDown = Self(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
  public static let resolve = Self(RD_KAFKA_RESP_ERR__RESOLVE)
  public static let waitForCoordinator = Self(RD_KAFKA_RESP_ERR__WAIT_COORD)
  public static let waitForCache = Self(RD_KAFKA_RESP_ERR__WAIT_CACHE)
  public static let inProgress = Self(RD_KAFKA_RESP_ERR__IN_PROGRESS)
  public static let previousInProgress = Self(RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS)
  public static let interrupted = Self(RD_KAFKA_RESP_ERR__INTR)
  public static let queueFull = Self(RD_KAFKA_RESP_ERR__QUEUE_FULL)
  /// The group has no committed offset for a partition.
  public static let noOffset = Self(RD_KAFKA_RESP_ERR__NO_OFFSET)
  /// An offset is out of the log's range, and the policy is to say so.
  public static let offsetReset = Self(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
  /// The application did not poll for `max.poll.interval.ms`; the group took its partitions away.
  public static let maxPollExceeded = Self(RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED)
  public static let assignmentLost = Self(RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST)
  public static let partitionEOF = Self(RD_KAFKA_RESP_ERR__PARTITION_EOF)
  public static let authentication = Self(RD_KAFKA_RESP_ERR__AUTHENTICATION)
  public static let ssl = Self(RD_KAFKA_RESP_ERR__SSL)
  public static let invalidArgument = Self(RD_KAFKA_RESP_ERR__INVALID_ARG)
  public static let unknownTopic = Self(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
  public static let unknownPartition = Self(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)
  public static let unsupportedFeature = Self(RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE)
  public static let destroyed = Self(RD_KAFKA_RESP_ERR__DESTROY)
}

/// Sent by brokers.
extension KafkaError.Code {
  public static let unknownTopicOrPartition = Self(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
  public static let leaderNotAvailable = Self(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE)
  public static let notLeader = Self(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION)
  public static let requestTimedOut = Self(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT)
  public static let brokerNotAvailable = Self(RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE)
  public static let networkException = Self(RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION)
  public static let messageTooLarge = Self(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
  public static let recordListTooLarge = Self(RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE)
  public static let invalidRecord = Self(RD_KAFKA_RESP_ERR_INVALID_RECORD)
  public static let coordinatorLoading = Self(RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS)
  public static let coordinatorNotAvailable = Self(RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE)
  public static let notCoordinator = Self(RD_KAFKA_RESP_ERR_NOT_COORDINATOR)
  public static let notController = Self(RD_KAFKA_RESP_ERR_NOT_CONTROLLER)
  public static let notEnoughReplicas = Self(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS)
  public static let illegalGeneration = Self(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION)
  public static let unknownMember = Self(RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
  public static let rebalanceInProgress = Self(RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS)
  /// Another member joined under the same `group.instance.id`.
  public static let fencedInstance = Self(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)
  public static let unstableOffset = Self(RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT)
  public static let topicAuthorizationFailed = Self(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
  public static let groupAuthorizationFailed = Self(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
  public static let clusterAuthorizationFailed = Self(RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED)
  public static let transactionalIDAuthorizationFailed = Self(
    RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  public static let saslAuthenticationFailed = Self(RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED)
  public static let topicAlreadyExists = Self(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
  public static let policyViolation = Self(RD_KAFKA_RESP_ERR_POLICY_VIOLATION)
  public static let nonEmptyGroup = Self(RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP)
  public static let groupNotFound = Self(RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND)
  public static let outOfOrderSequence = Self(RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER)
  public static let invalidProducerEpoch = Self(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH)
  public static let producerFenced = Self(RD_KAFKA_RESP_ERR_PRODUCER_FENCED)
  public static let invalidTransactionState = Self(RD_KAFKA_RESP_ERR_INVALID_TXN_STATE)
  public static let invalidTransactionTimeout = Self(RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT)
  public static let concurrentTransactions = Self(RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS)
}
