// Owns DELEGATION as a processor: it hands claims and timers to the task's engine and the outcome to the runtime.
import Delegation
import Events
import Kafka
import Policy
import StateBytes
import Streams

/// The stateful role that keeps budgets. One value per worker thread; what it keeps between records is memory and
/// nothing that counts.
public struct DelegationProcessor: Processor {
  public typealias Broadcast = CompiledPolicy

  private let claims: [UInt8]
  private let decoder = ClaimDecoder()
  private let publisher = DelegationPublisher()
  private let format: StateFormat
  private let bugs: PlantedDelegationBugs
  private var engines: [Int32: Engine] = [:]

  /// `claims`: the physical name of the source; it becomes the coordinates of causes.
  init(
    claims: String, format: StateFormat = .current, bugs: PlantedDelegationBugs = []
  ) {
    self.claims = Array(claims.utf8)
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
    let engine = engine(record.partition, policy, epoch: context.epoch)
    let (publisher, now) = (publisher, context.now)
    var store = ContextStore(context: context)
    var failure: StateFailure?
    claims.withUnsafeBytes { topic in
      // From here on the cause is the claim itself: what is decided is decided about that record.
      claim.cause = Coordinates(topic: ByteSlice(topic), partition: record.partition, offset: record.offset)
      do throws(StateFailure) {
        try engine.engine.handle(claim, task: record.partition, now: now, &store) {
          outcome, store throws(StateFailure) in
          publisher.publish(outcome, &store.context)
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
    let engine = engine(task, policy, epoch: context.epoch)
    let publisher = publisher
    var store = ContextStore(context: context)
    do throws(StateFailure) {
      try engine.engine.fire(timer: key, due: due, task: task, now: context.now, &store) {
        outcome, store throws(StateFailure) in
        publisher.publish(outcome, &store.context)
      }
    } catch {
      throw TaskFailure(error.description)
    }
    context = store.context
    context.journalled()
  }

  /// The engine of a task under this epoch.
  private mutating func engine(_ task: Int32, _ policy: CompiledPolicy, epoch: Int64) -> Engine {
    if let engine = engines[task] {
      if engine.epoch != epoch { engine.adopt(policy, epoch: epoch) }
      return engine
    }
    let engine = Engine(
      DelegationEngine(policy: policy, epoch: epoch, format: format, bugs: bugs), epoch: epoch)
    engines[task] = engine
    return engine
  }

  /// An engine in one place: moving it out and back for each record would count references to all it holds.
  private final class Engine {
    var engine: DelegationEngine
    private(set) var epoch: Int64

    init(_ engine: DelegationEngine, epoch: Int64) {
      self.engine = engine
      self.epoch = epoch
    }

    func adopt(_ policy: CompiledPolicy, epoch: Int64) {
      engine.adopt(policy, epoch: epoch)
      self.epoch = epoch
    }
  }
}
