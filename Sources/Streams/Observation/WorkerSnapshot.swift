// Owns what can be asked of a running worker: counters for metrics, task states for health.
import Kafka

/// What a worker has done since it started; what was aborted is not counted as committed work.
public struct WorkerCounters: Sendable, Hashable {
  /// Records whose decision is committed.
  public var records: Int64 = 0
  /// Of these, those that led to at least one published record.
  public var forwarded: Int64 = 0
  /// Of these, those in dead letters, by reason code.
  public var deadLettered: [String: Int64] = [:]
  /// Decisions journalled.
  public var journalled: Int64 = 0
  /// Timers fired.
  public var timers: Int64 = 0
  /// The role's own counters, all that it declares.
  public var own: [RoleCounter: Int64] = [:]
  /// How long commits took.
  public var commitTimes = DurationHistogram()
  /// From the timestamp of a record (its append time, where the topic is set so) to the end of the commit that holds
  /// its decision, by this machine's clock.
  public var decisionTimes = DurationHistogram()
  /// Aborts by `AbortCause.word`.
  public var aborts: [String: Int64] = [:]
  /// Errors reported, by their class.
  public var errors: [ErrorClass: Int64] = [:]
  /// Producers replaced.
  public var recreations: Int64 = 0
  /// Tasks whose state was restored.
  public var restores: Int64 = 0
  /// Changelog records read for that.
  public var restoredRecords: Int64 = 0
  /// Milliseconds from the beginning of each restore to its end.
  public var restoreMilliseconds: Int64 = 0

  public init() {}

  public var commits: Int64 { commitTimes.count }
  /// Milliseconds spent in commits.
  public var commitMilliseconds: Int64 { commitTimes.sum }
}

/// One task, as health and metrics see it.
public struct TaskSnapshot: Sendable, Hashable {
  public let source: TopicPartition
  public let state: TaskState
  /// The next offset to read, committed.
  public let committed: Int64
  /// Records known to lie between the committed offset and the end; nil before either is known.
  public let lag: Int64?
  public let entries: Int
  public let timers: Int
  /// Bytes of memory behind entries and timers.
  public let stateBytes: Int
  /// How long the first timer has been due by the task's clock, in milliseconds; 0 when none is.
  public let lateness: Int64
  /// What the role says of its state; empty while the task does not run.
  public let gauges: [RoleGauge: Int64]

  public init(
    source: TopicPartition, state: TaskState, committed: Int64, lag: Int64?, entries: Int = 0,
    timers: Int = 0,
    stateBytes: Int = 0, lateness: Int64 = 0, gauges: [RoleGauge: Int64] = [:]
  ) {
    self.source = source
    self.state = state
    self.committed = committed
    self.lag = lag
    self.entries = entries
    self.timers = timers
    self.stateBytes = stateBytes
    self.lateness = lateness
    self.gauges = gauges
  }
}

/// One worker, as health and metrics see it. Refreshed several times a second.
public struct WorkerSnapshot: Sendable, Hashable {
  public var state: WorkerState = .starting
  /// The epoch that decides; nil before the first broadcast value.
  public var epoch: Int64?
  public var tasks: [TaskSnapshot] = []
  public var counters = WorkerCounters()
  /// Milliseconds since the loop last turned.
  public var silence: Int64 = 0

  public init() {}

  /// True when the worker takes part in the group and none of its tasks has failed or refused.
  public var isReady: Bool {
    state == .running && !tasks.contains { $0.state.isStopped }
  }
}
