// Owns what a commit comes to: the decision from the error, the time it took, and what was heard meanwhile.

/// What is known after a commit was attempted.
public enum CommitOutcome: Sendable, Hashable {
  case committed
  /// Certainly not committed: abort, go back to the committed offsets, begin again.
  case mustAbort(KafkaError)
  /// Nobody here can tell (a time-out, a coordinator that went away): the truth is in `committed()`.
  case unknown(KafkaError)
  /// Another instance owns the transactional id or the partitions.
  case fenced(KafkaError)
  /// The producer is dead.
  case fatal(KafkaError)
}

extension CommitOutcome {
  /// Decides what is known. Pure.
  ///
  /// librdkafka retries a timed-out EndTxn silently, and the broker may apply the late one to the *next*
  /// transaction, because this client does not bump its epoch per transaction (KIP-890 is in no version:
  /// librdkafka#5423). So even a success counts as unknown when the commit took as long as a request may take,
  /// or the coordinator timed out or went away meanwhile: the caller discards the producer and reads what was
  /// committed.
  static func decide(
    error: KafkaError?, elapsed: Duration, requestTimeout: Duration, coordinatorTrouble: String?
  ) -> CommitOutcome {
    switch error?.errorClass {
    case .fenced: return .fenced(error!)
    case .fatal: return .fatal(error!)
    case .abortable: return .mustAbort(error!)
    case .retriable: return .unknown(error!)
    case nil: break
    }
    if let coordinatorTrouble {
      return .unknown(Self.doubt("the coordinator was in trouble meanwhile: \(coordinatorTrouble)"))
    }
    if elapsed >= requestTimeout {
      return .unknown(Self.doubt("it took \(elapsed), as long as a request may take"))
    }
    return .committed
  }

  private static func doubt(_ reason: String) -> KafkaError {
    KafkaError(
      code: .timedOut, errorClass: .fatal, operation: "commit transaction",
      reason: "outcome unknown: \(reason)")
  }
}
