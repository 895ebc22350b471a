// Owns the in-memory form of a log: its configuration, and how members and readers are opened on it.
import Kafka

/// A log in memory that behaves like Kafka where a runtime can tell: offsets with markers among them, the last
/// stable offset, aborted records, compaction; groups with generations and incremental rebalances; transactions with
/// epochs, fencing, time-outs and markers that arrive after the commit has returned. What is measured on a real broker
/// holds here too, the inconvenient included: a transaction without offsets is not fenced by its group.
///
/// Safe to use from several threads. With a manual clock and one thread it is deterministic: the same calls
/// leave the same bytes.
public final class MemoryLog: Log {
  /// How an in-memory log behaves. Durations are milliseconds.
  public struct Configuration: Sendable {
    /// Which time it lives in. Default: a manual clock.
    public var time: MemoryTime
    /// A member that makes no call for so long is expelled. Default 10,000.
    public var sessionTimeout: Int64
    /// A transaction open for so long is aborted and its producer fenced. Default 10,000, as the runtime's.
    public var transactionTimeout: Int64
    /// How long after a commit or abort has returned its markers are written; 0, the default: before it
    /// returns; `Int64.max`: when `MemoryLog.settle` is called, or somebody has to wait for them.
    public var markerDelay: Int64
    /// How long a blocking call waits before it throws, with wall time. Default 10,000.
    public var requestTimeout: Int64
    /// The largest record that is taken, key, value and headers together. Default 1,048,576 bytes of value and
    /// 64 KB for the rest.
    public var maxRecordBytes: Int
    /// Default: no faults.
    public var faults: FaultPlan

    public init(
      time: MemoryTime = .manual(ManualClock()), sessionTimeout: Int64 = 10_000,
      transactionTimeout: Int64 = 10_000, markerDelay: Int64 = 0, requestTimeout: Int64 = 10_000,
      maxRecordBytes: Int = 1_048_576 + 65_536, faults: FaultPlan = .none
    ) {
      self.time = time
      self.sessionTimeout = sessionTimeout
      self.transactionTimeout = transactionTimeout
      self.markerDelay = markerDelay
      self.requestTimeout = requestTimeout
      self.maxRecordBytes = maxRecordBytes
      self.faults = faults
    }
  }

  public let configuration: Configuration
  let monitor: Monitor<World>

  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
    monitor = Monitor(World(configuration))
  }

  /// A log on a manual clock.
  public convenience init(clock: ManualClock, markerDelay: Int64 = 0, faults: FaultPlan = .none) {
    self.init(Configuration(time: .manual(clock), markerDelay: markerDelay, faults: faults))
  }

  public func member(_ configuration: MemberConfiguration) throws(KafkaError) -> MemoryMember {
    for topic in configuration.outputs where try partitionCount(of: topic) == nil {
      throw MemoryError.make(.unknownTopicOrPartition, .fatal, "open output \(topic)")
    }
    return MemoryMember(log: self, configuration)
  }

  public func reader(_ configuration: ReaderConfiguration) throws(KafkaError) -> MemoryReader {
    MemoryReader(log: self, configuration)
  }

  public func partitionCount(of topic: String) throws(KafkaError) -> Int32? {
    locked { world, _ in world.topics[topic]?.count }
  }

  /// Runs an operation on the log's state, after everything that was due has happened, and wakes whoever
  /// waits for what it changed.
  func locked<R, E: Error>(_ body: (inout World, _ now: Int64) throws(E) -> R) throws(E) -> R {
    try monitor.withLock { world throws(E) in
      let now = configuration.time.now
      let before = world.version
      world.tick(now: now)
      defer { if configuration.time.blocks && world.version != before { monitor.wake() } }
      return try body(&world, now)
    }
  }

  /// Waits, with wall time, until something has changed since `version`, something is due, or the time has passed.
  func wait(since version: Int, until deadline: Int64) {
    let now = configuration.time.now
    let due = monitor.withLock { $0.nextDeadline }
    monitor.wait(milliseconds: min(deadline, due) &- now) { $0.version != version }
  }
}
