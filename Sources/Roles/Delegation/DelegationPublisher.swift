// Owns how the answer to a claim becomes records: published, and told to its case.
import Delegation
import Events
import Kafka
import Policy
import Signatures
import Streams

/// Encodes and sends. One for each processor; memory is reused from record to record.
final class DelegationPublisher {
  private static let delegations = OutputTopic(index: 0)
  private static let signals = OutputTopic(index: 1)

  private let delegationEncoder = DelegationEncoder(source: RoleName.delegation.eventSource)
  private let signalEncoder = SignalEncoder(source: RoleName.delegation.eventSource)
  private let sender = EncodedRecordSender()
  private let signer: ApprovalSigner?
  private var id: [UInt8] = []

  /// Without a key approvals go out unsigned.
  init(_ signingKey: SigningKey?) { signer = signingKey.map(ApprovalSigner.init) }

  func publish<C: TaskContext>(
    _ outcome: borrowing Outcome, _ policy: CompiledPolicy, _ context: inout C
  ) {
    for record in outcome.records {
      context.count(DelegationCounters.index(record.answer))
      if let signer, record.answer == .approved {
        signer.withSignature(of: record, policy) { signed, isSigned in
          context.count(isSigned ? DelegationCounters.signed : DelegationCounters.unsigned)
          send(signed, &context)
        }
      } else {
        send(record, &context)
      }
      tell(record, &context)
    }
  }

  private func send<C: TaskContext>(_ record: Delegation, _ context: inout C) {
    sender.send(delegationEncoder.encode(record), key: record.recordKey, to: Self.delegations, &context)
  }

  /// The answer goes back to its case. Its id is made from the answer's.
  private func tell<C: TaskContext>(_ record: Delegation, _ context: inout C) {
    guard !record.subjectKey.isEmpty else { return }
    var signal = Signal(message: .answer(ClaimAnswer(record)))
    id.removeAll(keepingCapacity: true)
    id += ClaimAnswer.idPrefix.utf8
    id.append(contentsOf: record.id.bytes)
    id.withUnsafeBytes {
      signal.id = ByteSlice($0)
      signal.causeID = record.id
      signal.cause = record.cause
      signal.subjectKey = record.subjectKey
      signal.occurredAt = record.at
      signal.epoch = context.epoch
      signal.event.traceparent = record.traceparent
      sender.send(signalEncoder.encode(signal), key: signal.subjectKey, to: Self.signals, &context)
    }
  }
}
