// Owns the contract between the runtime and what runs on it. A processor decides; the runtime makes its
// decisions, state and offsets one transaction.

/// What a role does with each record. One value per worker thread; keyed state lives in the context's
/// store, never in the processor, so that an aborted transaction leaves nothing behind.
public protocol Processor: SendableMetatype {
  /// The broadcast value every replica follows (a compiled policy), or `Void` where none is followed.
  associatedtype Broadcast: Sendable

  /// One record of the source, once per committed transaction. Bad input is a decision
  /// (`context.deadLetter`), not an error; throwing stops this record's partition, loudly, and no other.
  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Broadcast, _ context: inout C)
    throws(TaskFailure)

  /// A timer that is due. `key` is the one it was set under. Fires once per committed transaction.
  mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Broadcast, _ context: inout C
  ) throws(TaskFailure)

  /// Tells those behind how far this worker's partitions have been read; called as the role's `ProgressRule` says.
  mutating func tell<C: ProgressContext>(
    _ progress: [SourceProgress], _ broadcast: Broadcast, _ context: inout C)

  /// What those who watch should know of one task's state; asked a few times a second, so that it has to take no longer
  /// than a look-up. `now` is the task's clock; `get` finds a value, borrowed until its next call.
  static func gauges(_ now: Int64, _ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    -> [RoleGauge: Int64]
}

extension Processor {
  /// For processors that have none.
  public static func gauges(_ now: Int64, _ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    -> [RoleGauge: Int64]
  {
    [:]
  }

  /// For processors that tell nothing.
  public mutating func tell<C: ProgressContext>(
    _ progress: [SourceProgress], _ broadcast: Broadcast, _ context: inout C
  ) {}

  /// For processors that set no timers: a timer that fires is a wrong deploy.
  public mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Broadcast, _ context: inout C
  ) throws(TaskFailure) {
    throw TaskFailure("a timer fired in a role that sets none")
  }
}

/// Why a partition has to stop: a bad internal record, a cap exceeded, a format from the future. Carries no
/// payload.
public struct TaskFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// Why a record is refused. Goes into the dead letter's headers.
public struct Refusal: Sendable, Hashable {
  /// A stable word for metrics and scripts: `invalid-json`, `missing-field`.
  public var code: String
  /// The field at fault as a path (`rating.value`), empty when the record as a whole is at fault.
  public var field: String
  /// One sentence for a person, without payload.
  public var reason: String

  public init(code: String, field: String, reason: String) {
    self.code = code
    self.field = field
    self.reason = reason
  }
}

/// Codes of the refusals that the runtime makes itself, for a record whose output can never be committed.
public enum WorkerRefusal {
  public static let outputTooLarge = "output-too-large"
  public static let outputRefused = "output-refused"
  public static let codes = [outputTooLarge, outputRefused]
}

/// What a processor may do while it handles one record or timer. Everything it does becomes part of the
/// transaction that commits the source offset, or never happened.
public protocol TaskContext {
  /// The source partition this task reads. `TopicPartition.topic` is the physical name (with prefix).
  var source: TopicPartition { get }
  /// The task's clock at this record, milliseconds since 1970. One value per record; never goes back.
  var now: Int64 { get }
  /// The offset of the broadcast record that decides: the policy epoch. 0 where nothing is followed.
  var epoch: Int64 { get }

  /// Publishes a record. Outputs are indexed as the role declared them. The partition is chosen from the
  /// key by murmur2.
  mutating func send(
    _ output: OutputTopic, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>)
  /// Sends the record at hand to dead letters, its original bytes and headers with it. At most once a record.
  mutating func deadLetter(_ refusal: Refusal)

  /// The value under a key, borrowed until the next call on the context; nil when absent.
  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer)
  mutating func delete(_ key: UnsafeRawBufferPointer)
  /// Every value whose key begins with this byte, in no order, borrowed for the call. Takes as long as all of the state
  /// is large: for what is done once in a task's life.
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void)

  /// Sets or moves the timer of that key. It fires once the task's clock has reached `due`.
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64)
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer)

  /// Says that nothing is to be decided about the record at hand: it counts for no record. What it changes commits all
  /// the same.
  mutating func passOver()
  /// Adds one to the task's journalled counter: one decision for the record at hand, the NO included.
  mutating func journalled()
  /// Adds one to a counter of the role's own, by its index in `RoleDefinition.counters`. What is aborted is not counted.
  mutating func count(_ counter: Int)
}
