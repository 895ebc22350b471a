// Owns a worker: what one thread of a role holds, and the lifecycle around its loop.
import Kafka

/// One thread's share of a role: a seat in the group, a transaction, and the tasks it was given.
///
/// A worker is driven by `step()`, on one thread that stays the same: from `run()` in production, by hand in
/// tests. Its loop is five numbered phases, in `Worker+Loop.swift`. Not Sendable: what other threads may see
/// or ask goes through `WorkerStatus`.
public final class Worker<L: Log, P: Processor> {
  let log: L
  let role: Role<P>
  let identity: WorkerIdentity
  let index: Int
  let settings: WorkerSettings
  let clock: WorkerClock
  let listener: RuntimeListener
  /// The face this worker shows to other threads.
  public let status: WorkerStatus

  public internal(set) var state: WorkerState = .starting
  var transaction: TransactionState = .idle

  let plan: OutputPlan
  let letters: DeadLetterOffice
  var processor: P
  var outbox: Outbox<L.Member>?
  var context: RecordContext<L.Member>?
  var restorer: Restorer<L.Reader>?
  var follower: Follower<L.Reader, P.Broadcast>?
  /// What decides, pinned for the length of a transaction.
  var broadcast: (value: P.Broadcast, epoch: Int64)?

  var tasks: ContiguousArray<StreamTask> = []
  /// Tasks by topic index and partition: looked up for every record.
  var table: ContiguousArray<ContiguousArray<StreamTask?>>
  var touched: ContiguousArray<StreamTask> = []
  /// The record the open transaction handled last, to know which one is at fault when it is alone.
  var lastRecord: (task: StreamTask, offset: Int64)?

  var openedAt: Int64 = 0
  var commitStartedAt: Int64 = 0
  var rule: CommitRule
  var budget: RecreationBudget
  var streak: AbortStreak
  /// Why the producer has to be replaced; nil when only an outcome is unknown, which costs no budget.
  var breakdown: KafkaError?
  /// The last commit's outcome is unknown.
  var isUnknown = false
  /// Nothing is tried again before this monotonic time.
  var retryAt: Int64 = .min
  var followAt: Int64 = .min
  var publishAt: Int64 = .min
  var progressAt: Int64 = .min
  /// Tasks have come of which nothing has been told since they were read to their end.
  var hasNewTasks = false
  /// Of each source and each output, once the worker has started.
  var sourcePartitions: [Int32] = []
  var outputPartitions: [Int32] = []
  var isDrained = false
  /// Whether the last poll gave as many records as it may: then others may wait for the next one.
  var leftSome = false
  /// The wall time just before the last poll: what it brought is all that was to be read until then.
  var polledAt: Int64 = .min
  /// Milliseconds for which polls have followed each other, at most the allowance of progress; a pause that it does not
  /// allow begins anew.
  var polledFor: Int64 = 0
  /// The wall time just before the latest poll that left nothing waiting, after polls without a pause: whatever had been
  /// appended by then, but for the allowance of progress, had come.
  var drainedAt: Int64 = .min
  /// An error that ends the worker, met inside of a poll.
  var fatal: KafkaError?
  /// The log said that some position is out of its range.
  var hasStrayPosition = false
  var counters = WorkerCounters()
  var times = DecisionTimes()
  var timerKey: ContiguousArray<UInt8> = []
  /// Timers fired in this turn.
  var turnTimers = 0
  /// The task whose timers fire first: another one after a turn that could not fire all.
  var firstToFire = 0

  /// - Parameters:
  ///   - index: The worker's index in its pool; part of its transactional id.
  ///   - status: Shared with those who watch; one for each worker.
  public init(
    log: L, role: Role<P>, identity: WorkerIdentity, index: Int = 0,
    settings: WorkerSettings = WorkerSettings(), clock: WorkerClock = .system,
    status: WorkerStatus = WorkerStatus(), listener: @escaping RuntimeListener = { _ in }
  ) {
    self.log = log
    self.role = role
    self.identity = identity
    self.index = index
    self.settings = settings
    self.clock = clock
    self.status = status
    self.listener = listener
    plan = OutputPlan(role.definition)
    letters = DeadLetterOffice(role: role.definition.name)
    processor = role.makeProcessor()
    table = ContiguousArray(repeating: [], count: role.definition.sources.count)
    rule = CommitRule(interval: settings.commitInterval, bytes: settings.commitBytes)
    budget = RecreationBudget(limit: settings.recreations, window: settings.recreationWindow)
    streak = AbortStreak(limit: settings.abortsBeforeBisecting)
    broadcast = role.constant.map { ($0, 0) }
    for counter in role.definition.counters { counters.own[counter] = 0 }
  }

  /// Steps until the worker has stopped or failed.
  public func run() {
    while !state.isFinal { step(wait: settings.pollWait) }
  }

  /// One turn of the loop. Does nothing once the state is final.
  ///
  /// - Parameter wait: The longest wait for input, in milliseconds. 0, the default, never waits.
  public func step(wait: Int = 0) {
    if state.isFinal { return }
    status.beat(clock.monotonic())
    if status.isDrainRequested && state != .draining { pass(.drain) }
    switch state {
    case .starting: start(wait: wait)
    case .waiting: awaitBroadcast(wait: wait)
    case .running: turn(wait: wait)
    case .draining: leave()
    case .stopped, .failed: break
    }
    publish()
  }

  // MARK: - Lifecycle

