// Owns the limits of a worker: each with its unit, its default and what it bounds.

/// The limits of a worker. The defaults suit one broker as well as a cluster.
public struct WorkerSettings: Sendable {
  /// A transaction is committed after this many milliseconds at the latest. 100. A commit costs 20–75 ms
  /// whatever it holds, so shorter means slower; longer means later.
  public var commitInterval: Int64 = 100
  /// A transaction is committed once it has produced this many bytes. 8 MiB.
  public var commitBytes: Int = 8 << 20
  /// A transaction is committed once it has fired this many timers. 1,000.
  public var timersPerTransaction: Int = 1_000
  /// So many timers fire in one turn of the loop. 1,000: what is due beyond that lets records pass, so that a flood of
  /// timers is drained without a stall.
  public var timersPerTurn: Int = 1_000
  /// Records taken from the log in one poll. 1,000: bounds the work between two looks at the clock.
  public var pollLimit: Int = 1_000
  /// The longest wait for input, in milliseconds. 50: bounds how late a drain request is seen.
  public var pollWait: Int = 50
  /// A record larger than this (key, value and headers, bytes) is never produced: the input that led
  /// to it goes to dead letters. 1,000,000, below the broker's default `max.message.bytes`.
  public var maxMessageBytes: Int = 1_000_000
  /// Entries one task may hold. 2,000,000.
  public var stateEntries: Int = 2_000_000
  /// Bytes of keys and values one task may hold. 1 GiB.
  public var stateBytes: Int = 1 << 30
  /// Timers one task may hold. 2,000,000.
  public var stateTimers: Int = 2_000_000
  /// Changelog records restored in one slice of the loop. 20,000.
  public var restoreSlice: Int = 20_000
  /// How often the broadcast topic is looked at, in milliseconds. 50.
  public var followInterval: Int64 = 50
  /// How often the producer may be replaced within `recreationWindow` before the worker gives up. 3.
  public var recreations: Int = 3
  /// In milliseconds. Five minutes.
  public var recreationWindow: Int64 = 300_000
  /// A worker whose loop has not turned for this long is reported as stuck, in milliseconds. 45,000: well
  /// below `max.poll.interval.ms`, which librdkafka 2.0.2 does not enforce when another queue is polled
  /// (librdkafka#4176, fixed in 2.1.0), hence a watchdog of our own.
  public var stuckAfter: Int64 = 45_000
  /// Identical aborts in a row before the worker looks for the record at fault, one record a transaction. 3.
  public var abortsBeforeBisecting: Int = 3
  /// Offsets over control records alone are committed after this many idle milliseconds, so that lag
  /// shows 0. 1,000.
  public var gapInterval: Int64 = 1_000
  /// Bugs planted by tests to prove that the tests find them.
  package var plantedBugs: PlantedBugs = []

  public init() {}
}
