// Owns INTAKE as a processor: it hands each record to the decider and the decision to the runtime.
import Events
import Kafka
import Policy
import Privacy
import Streams

/// The stateless role at the head of the stream. One value per worker thread.
public struct IntakeProcessor: Processor {
  public typealias Broadcast = CompiledPolicy

  /// The contract of each source, in their order.
  private static let kinds = RoleName.intake.sources.compactMap(\.eventKind)
  private static let signals = OutputTopic(index: 0)

  private let keys: Result<SubjectKeyMaker, PrivacyError>
  private let sourceNames: [[UInt8]]
  private let encoder = SignalEncoder()
  private var decider: IntakeDecider?
  private var decidingEpoch: Int64 = -1
  private var headers: [HeaderView] = []

  /// `sourceNames`: the physical names of the sources, in their order; they become the coordinates of causes.
  init(keys: Result<SubjectKeyMaker, PrivacyError>, sourceNames: [String]) {
    self.keys = keys
    self.sourceNames = sourceNames.map { Array($0.utf8) }
    headers.reserveCapacity(16)
  }

  public mutating func process<C: TaskContext>(
    _ record: RecordView, _ policy: CompiledPolicy, _ context: inout C
  ) throws(TaskFailure) {
    var decider = try takeDecider(policy, epoch: context.epoch)
    defer { self.decider = decider }
    var eventHeaders = EventHeaders()
    for header in record.headers { eventHeaders.add(name: header.name, value: header.value) }
    sourceNames[record.topicIndex].withUnsafeBytes { name in
      let cause = Coordinates(
        topic: ByteSlice(name), partition: record.partition, offset: record.offset)
      decider.decide(
        Self.kinds[record.topicIndex], value: record.value, headers: eventHeaders, at: cause,
        epoch: context.epoch
      ) { decision in
        switch decision {
        case .signal(let signal, let key): publish(signal, key, &context)
        case .refused(let refusal):
          context.deadLetter(
            Refusal(code: refusal.code.rawValue, field: refusal.field, reason: refusal.reason))
        }
      }
    }
    context.journalled()
  }

  private mutating func publish<C: TaskContext>(_ signal: Signal, _ key: ByteSlice, _ context: inout C) {
    let encoded = encoder.encode(signal)
    headers.removeAll(keepingCapacity: true)
    for header in encoded.headers { headers.append(HeaderView(name: header.name, value: header.value)) }
    headers.withUnsafeBufferPointer {
      context.send(Self.signals, key: key.bytes, value: encoded.value, headers: $0)
    }
  }

  /// The decider of this epoch, moved out of the processor while it decides.
  private mutating func takeDecider(_ policy: CompiledPolicy, epoch: Int64) throws(TaskFailure)
    -> IntakeDecider
  {
    if epoch == decidingEpoch, let current = decider {
      decider = nil
      return current
    }
    switch keys {
    case .success(let keys):
      decidingEpoch = epoch
      return IntakeDecider(policy: policy, keys: keys)
    case .failure(let error): throw TaskFailure("no subject keys can be made: \(error)")
    }
  }
}