  func pass(_ event: WorkerState.Event) {
    guard let next = state.next(event) else { return }
    state = next
    report(.state(next))
  }

  /// Checks the topics and initialises the producer; nothing is consumed yet.
  private func start(wait: Int) {
    if clock.monotonic() < retryAt { return sleep(wait) }
    do throws(KafkaError) {
      if let mistake = try layoutMistake() { return fail(mistake) }
      if outbox == nil {
        let member = try log.member(
          MemberConfiguration(
            group: role.definition.group, transactionalID: identity.transactionalID(index),
            instanceID: identity.instanceID(index), outputs: plan.topics,
            readsHeaders: role.definition.readsHeaders))
        outbox = Outbox(
          member: member, maxMessageBytes: settings.maxMessageBytes, counters: role.definition.counters.count)
      }
      try outbox?.member.initTransactions()
      if let topic = role.definition.broadcast {
        let reader = try log.reader(ReaderConfiguration())
        follower = Follower(reader: reader, topic: topic, compile: role.compile)
      }
      if let changelog = role.definition.changelog {
        let reader = try log.reader(ReaderConfiguration())
        restorer = Restorer(reader: reader, changelog: changelog, bugs: settings.plantedBugs)
      }
      pass(.ready)
    } catch {
      report(.error(error))
      if error.errorClass == .fatal || error.errorClass == .fenced {
        guard budget.take(at: clock.monotonic()) != nil else { return fail(error.description) }
      }
      retryAt = clock.monotonic() &+ 200
    }
  }

  /// What is wrong with the role or with the topics it needs; nil when nothing is.
  private func layoutMistake() throws(KafkaError) -> String? {
    if let mistake = role.definition.mistake { return mistake }
    func missing(_ topic: String) -> String {
      "topic \(topic) does not exist: run `answerable topics apply`"
    }
    var counts: [Int32] = []
    for topic in role.definition.sources + plan.topics {
      guard let count = try log.partitionCount(of: topic) else { return missing(topic) }
      counts.append(count)
    }
    sourcePartitions = Array(counts.prefix(role.definition.sources.count))
    outputPartitions = Array(counts.dropFirst(role.definition.sources.count).prefix(plan.outputs))
    if let topic = role.definition.broadcast {
      guard let count = try log.partitionCount(of: topic) else { return missing(topic) }
      if count != 1 { return "topic \(topic) has \(count) partitions; a broadcast has exactly 1" }
    }
    if let changelog = role.definition.changelog, let source = role.definition.sources.first {
      let (have, need) = (try log.partitionCount(of: changelog), try log.partitionCount(of: source))
      if have != need {
        return "changelog \(changelog) has \(have ?? 0) partitions, its source \(source) has "
          + "\(need ?? 0): they must be equal, and Kafka takes no partition back; "
          + "begin a new deployment under another prefix"
      }
    }
    return nil
  }

  /// Joins the group once there is a broadcast value: before that, nothing is consumed.
  private func awaitBroadcast(wait: Int) {
    if follower != nil {
      guard follow(wait: wait) else { return }
      adopt()
    }
    guard broadcast != nil else { return }
    do throws(KafkaError) {
      try outbox?.member.subscribe(role.definition.sources)
      report(.joined(group: role.definition.group))
      pass(.broadcast)
    } catch {
      failUnlessRetriable(error)
    }
  }

  /// Commits what is processed, leaves the group, and ends.
  private func leave() {
    if transaction == .open { commit() }
    if transaction == .aborting { abortNow() }
    close()
    pass(.left)
    report(.drained)
  }

  /// Ends the worker: its partitions go to others, the process decides what becomes of itself.
  func fail(_ reason: String) {
    if state.isFinal { return }
    if transaction == .open { abort(.stopped) }
    if transaction == .aborting { abortNow() }
    pass(.fail(reason))
    close()
  }

  private func close() {
    if let outbox {
      var events = WorkerEvents(worker: self)
      outbox.member.close(&events)
    }
    for task in tasks { task.apply(.close) }
    tasks = []
    restorer?.close()
    follower?.close()
    outbox = nil
    restorer = nil
    follower = nil
  }

  func failUnlessRetriable(_ error: KafkaError) {
    report(.error(error))
    if error.errorClass != .retriable { fail(error.description) }
  }

  // MARK: - Reports

  func report(_ event: RuntimeEvent) {
    if case .error(let error) = event { counters.errors[error.errorClass, default: 0] &+= 1 }
    listener(RuntimeReport(role: role.definition.name, worker: index, event: event))
  }

  /// Refreshes the snapshot, a few times a second.
  private func publish() {
    let now = clock.monotonic()
    if now < publishAt && !state.isFinal { return }
    publishAt = now &+ 250
    status.publish(snapshot)
  }

  /// The worker as it is now; only on its own thread.
  public var snapshot: WorkerSnapshot {
    var snapshot = WorkerSnapshot()
    snapshot.state = state
    snapshot.epoch = broadcast?.epoch
    snapshot.tasks = tasks.map {
      $0.snapshot(end: outbox?.member.knownEnd(of: $0.source), P.gauges)
    }
    snapshot.counters = counters
    return snapshot
  }

  /// Keeps the thread from spinning while nothing can be tried.
  func sleep(_ milliseconds: Int) {
    if milliseconds > 0 { OSThread.sleep(milliseconds: min(milliseconds, 50)) }
  }
}
