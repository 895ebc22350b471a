// Owns DELEGATION as a processor: it hands claims and timers to the task's engine and the outcome to the runtime.
import Delegation
import Events
import Kafka
import Policy
import Signatures
import StateBytes
import Streams

/// The stateful role that keeps budgets. One value per worker thread; what it keeps between records is memory and
/// nothing that counts.
public struct DelegationProcessor: Processor {
  public typealias Broadcast = CompiledPolicy

  private let claims: [UInt8]
  private let decoder = ClaimDecoder()
  private let publisher: DelegationPublisher
  private let format: StateFormat
  private let bugs: PlantedDelegationBugs
  private var engines = TaskEngines<DelegationEngine>()

  /// `claims`: the physical name of the source; it becomes the coordinates of causes.
  init(
    claims: String, signingKey: SigningKey? = nil, format: StateFormat = .current,
    bugs: PlantedDelegationBugs = []
  ) {
    self.claims = Array(claims.utf8)
    publisher = DelegationPublisher(signingKey)
    self.format = format
    self.bugs = bugs
  }

  public mutating func process<C: TaskContext>(
    _ record: RecordView, _ policy: CompiledPolicy, _ context: inout C
  ) throws(TaskFailure) {
    var claim: Claim
    do throws(EventRefusal) {
      claim = try decoder.decode(record.value)
    } catch {
      throw TaskFailure(
        "the record at offset \(record.offset) is no claim (\(error.code.rawValue) \(error.field)): a role or a tool "
          + "of another version wrote it")
    }
    let engine = engine(of: record.partition, policy, epoch: context.epoch)
    let (publisher, now) = (publisher, context.now)
    var store = ContextStore(context: context)
    var failure: StateFailure?
    claims.withUnsafeBytes { topic in
      // From here on the cause is the claim itself: what is decided is decided about that record.
      claim.cause = Coordinates(topic: ByteSlice(topic), partition: record.partition, offset: record.offset)
      do throws(StateFailure) {
        try engine.engine.handle(claim, task: record.partition, now: now, &store) {
          outcome, store throws(StateFailure) in
          publisher.publish(outcome, policy, &store.context)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw TaskFailure(failure.description) }
    context = store.context
    context.journalled()
  }

  public mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ policy: CompiledPolicy, _ context: inout C
  ) throws(TaskFailure) {
    let task = context.source.partition
    let engine = engine(of: task, policy, epoch: context.epoch)
    let publisher = publisher
    var store = ContextStore(context: context)
    do throws(StateFailure) {
      try engine.engine.fire(timer: key, due: due, task: task, now: context.now, &store) {
        outcome, store throws(StateFailure) in
        publisher.publish(outcome, policy, &store.context)
      }
    } catch {
      throw TaskFailure(error.description)
    }
    context = store.context
    context.journalled()
  }

  private mutating func engine(of task: Int32, _ policy: CompiledPolicy, epoch: Int64)
    -> TaskEngine<DelegationEngine>
  {
    engines.engine(of: task, policy, epoch: epoch) {
      DelegationEngine(policy: policy, epoch: epoch, format: format, bugs: bugs)
    }
  }
}
