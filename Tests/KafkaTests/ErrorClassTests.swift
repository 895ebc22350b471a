// The table of error classes: what was measured by injecting one broker error at a time, and what is documented.
import CRDKafka
import Testing

@testable import Kafka

struct ErrorClassTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let code: KafkaError.Code
    let flags: ErrorFlags
    let phase: ErrorPhase
    let expected: ErrorClass
    init(_ code: KafkaError.Code, _ flags: ErrorFlags, _ phase: ErrorPhase, _ expected: ErrorClass) {
      (self.code, self.flags, self.phase, self.expected) = (code, flags, phase, expected)
    }
    var testDescription: String { "\(code) \(phase)" }
  }

  static let measured = [
    // TxnOffsetCommit answered with a group error: the transaction is lost, the producer is not.
    Row(.illegalGeneration, .requiresAbort, .transaction, .abortable),
    Row(.unknownMember, .requiresAbort, .transaction, .abortable),
    Row(.fencedInstance, .requiresAbort, .transaction, .abortable),
    Row(.rebalanceInProgress, .requiresAbort, .transaction, .abortable),
    // AddOffsetsToTxn without the right: abortable for librdkafka, for ever.
    Row(.groupAuthorizationFailed, .requiresAbort, .transaction, .fatal),
    // A poison output surfaces at the commit.
    Row(.messageTooLarge, .requiresAbort, .transaction, .abortable),
    // Fencing in any call.
    Row(.fenced, .fatal, .transaction, .fenced),
    Row(.producerFenced, .fatal, .transaction, .fenced),
    Row(.invalidProducerEpoch, .fatal, .transaction, .fenced),
    // EndTxn in a state the coordinator does not know; a sequence that has a hole.
    Row(.invalidTransactionState, .fatal, .transaction, .fatal),
    Row(.outOfOrderSequence, .fatal, .transaction, .fatal),
  ]

  static let documented = [
    Row(.timedOut, .retriable, .transaction, .retriable),
    Row(.state, [], .transaction, .fatal),
    Row(.invalidArgument, [], .transaction, .fatal),
    Row(.transactionalIDAuthorizationFailed, .fatal, .transaction, .fatal),
    Row(.invalidTransactionTimeout, .fatal, .transaction, .fatal),
    Row(.invalidProducerEpoch, .requiresAbort, .transaction, .abortable),
    Row(KafkaError.Code(rawValue: 12_345), [], .transaction, .fatal),
    Row(KafkaError.Code(rawValue: 12_345), .retriable, .transaction, .retriable),

    Row(.queueFull, [], .produce, .retriable),
    Row(.state, [], .produce, .abortable),
    Row(.messageTooLarge, [], .produce, .abortable),
    Row(.unknownPartition, [], .produce, .abortable),
    Row(.fenced, .fatal, .produce, .fenced),
    Row(.outOfOrderSequence, .fatal, .produce, .fatal),
    Row(.topicAuthorizationFailed, [], .produce, .fatal),

    Row(.maxPollExceeded, [], .consume, .abortable),
    Row(.assignmentLost, [], .consume, .abortable),
    Row(.fencedInstance, .fatal, .consume, .fenced),
    Row(.fencedInstance, [], .consume, .fenced),
    Row(.allBrokersDown, [], .consume, .retriable),
    Row(.unstableOffset, [], .consume, .retriable),
    Row(.unknownTopicOrPartition, [], .consume, .retriable),
    Row(.noOffset, [], .consume, .fatal),
    Row(.offsetReset, [], .consume, .fatal),
    Row(.saslAuthenticationFailed, [], .consume, .fatal),

    Row(.transport, [], .query, .retriable),
    Row(.notController, [], .query, .retriable),
    Row(.unknownTopicOrPartition, [], .query, .fatal),
    Row(.topicAlreadyExists, [], .query, .fatal),
    Row(.policyViolation, [], .query, .fatal),
  ]

  @Test(arguments: measured + documented)
  func anErrorHasTheClassOfItsRow(_ row: Row) {
    #expect(ErrorClass.classify(code: row.code, flags: row.flags, phase: row.phase) == row.expected)
  }

  /// Every code librdkafka knows.
  static let codes: [KafkaError.Code] = {
    var descriptions: UnsafePointer<rd_kafka_err_desc>?
    var count = 0
    rd_kafka_get_err_descs(&descriptions, &count)
    return UnsafeBufferPointer(start: descriptions, count: count).map { KafkaError.Code($0.code) }
  }()

  @Test(arguments: ErrorPhase.allCases)
  func aFatalFlagIsNeverTakenForAnythingMilder(_ phase: ErrorPhase) {
    for code in Self.codes {
      let found = ErrorClass.classify(code: code, flags: [.fatal, .retriable], phase: phase)
      #expect(found == .fatal || found == .fenced, "\(code)")
    }
  }

  @Test func withoutAFlagATransactionalErrorIsFatalWhateverItsCode() {
    for code in Self.codes {
      let found = ErrorClass.classify(code: code, flags: [], phase: .transaction)
      #expect(found == .fatal || found == .fenced, "\(code)")
    }
  }

  @Test func noClassOffersARetryToAPrincipalWithoutTheRight() {
    for code in Self.codes where code.isAuthorization {
      for phase in ErrorPhase.allCases {
        let found = ErrorClass.classify(code: code, flags: [.retriable, .requiresAbort], phase: phase)
        #expect(found == .fatal)
      }
    }
  }

  @Test func anErrorReadsAsASentenceWithItsCodeAndClass() {
    let error = KafkaError(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, "send offsets", phase: .transaction)
    #expect(
      error.description
        == "send offsets: Broker: Group authorization failed (GROUP_AUTHORIZATION_FAILED, fatal)")
    #expect(error.isAuthorization)
  }

  @Test func aCodeFromTheFutureSurvives() {
    let code = KafkaError.Code(rawValue: 12_345)
    #expect(code.rawValue == 12_345)
    #expect(code.description.contains("12345"))
  }
}
