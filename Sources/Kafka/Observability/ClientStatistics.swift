// Owns the statistics of one client as typed values: what operators ask for, not everything librdkafka counts.

/// A snapshot of one client. Source: librdkafka's STATISTICS.md.
public struct ClientStatistics: Sendable, Hashable {
  /// The client's name: `answerable#consumer-1`.
  public var client = ""
  /// Events waiting for the owner to poll.
  public var waitingEvents: Int64 = 0
  /// Records in the producer's send queue, and their bytes.
  public var queuedRecords: Int64 = 0
  public var queuedBytes: Int64 = 0
  /// The bounds of that queue.
  public var queueRecordLimit: Int64 = 0
  public var queueByteLimit: Int64 = 0
  /// Brokers spoken to, sorted by name.
  public var brokers: [Broker] = []
  /// Partitions read or written, sorted.
  public var partitions: [Partition] = []
  /// Nil for a producer.
  public var group: Group?
  /// Nil for a consumer.
  public var transaction: Transaction?

  public init() {}

  /// One broker connection.
  public struct Broker: Sendable, Hashable {
    public var name = ""
    /// -1 for a bootstrap address.
    public var id: Int64 = -1
    /// `UP`, `DOWN`, `CONNECT`, …
    public var state = ""
    /// Requests waiting to be sent, and for their answer.
    public var requestsWaiting: Int64 = 0
    public var requestsInFlight: Int64 = 0
    /// Counters since the start of the client.
    public var requestTimeouts: Int64 = 0
    public var requestRetries: Int64 = 0
    public var disconnects: Int64 = 0
    /// Round trips, microseconds.
    public var roundTrip = Window()
    /// Throttling by quotas, milliseconds.
    public var throttle = Window()

    public init() {}
  }

  /// A rolling window of measurements.
  public struct Window: Sendable, Hashable {
    public var count: Int64 = 0
    public var average: Int64 = 0
    public var p50: Int64 = 0
    public var p99: Int64 = 0
    public var maximum: Int64 = 0
    public init() {}
  }

  /// One partition.
  public struct Partition: Sendable, Hashable {
    public var partition = TopicPartition(topic: "", partition: -1)
    /// Records up to the last stable offset that the group has not committed; nil while unknown.
    public var lag: Int64?
    /// Records read ahead, and their bytes.
    public var fetchedRecords: Int64 = 0
    public var fetchedBytes: Int64 = 0
    /// Records waiting to be sent.
    public var queuedRecords: Int64 = 0
    /// Nil while unknown.
    public var highWatermark: Int64?
    public var lastStableOffset: Int64?
    public var committedOffset: Int64?
    public init() {}
  }

  /// The member's view of its group.
  public struct Group: Sendable, Hashable {
    public var state = ""
    public var joinState = ""
    public var rebalances: Int64 = 0
    public var rebalanceReason = ""
    public var assignedPartitions: Int64 = 0
    public init() {}
  }

  /// The transactional producer's state.
  public struct Transaction: Sendable, Hashable {
    /// `Ready`, `InTransaction`, `AbortableError`, …
    public var state = ""
    /// Milliseconds since it last changed.
    public var stateAge: Int64 = 0
    public var producerID: Int64 = -1
    public var epoch: Int64 = -1
    public init() {}
  }
}

/// Statistics that could not be read. Names the place, never the text.
public struct StatisticsError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
}
