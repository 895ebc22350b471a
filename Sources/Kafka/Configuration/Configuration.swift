// Owns the typed configuration of every client, its documented defaults, and nothing else.

/// How clients reach a cluster and behave. Value by value with its default; every other property of
/// librdkafka passes through `additional`, checked.
///
/// Memory defaults are small: a worker holds one consumer and one producer per thread, and reads ahead about
/// `consumer.queueBytes` per partition.
public struct Configuration: Sendable {
  /// `host:port` of brokers to begin with. Default: `127.0.0.1:9092`.
  public var bootstrapServers: [String] = ["127.0.0.1:9092"]
  /// Names this client in broker logs, quotas and metrics. Default: `swift-kafka`.
  public var clientID = "swift-kafka"
  /// Encryption and authentication. Default: neither.
  public var security = Security()
  /// How consumers read. Group and static membership are given where a consumer is opened.
  public var consumer = Consumer()
  /// How producers write. The transactional id is given where a producer is opened.
  public var producer = Producer()
  /// How long one request may take. Default: 10 s, where librdkafka has 60 s: a commit that took this
  /// long may have been retried behind the caller's back, and counts as unknown (librdkafka#5423).
  public var socketTimeout: Duration = .seconds(10)
  /// How often statistics are taken; zero turns them off. Default: zero.
  public var statisticsInterval: Duration = .zero
  /// Any other property of librdkafka by its name. Unknown names, wrong values and names this layer
  /// relies upon are refused. Properties of the other kind of client are skipped. Default: none.
  public var additional: [String: String] = [:]
  /// Receives log lines and statistics, on the thread that polls. Default: nobody.
  public var observer: (any ClientObserver)?

  public init() {}

  /// The defaults, for these brokers.
  public init(bootstrapServers: [String]) {
    self.bootstrapServers = bootstrapServers
  }
}

extension Configuration {
  /// How consumers read.
  public struct Consumer: Sendable, Hashable {
    /// Without a heartbeat for this long, the group takes the member's partitions away. Brokers allow 6 s to
    /// 30 min. Default: 15 s (librdkafka: 45 s).
    public var sessionTimeout: Duration = .seconds(15)
    /// How often to say "alive". Default: 3 s.
    public var heartbeatInterval: Duration = .seconds(3)
    /// Without a poll for this long, the member leaves. Must exceed the transaction timeout. Default: 60 s
    /// (librdkafka: 5 min). librdkafka before 2.1.0 counts a poll of *any* queue (#4176): a stuck worker
    /// needs a watchdog of its own.
    public var maxPollInterval: Duration = .seconds(60)
    /// How long a broker may hold a fetch when there is nothing to read. A seek waits for the fetch in
    /// flight: 0.5 s with librdkafka's default of 500 ms, measured. Default: 100 ms.
    public var fetchWait: Duration = .milliseconds(100)
    /// Largest answer to one fetch. It lands whole in memory, unpacked (librdkafka#2853): lz4 makes JSON five to
    /// ten times smaller. Default: 2 MiB (librdkafka: 50 MiB).
    public var fetchBytes = 2 << 20
    /// Largest part of a fetch for one partition, a larger record excepted, which comes alone (KIP-74). Default:
    /// 256 KiB (librdkafka: 1 MiB).
    public var partitionFetchBytes = 256 << 10
    /// Records read ahead per partition before fetching stops for a while. Default: 100,000.
    public var queueRecords = 100_000
    /// Bytes read ahead per partition before fetching stops for a while; soft, by one fetch unpacked
    /// (librdkafka#2076). More is not faster, see `FetchAlarm`. Default: 1 MiB (librdkafka: 64 MiB).
    public var queueBytes = 1 << 20

    public init() {}
  }

  /// How producers write.
  public struct Producer: Sendable, Hashable {
    /// After this long the broker aborts an open transaction: it bounds how long a crash holds up
    /// read-committed readers. Must stay below the consumer's `maxPollInterval`; brokers refuse more than
    /// `transaction.max.timeout.ms`. Default: 10 s (librdkafka: 60 s).
    public var transactionTimeout: Duration = .seconds(10)
    /// Default: lz4.
    public var compression = Compression.lz4
    /// How long a record may wait for company. A commit flushes at once. Default: 5 ms.
    public var linger: Duration = .milliseconds(5)
    /// Largest request, and so the largest record before compression. Default: 1,000,000.
    public var messageMaxBytes = 1_000_000
    /// Records in the send queue before `produce` blocks. Default: 100,000.
    public var queueRecords = 100_000
    /// Bytes in the send queue before `produce` blocks. Default: 32 MiB (librdkafka: 1 GiB).
    public var queueBytes = 32 << 20

    public init() {}
  }

  /// Compression of a producer's batches.
  public enum Compression: String, Sendable, Hashable, CaseIterable {
    case none, gzip, snappy, lz4, zstd
  }
}
