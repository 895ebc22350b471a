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
  /// What people do, which clocks wait for.
  private static let acts = RoleName.intake.sources.firstIndex(of: .caseUpdates)
  private static let signals = OutputTopic(index: 0)

  private let keys: Result<SubjectKeyMaker, PrivacyError>
  private let sourceNames: [[UInt8]]
  private let encoder = SignalEncoder()
  private let sender = EncodedRecordSender()
  private let marks = MarkSender()
  private var desk: Desk?

  /// `sourceNames`: the physical names of the sources, in their order; they become the coordinates of causes.
  init(keys: Result<SubjectKeyMaker, PrivacyError>, sourceNames: [String]) {
    self.keys = keys
    self.sourceNames = sourceNames.map { Array($0.utf8) }
  }

  public mutating func process<C: TaskContext>(
    _ record: RecordView, _ policy: CompiledPolicy, _ context: inout C
  ) throws(TaskFailure) {
    let desk = try desk(policy, epoch: context.epoch)
    let (encoder, sender) = (encoder, sender)
    var eventHeaders = EventHeaders()
    for header in record.headers { eventHeaders.add(name: header.name, value: header.value) }
    sourceNames[record.topicIndex].withUnsafeBytes { name in
      let cause = Coordinates(
        topic: ByteSlice(name), partition: record.partition, offset: record.offset)
      desk.decider.decide(
        Self.kinds[record.topicIndex], value: record.value, headers: eventHeaders, at: cause,
        appendedAt: record.timestamp, epoch: context.epoch
      ) { decision in
        switch decision {
        case .signal(let signal, let key):
          sender.send(encoder.encode(signal), key: key, to: Self.signals, &context)
        case .refused(let refusal):
          context.deadLetter(
            Refusal(code: refusal.code.rawValue, field: refusal.field, reason: refusal.reason))
        }
      }
    }
    context.journalled()
  }

  public mutating func tell<C: ProgressContext>(
    _ progress: [SourceProgress], _ policy: CompiledPolicy, _ context: inout C
  ) {
    marks.send(progress.filter { $0.topicIndex == Self.acts }, to: Self.signals, &context)
  }

  /// The decider of this epoch.
  private mutating func desk(_ policy: CompiledPolicy, epoch: Int64) throws(TaskFailure) -> Desk {
    if let desk, desk.epoch == epoch { return desk }
    switch keys {
    case .success(let keys):
      let desk = Desk(IntakeDecider(policy: policy, keys: keys), epoch: epoch)
      self.desk = desk
      return desk
    case .failure(let error): throw TaskFailure("no subject keys can be made: \(error)")
    }
  }

  /// A decider in one place: moving it out and back for each record would count references to all it holds.
  private final class Desk {
    var decider: IntakeDecider
    let epoch: Int64

    init(_ decider: IntakeDecider, epoch: Int64) {
      self.decider = decider
      self.epoch = epoch
    }
  }
}
