// Owns one task: a partition of a source topic with its position, clock, counters, state and timers, each
// as of the open transaction, and the header of the last commit to go back to.

/// A task of a worker. It decides nothing about transactions; the worker tells it what became of one.
final class StreamTask {
  let source: TopicPartition
  let topicIndex: Int

  private(set) var state: TaskState = .created
  /// Cached from `state`: looked at for every record.
  private(set) var isRunning = false

  /// The last known commit.
  private(set) var base: TaskHeader
  /// The header of a commit that was tried and whose outcome is not known yet.
  private(set) var pending: TaskHeader?

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  /// The next offset to handle, the open transaction included.
  @exclusivity(unchecked) var next: Int64 = 0
  @exclusivity(unchecked) var clock = TaskClock(now: 0)
  @exclusivity(unchecked) var counters = TaskCounters()
  @exclusivity(unchecked) private(set) var store: KeyedStore?
  @exclusivity(unchecked) private(set) var timers: TimerQueue?

  /// True when the open transaction includes this task.
  @exclusivity(unchecked) var isTouched = false
  /// True when records were delivered and dropped, or the position is elsewhere: a seek has to come first.
  @exclusivity(unchecked) var isDisplaced = false
  /// Whether the log was told not to deliver.
  var isPaused = false
  /// The end of the partition, as last seen.
  var end: Int64?
  /// Since when nothing but control records lies between the committed offset and the end.
  var gapSince: Int64?

  /// Records whose output can never be committed: they go to dead letters unprocessed.
  var poison: [Int64: Refusal] = [:]
  /// The record the task has to stop at, and why.
  var halt: (offset: Int64, reason: String)?
  /// Why the task has to stop once its transaction is undone: a timer failed.
  var stopReason: String?
  /// More timers are due than one turn fires: until they are drained, records no longer wait for those due before them.
  var isFlooded = false
  /// Since timers were last not due: the clock then, and how many that were due by it may still fire; −1 for none.
  var streak: (clock: Int64, left: Int) = (0, -1)
  /// Changes kept back by `PlantedBugs.commitBeforeFlush`.
  var lateChanges: [(key: [UInt8], value: [UInt8]?)] = []

  init(source: TopicPartition, topicIndex: Int) {
    self.source = source
    self.topicIndex = topicIndex
    base = TaskHeader(next: -1)
  }

  /// Passes to the state after `event`. Returns false, and changes nothing, when that is not legal.
  @discardableResult
  func apply(_ event: TaskState.Event) -> Bool {
    guard let next = state.next(event) else { return false }
    state = next
    isRunning = next == .running
    return true
  }

  /// Takes over the committed header, with empty state.
  func begin(at header: TaskHeader, settings: WorkerSettings, stateful: Bool) {
    base = header
    pending = nil
    next = header.next
    clock = TaskClock(now: header.clock)
    counters = header.counters
    store =
      stateful ? KeyedStore(maxEntries: settings.stateEntries, maxBytes: settings.stateBytes) : nil
    timers = stateful ? TimerQueue(limit: settings.stateTimers) : nil
  }

  // MARK: - Transaction

  /// The header the open transaction commits.
  func header(epoch: Int64) -> TaskHeader {
    var header = base
    header.transaction &+= 1
    header.next = next
    header.clock = max(base.clock, clock.now)
    header.epoch = max(base.epoch, epoch)
    header.counters = counters
    return header
  }

  func commitTried(_ header: TaskHeader) { pending = header }

  /// The open transaction committed under this header.
  func committed(_ header: TaskHeader) {
    base = header
    pending = nil
    isTouched = false
    store?.commit()
    timers?.commit()
    if !poison.isEmpty { poison = poison.filter { $0.key >= header.next } }
    gapSince = nil
  }

  /// The open transaction did not commit; `found` is the last one that did.
  func aborted(_ found: TaskHeader, keepState: Bool = false) {
    base = found
    pending = nil
    isTouched = false
    if next != found.next { isDisplaced = true }
    next = found.next
    counters = found.counters
    // After a seek the end is reported again; until then the task counts as behind.
    if isDisplaced { clock.rewind(to: found.clock) } else { clock.stay(at: found.clock) }
    if keepState {
      store?.commit()
    } else {
      store?.rollBack()
    }
    timers?.rollBack()
    streak.left = -1
    gapSince = nil
  }

  /// Forgets everything and starts over from what the group and the changelog say.
  func wipe() {
    apply(.wipe)
    store = nil
    timers = nil
    pending = nil
    isTouched = false
    isDisplaced = true
    halt = nil
    isFlooded = false
    streak.left = -1
    lateChanges = []
  }

  /// - Parameters:
  ///   - known: The end of the partition, as far as the log has heard: a task that is behind has not met it.
  ///   - gauges: What the role says of the state, by the task's clock and a look-up.
  func snapshot(
    end known: Int64?,
    _ gauges: (Int64, (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?) -> [RoleGauge: Int64] = { _, _ in
      [:]
    }
  ) -> TaskSnapshot {
    let last = max(end ?? -1, known ?? -1)
    return TaskSnapshot(
      source: source, state: state, committed: base.next,
      lag: last >= 0 && base.next >= 0 ? max(0, last &- base.next) : nil,
      entries: store?.count ?? 0, timers: timers?.count ?? 0,
      stateBytes: (store?.reserved ?? 0) &+ (timers?.reserved ?? 0),
      lateness: timers?.firstDue.map { max(0, clock.now.subtractingReportingOverflow($0).partialValue) } ?? 0,
      gauges: isRunning && store != nil ? gauges(clock.now) { self.store?.get($0) } : [:])
  }
}
