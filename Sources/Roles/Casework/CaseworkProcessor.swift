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
  private var engines = TaskEngines<CaseworkEngine>()

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
    let engine = engine(of: record.partition, policy, epoch: context.epoch)
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
  private func hear<C: TaskContext>(_ mark: Mark, _ engine: TaskEngine<CaseworkEngine>, _ context: inout C)
    throws(TaskFailure)
  {
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
    let engine = engine(of: task, policy, epoch: context.epoch)
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

  /// What cannot be read says nothing: the next decision stops the task with the reason.
  public static func gauges(_ now: Int64, _ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    -> [RoleGauge: Int64]
  {
    var gauges: [RoleGauge: Int64] = [:]
    if let open = try? CaseworkEngine.openCases(get) { gauges[.openCases] = open }
    if let heard = try? CaseworkEngine.heardUntil(get) {
      gauges[.evidenceBehind] = max(0, now.subtractingReportingOverflow(heard).partialValue)
    }
    return gauges
  }

  private mutating func engine(of task: Int32, _ policy: CompiledPolicy, epoch: Int64)
    -> TaskEngine<CaseworkEngine>
  {
    engines.engine(of: task, policy, epoch: epoch) {
      CaseworkEngine(policy: policy, epoch: epoch, format: format, bugs: bugs)
    }
  }
}
