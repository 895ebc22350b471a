// Owns the one decision about errors: from code, flags and phase to what the caller may still do.

/// What librdkafka itself says about an error object.
struct ErrorFlags: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let retriable = ErrorFlags(rawValue: 1)
  static let requiresAbort = ErrorFlags(rawValue: 2)
  static let fatal = ErrorFlags(rawValue: 4)
}

/// Where an error surfaced.
enum ErrorPhase: Sendable, Hashable, CaseIterable {
  /// `init`, `begin`, `send_offsets`, `commit`, `abort`: their flags are complete and decide alone.
  case transaction
  /// Queueing one record: the error carries no flags, only a code.
  case produce
  /// Consumer errors, arriving as messages or from a call: no flags either.
  case consume
  /// Requests of the admin client, metadata, watermarks.
  case query
}

extension ErrorClass {
  /// The class of an error. Pure; its table is the test.
  ///
  /// In order: a right that is missing does not appear by retrying, though librdkafka calls it abortable:
  /// the loop would go on for ever. A fenced instance is recognised by its code *and* its flag, because a
  /// fenced static member (`FENCED_INSTANCE_ID`) only costs the transaction at hand. Then librdkafka's
  /// flags. In a transactional call, an error that carries none of them is fatal (INTRODUCTION.md).
  static func classify(code: KafkaError.Code, flags: ErrorFlags, phase: ErrorPhase) -> ErrorClass {
    if code.isAuthorization { return .fatal }
    if code == .fenced || code == .producerFenced { return .fenced }
    if code == .invalidProducerEpoch && !flags.contains(.requiresAbort) { return .fenced }
    if flags.contains(.fatal) { return code == .fencedInstance ? .fenced : .fatal }
    if flags.contains(.requiresAbort) { return .abortable }
    if flags.contains(.retriable) { return .retriable }
    switch phase {
    case .transaction: return .fatal
    case .produce: return classifyProduce(code)
    case .consume: return classifyConsume(code)
    case .query: return code.isTransient ? .retriable : .fatal
    }
  }

  private static func classifyProduce(_ code: KafkaError.Code) -> ErrorClass {
    switch code {
    case .queueFull: .retriable
    // `_STATE`: the transaction met an error behind the scenes, and takes no more records.
    // A record that is refused leaves the transaction intact, but not what its input promised.
    case .state, .messageTooLarge, .invalidRecord, .recordListTooLarge, .unknownTopic, .unknownPartition,
      .unknownTopicOrPartition:
      .abortable
    default: .fatal
    }
  }

  private static func classifyConsume(_ code: KafkaError.Code) -> ErrorClass {
    switch code {
    // The group has gone on without this member: what it holds open is not its own any more.
    case .maxPollExceeded, .assignmentLost, .illegalGeneration, .unknownMember: .abortable
    case .fencedInstance: .fenced
    // Metadata may lag behind the creation of a topic.
    case .unknownTopicOrPartition, .unknownTopic, .unknownPartition: .retriable
    default: code.isTransient ? .retriable : .fatal
    }
  }
}

extension KafkaError.Code {
  /// The principal lacks a right, or could not prove who it is.
  var isAuthorization: Bool {
    switch self {
    case .topicAuthorizationFailed, .groupAuthorizationFailed, .clusterAuthorizationFailed,
      .transactionalIDAuthorizationFailed, .saslAuthenticationFailed, .authentication:
      true
    default: false
    }
  }

  /// The cluster is moving, loading or out of reach: the same request may succeed a moment later.
  var isTransient: Bool {
    switch self {
    case .timedOut, .timedOutInQueue, .transport, .allBrokersDown, .resolve, .waitForCoordinator,
      .waitForCache, .inProgress, .previousInProgress, .interrupted, .leaderNotAvailable, .notLeader,
      .requestTimedOut, .brokerNotAvailable, .networkException, .coordinatorLoading,
      .coordinatorNotAvailable, .notCoordinator, .notController, .notEnoughReplicas, .rebalanceInProgress,
      .unstableOffset, .concurrentTransactions:
      true
    default: false
    }
  }
}
