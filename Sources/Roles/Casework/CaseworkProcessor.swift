// Owns CASEWORK as a processor: it hands signals and timers to the task's engine and the outcome to the runtime.
import Casework
import Events
import Kafka
import Policy
import Privacy
import StateBytes
import Streams

/// The stateful role behind INTAKE. One value per worker thread; what it keeps between records is memory and nothing
/// that counts.
public struct CaseworkProcessor: Processor {
  public typealias Broadcast = CompiledPolicy

  private let signals: [UInt8]
  private let decoder = SignalDecoder()
  private let publisher: CaseworkPublisher
  private let format: StateFormat
  private let bugs: PlantedCaseworkBugs
  private var engines: [Int32: Engine] = [:]

  /// `signals`: the physical name of the source; it becomes the coordinates of causes.
  init(
    keys: Result<SubjectKeyMaker, PrivacyError>, signals: String, format: StateFormat = .current,
    bugs: PlantedCaseworkBugs = []
  ) {
    self.signals = Array(signals.utf8)
    self.format = format
    self.bugs = bugs
    publisher = CaseworkPublisher(keys: keys)
  }

  public mutating func process<C: TaskContext>(
    _ record: RecordView, _ policy: CompiledPolicy, _ context: inout C
  ) throws(TaskFailure) {
    var signal: Signal
    do throws(EventRefusal) {
      signal = try decoder.decode(record.value)
    } catch {
      throw TaskFailure(
        "the record at offset \(record.offset) is no signal (\(error.code.rawValue) \(error.field)): a role or a tool "
          + "of another version wrote it")
    }
    let engine = engine(record.partition, policy, epoch: context.epoch)
    if case .mark(let mark) = signal.message { return try hear(mark, engine, &context) }
    let (publisher, now) = (publisher, context.now)
    var failure: StateFailure?
    context = signals.withUnsafeBytes { topic in
      // From here on the cause is the signal itself: what is decided is decided about that record.
      signal.cause = Coordinates(
        topic: ByteSlice(topic), partition: record.partition, offset: record.offset)
      var store = ContextStore(context: context)
      do throws(StateFailure) {
        try engine.engine.handle(signal, task: record.partition, now: now, &store) {
          outcome, store throws(StateFailure) in
          try publisher.publish(outcome, signal, &store.context)
        }
      } catch {
        failure = error
      }
      return store.context
    }
    if let failure { throw TaskFailure(failure.description) }
    context.journalled()
  }

  /// How far people's acts have been read is taken over; nothing is decided about it.
  private func hear<C: TaskContext>(_ mark: Mark, _ engine: Engine, _ context: inout C) throws(TaskFailure) {
    var store = ContextStore(context: context)
    do throws(StateFailure) {
      try engine.engine.hear(mark, &store)
    } catch {
      throw TaskFailure(error.description)
    }
    context = store.context
    context.passOver()
    context.count(CaseworkCounters.marks)
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
        try publisher.publish(outcome, nil, &store.context)
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
      CaseworkEngine(policy: policy, epoch: epoch, format: format, bugs: bugs), epoch: epoch)
    engines[task] = engine
    return engine
  }

  /// An engine in one place: moving it out and back for each record would count references to all it holds.
  private final class Engine {
    var engine: CaseworkEngine
    private(set) var epoch: Int64

    init(_ engine: CaseworkEngine, epoch: Int64) {
      self.engine = engine
      self.epoch = epoch
    }

    func adopt(_ policy: CompiledPolicy, epoch: Int64) {
      engine.adopt(policy, epoch: epoch)
      self.epoch = epoch
    }
  }
}

/// The runtime's context as casework's store.
struct ContextStore<C: TaskContext>: StateStore {
  var context: C

  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { context.get(key) }
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    context.put(key, value)
  }
  mutating func delete(_ key: UnsafeRawBufferPointer) { context.delete(key) }
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) { context.setTimer(key, due: due) }
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { context.cancelTimer(key) }
}
