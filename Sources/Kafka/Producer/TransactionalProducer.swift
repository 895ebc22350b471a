// Owns a transactional producer: opening, priming its topics, closing. One consumer, one producer, one thread.
import CRDKafka

/// A transactional producer. Not Sendable: the thread that opened it makes every call, and all of them block.
///
/// No delivery reports: with their queue unserved a commit would never end (measured), and a transaction's own
/// result already says whether every record arrived.
public final class TransactionalProducer {
  let client: Client
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  /// Released by `close` before the client.
  @exclusivity(unchecked) var topics: [TopicHandle] = []
  @exclusivity(unchecked) var frame = ProduceFrame()

  public let transactionalID: String
  let requestTimeout: Duration
  let transactionTimeout: Duration
  /// Between `begin` and a commit or abort that succeeded.
  public internal(set) var isInTransaction = false
  private var isClosed = false

  /// Opens a producer; it may not produce before `initTransactions`.
  ///
  /// - Parameter transactionalID: stable for an instance, so that a restart finishes what a crash left open at
  ///   once, and unique among the live ones.
  public init(_ configuration: Configuration, transactionalID: String) throws(KafkaError) {
    client = try Client(configuration, .producer(transactionalID: transactionalID))
    self.transactionalID = transactionalID
    requestTimeout = configuration.socketTimeout
    transactionTimeout = configuration.producer.transactionTimeout
  }

  /// Fetches the metadata of every output topic, and keeps the topics by index for `produce`.
  ///
  /// The first record to a topic otherwise costs up to 1 s before 2.10.1 (librdkafka#5032): measured 1.003 s
  /// cold, 0.011 s primed. Also the moment to learn that a topic is missing, rather than in a commit.
  public func prime(_ names: [String]) throws(KafkaError) {
    topics = []
    for name in names {
      let topic = try TopicHandle(client, name)
      let metadata = try client.metadata(
        of: topic, timeout: Int32(clamping: requestTimeout.wholeMilliseconds))
      guard metadata.partitionCount != nil else {
        throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "open output \(name)", phase: .query)
      }
      topics.append(topic)
    }
  }

  /// Serves log lines and statistics without waiting.
  public func serve() { rd_kafka_poll(client.handle, 0) }

  /// Aborts what is open, within 5 s, and destroys the client. Unusable afterwards.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    if isInTransaction, let failure = rd_kafka_abort_transaction(client.handle, 5000) {
      // Nobody waits for it: the next producer with this id, or the broker's time-out, finishes it.
      rd_kafka_error_destroy(failure)
    }
    serve()
    topics = []
    client.destroy()
  }

  deinit { topics = [] }
}
