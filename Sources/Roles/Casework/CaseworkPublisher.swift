// Owns how an outcome becomes records: which topic, which key, which bytes.
import Casework
import Events
import Kafka
import Privacy
import StateBytes
import Streams

/// Encodes and sends. One for each processor; memory is reused from record to record.
final class CaseworkPublisher {
  private static let assignments = OutputTopic(index: 0)
  private static let escalations = OutputTopic(index: 1)
  private static let journal = OutputTopic(index: 2)
  private static let signals = OutputTopic(index: 3)
  private static let claims = OutputTopic(index: 4)
  private static let delegations = OutputTopic(index: 5)

  private let assignmentEncoder = AssignmentEncoder()
  private let escalationEncoder = EscalationEncoder()
  private let journalEncoder = JournalEncoder()
  private let signalEncoder = SignalEncoder(source: RoleName.casework.eventSource)
  private let claimEncoder = ClaimEncoder()
  private let delegationEncoder = DelegationEncoder(source: RoleName.casework.eventSource)
  private let keys: Result<SubjectKeyMaker, PrivacyError>
  /// Keys of sites and services that were told already.
  private var placeKeys: [[UInt8]: [UInt8]] = [:]
  private let sender = EncodedRecordSender()
  private var id: [UInt8] = []

  init(keys: Result<SubjectKeyMaker, PrivacyError>) { self.keys = keys }

  /// Publishes everything, the journal last. `signal` is what was decided about; nil of a timer.
  func publish<C: TaskContext>(_ outcome: borrowing Outcome, _ signal: Signal?, _ context: inout C)
    throws(StateFailure)
  {
    var sent = 0
    for output in outcome.outputs {
      switch output {
      case .assignment(let assignment):
        sender.send(
          assignmentEncoder.encode(assignment), key: assignment.view.id, to: Self.assignments, &context)
      case .escalation(let escalation):
        context.count(CaseworkCounters.index(escalation.kind))
        let key = escalation.view.id.isEmpty ? escalation.view.owner : escalation.view.id
        sender.send(escalationEncoder.encode(escalation), key: key, to: Self.escalations, &context)
      case .tombstone(let caseID):
        context.send(
          Self.assignments, key: caseID.bytes, value: nil, headers: UnsafeBufferPointer(start: nil, count: 0))
      case .notice(let notice):
        guard let signal else { break }
        let isOfSite = !notice.site.isEmpty
        let place = isOfSite ? notice.site : notice.touchpoint
        let key = try placeKey(isOfSite ? "site" : "service", place)
        send(.notice(notice), key, signal, sent, &context)
        sent += 1
      case .link(let link, let subjectKey):
        guard let signal else { break }
        subjectKey.bytes.withMemoryRebound(to: UInt8.self) {
          send(.link(link), Array($0), signal, sent, &context)
        }
        sent += 1
      case .claim(let claim):
        send(claim, outcome.journal.id, sent, &context)
        sent += 1
      case .delegation(let answer):
        sender.send(
          delegationEncoder.encode(answer), key: answer.recordKey, to: Self.delegations, &context)
      }
    }
    context.count(CaseworkCounters.index(outcome.journal.decision))
    sender.send(journalEncoder.encode(outcome.journal), key: outcome.journal.key, to: Self.journal, &context)
  }

  /// A message to another subject. Its id is made from the coordinates of the signal that led to it.
  private func send<C: TaskContext>(
    _ message: Signal.Message, _ key: [UInt8], _ cause: Signal, _ index: Int, _ context: inout C
  ) {
    var signal = Signal(message: message)
    id.removeAll(keepingCapacity: true)
    id += "\(signal.kind.rawValue)-\(cause.cause.partition)-\(cause.cause.offset)-\(index)".utf8
    id.withUnsafeBytes { id in
      key.withUnsafeBytes { key in
        signal.id = ByteSlice(id)
        signal.causeID = cause.id
        signal.cause = cause.cause
        signal.subjectKey = ByteSlice(key)
        signal.occurredAt = cause.occurredAt
        signal.epoch = context.epoch
        signal.event.traceparent = cause.event.traceparent
        sender.send(signalEncoder.encode(signal), key: signal.subjectKey, to: Self.signals, &context)
      }
    }
  }

  /// A message about a remedy, to its budgets. Its id is made from the decision's number.
  private func send<C: TaskContext>(
    _ claim: Claim, _ decision: ByteSlice, _ index: Int, _ context: inout C
  ) {
    var claim = claim
    id.removeAll(keepingCapacity: true)
    id += "claim-".utf8
    id.append(contentsOf: decision.bytes)
    id += "-\(index)".utf8
    id.withUnsafeBytes {
      claim.id = ByteSlice($0)
      sender.send(claimEncoder.encode(claim), key: claim.root, to: Self.claims, &context)
    }
  }

  /// The subject key of a site or a service, as INTAKE makes it.
  private func placeKey(_ kind: ByteSlice, _ name: ByteSlice) throws(StateFailure) -> [UInt8] {
    let place = Array(kind.bytes) + [0] + Array(name.bytes)
    if let known = placeKeys[place] { return known }
    do {
      var key: [UInt8] = []
      try keys.get().key(kind: kind.bytes, id: name.bytes, into: &key)
      // Places come from events: as many as a policy can have are remembered, the others are made again.
      if placeKeys.count < 20_000 { placeKeys[place] = key }
      return key
    } catch {
      throw StateFailure("no subject key can be made for a place: \(error)")
    }
  }
}
