// Owns librdkafka's embedded cluster: brokers in this process that speak the wire protocol.
import CRDKafka

/// A cluster of mock brokers inside of this process, for tests of wire calls and error branches.
///
/// It proves nothing about exactly-once. As of 2.0.2 it does not store transactional offsets, does not hide
/// aborted records, fences nobody, has no control records or stable offset, and answers no admin request;
/// the first member of a group waits 3 s. Not Sendable.
public final class EmbeddedCluster {
  private let client: Client
  private let cluster: OpaquePointer
  private var isClosed = false

  /// Starts `brokers` mock brokers on local ports.
  public init(brokers: Int = 1) throws(KafkaError) {
    // Any client can carry a mock cluster; this one talks to nobody.
    client = try Client(Configuration(), .admin)
    guard let cluster = rd_kafka_mock_cluster_new(client.handle, Int32(clamping: brokers)) else {
      client.destroy()
      throw KafkaError(RD_KAFKA_RESP_ERR__FAIL, "start embedded cluster", phase: .query)
    }
    self.cluster = cluster
  }

  /// `host:port` of its brokers.
  public var bootstrapServers: [String] {
    String(cString: rd_kafka_mock_cluster_bootstraps(cluster)).split(separator: ",").map(String.init)
  }

  /// Stops the brokers. Clients that still use them see connections break.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    // Before the client that carries it.
    rd_kafka_mock_cluster_destroy(cluster)
    client.destroy()
  }

  public func create(topic: String, partitions: Int32, replicationFactor: Int32 = 1) throws(KafkaError) {
    try check(
      rd_kafka_mock_topic_create(cluster, topic, partitions, replicationFactor), "create topic \(topic)")
  }

  // Joins threads that only serve this cluster, and wait for nobody.
  deinit { close() }

  private func check(_ code: rd_kafka_resp_err_t, _ operation: String) throws(KafkaError) {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(code, operation, phase: .query)
    }
  }
}

extension EmbeddedCluster {
  /// A kind of request, by its API key in the protocol.
  public struct Request: RawRepresentable, Sendable, Hashable {
    public let rawValue: Int16
    public init(rawValue: Int16) { self.rawValue = rawValue }

    public static let produce = Self(rawValue: 0)
    public static let fetch = Self(rawValue: 1)
    public static let listOffsets = Self(rawValue: 2)
    public static let metadata = Self(rawValue: 3)
    public static let offsetCommit = Self(rawValue: 8)
    public static let offsetFetch = Self(rawValue: 9)
    public static let findCoordinator = Self(rawValue: 10)
    public static let joinGroup = Self(rawValue: 11)
    public static let heartbeat = Self(rawValue: 12)
    public static let syncGroup = Self(rawValue: 14)
    public static let initProducerID = Self(rawValue: 22)
    public static let addPartitionsToTransaction = Self(rawValue: 24)
    public static let addOffsetsToTransaction = Self(rawValue: 25)
    public static let endTransaction = Self(rawValue: 26)
    public static let transactionOffsetCommit = Self(rawValue: 28)
  }

  /// The next requests of that kind are answered with these errors, one each, in their order; then as before.
  public func inject(_ errors: [KafkaError.Code], on request: Request) {
    let codes = errors.map(\.c)
    rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes)
  }

  /// Forgets errors not yet given.
  public func clearErrors(on request: Request) {
    rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
  }

  /// Closes a broker's connections and refuses new ones. Its partitions keep it as their leader.
  public func takeDown(broker: Int32) throws(KafkaError) {
    try check(rd_kafka_mock_broker_set_down(cluster, broker), "take down broker \(broker)")
  }

  public func bringUp(broker: Int32) throws(KafkaError) {
    try check(rd_kafka_mock_broker_set_up(cluster, broker), "bring up broker \(broker)")
  }

  /// Delays a broker's answers by that much; -1 for every broker. Applies to connections made afterwards.
  public func delay(broker: Int32, by roundTrip: Duration) throws(KafkaError) {
    try check(
      rd_kafka_mock_broker_set_rtt(cluster, broker, Int32(clamping: roundTrip.wholeMilliseconds)),
      "delay broker \(broker)")
  }

  /// Makes a broker the leader of a partition.
  public func move(leaderOf partition: TopicPartition, to broker: Int32) throws(KafkaError) {
    try check(
      rd_kafka_mock_partition_set_leader(cluster, partition.topic, partition.partition, broker),
      "move leader of \(partition)")
  }

  /// Makes a broker the coordinator of a group, or of a transactional id.
  public func move(coordinatorOf group: String, to broker: Int32) throws(KafkaError) {
    try check(
      rd_kafka_mock_coordinator_set(cluster, "group", group, broker), "move coordinator of \(group)")
  }

  public func move(transactionCoordinatorOf id: String, to broker: Int32) throws(KafkaError) {
    try check(
      rd_kafka_mock_coordinator_set(cluster, "transaction", id, broker), "move coordinator of \(id)")
  }
}
