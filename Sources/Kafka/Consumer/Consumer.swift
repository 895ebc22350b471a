// Owns a consumer: a member of a group, or a reader of given partitions. Opening, subscribing, closing.
import CRDKafka
import Dispatch

/// A consumer. Not Sendable: the thread that opened it makes every call, and rebalances are delivered to it
/// inside its own polls.
///
/// Callbacks, not events, carry rebalances. With events, a blocking close drops the last revocation unseen, and
/// the end of a partition comes without its offset; `consumer_poll` has both. The callback only takes a note:
/// see `ClientContext`.
public final class Consumer {
  @usableFromInline let client: Client
  /// Topics of the subscription or assignment. Declared after the client, released by `close` before it.
  @usableFromInline var topics: TopicTable
  /// Whether records come with their headers; without, `RecordView.headers` is empty and they are not parsed.
  public var readsHeaders = true
  /// Reused from record to record.
  @usableFromInline let headers = HeaderBuffer()

  /// The group, or what stands in for one.
  public let group: String
  let isMember: Bool
  enum Life { case open, leaving, closing, closed }
  var life = Life.open
  /// Set by the first assignment, an empty one too.
  var hasBeenAssigned = false
  /// Set by a revocation with loss, until the next assignment.
  var hasLostAssignment = false
  /// librdkafka's own set is not to be trusted: resuming a partition that is not paused can go back to an
  /// earlier offset before 2.4.0 (librdkafka#4636).
  var paused: Set<TopicPartition> = []
  let requestTimeout: Int32
  /// Wakes the threads that fetch; nil where the library does by itself.
  @usableFromInline var fetchAlarm: FetchAlarm?

  /// Opens a member of a group. It joins with `subscribe`.
  ///
  /// - Parameter instanceID: for static membership (KIP-345): a restart within the session timeout keeps its
  ///   partitions, but closing leaves them with nobody until that time-out. Needs stable, unique names.
  public convenience init(
    _ configuration: Configuration, group: String, instanceID: String? = nil
  ) throws(KafkaError) {
    try self.init(configuration, .member(group: group, instanceID: instanceID), group: group)
  }

  /// Opens a reader outside of any group. `group` is never used to commit, but brokers check the right to
  /// describe it.
  public convenience init(
    reader configuration: Configuration, isolation: Isolation, group: String = "readers"
  ) throws(KafkaError) {
    try self.init(configuration, .reader(group: group, isolation), group: group)
  }

  private init(_ configuration: Configuration, _ role: ClientRole, group: String) throws(KafkaError) {
    client = try Client(configuration, role)
    topics = TopicTable()
    self.group = group
    if case .member = role { isMember = true } else { isMember = false }
    requestTimeout = Int32(clamping: configuration.socketTimeout.wholeMilliseconds)
    fetchAlarm = FetchAlarm.needed(configuration)
  }

  /// Joins the group for these topics; `RecordView.topicIndex` indexes them.
  public func subscribe(_ names: [String]) throws(KafkaError) {
    topics = try TopicTable(client, names)
    let list = PartitionList(names.map { TopicPartition(topic: $0, partition: -1) })
    let code = withExtendedLifetime(list) { rd_kafka_subscribe(client.handle, list.pointer) }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(code, "subscribe", phase: .consume, client: client.handle)
    }
    client.isJoining = isMember && !hasBeenAssigned && !ClientLibrary.isAtLeast(2, 3, 0)
  }

  /// Reads these partitions from these offsets, in place of all earlier ones; `RecordView.topicIndex` indexes
  /// `names`. For readers: a member is assigned by its group.
  public func assign(_ offsets: [TopicPartition: Int64], topics names: [String]) throws(KafkaError) {
    let next = try TopicTable(client, names)
    let list = PartitionList(offsets)
    let code = withExtendedLifetime(list) { rd_kafka_assign(client.handle, list.pointer) }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(code, "assign", phase: .consume, client: client.handle)
    }
    topics = next
    paused = []
  }

  /// Leaves the group after delivering the last revocations to `events`, and destroys the client. Takes at
  /// most `deadline` to leave, and destroys regardless. The consumer is unusable afterwards.
  ///
  /// Members leave in two steps: unsubscribe and wait for the assignment to be empty, for at most half of the
  /// deadline, then close. Closing in the middle of a cooperative rebalance hangs
  /// (librdkafka#4527; fixed by 2.4.0), and the protocol must not be asked for while closing (#4041). Of a member
  /// without any assignment so far the handle may have to stay: see `Client.isJoining`.
  public func close<E: ConsumerEvents>(deadline: Duration = .seconds(10), _ events: inout E) {
    guard life == .open else { return }
    life = .leaving
    let clock = ContinuousClock()
    let start = clock.now
    if isMember {
      // The group gives the id first: who has none was not taken in.
      if client.isJoining, memberID.isEmpty { client.isJoining = false }
      rd_kafka_unsubscribe(client.handle)
      while hasAssignment, clock.now - start < deadline / 2 { serve(milliseconds: 20, &events) }
      serve(milliseconds: 0, &events)
    }
    life = .closing
    // Whatever is still assigned has records or errors queued, and the queue that closing is watched through
    // cannot serve those: `rd_kafka_queue_poll_callback` aborts the process on them (measured on 2.0.2).
    if !isMember || hasAssignment { rd_kafka_assign(client.handle, nil) }
    // A reader has no group to leave, and nobody who would have to hear of it.
    if isMember { closeQueue(until: start + deadline, &events) }
    life = .closed
    topics = TopicTable()
    client.destroy()
  }

  /// Closes through a queue of our own: a blocking close would run the last revocation inside C.
  private func closeQueue<E: ConsumerEvents>(until end: ContinuousClock.Instant, _ events: inout E) {
    let queue = rd_kafka_queue_new(client.handle)!
    // Before the handle: a live queue would make its destruction wait for ever.
    defer { rd_kafka_queue_destroy(queue) }
    if let failure = rd_kafka_consumer_close_queue(client.handle, queue) {
      client.context.observerNote(KafkaError(consuming: failure, "close consumer", phase: .consume))
      return
    }
    let clock = ContinuousClock()
    while rd_kafka_consumer_closed(client.handle) == 0, clock.now < end {
      rd_kafka_queue_poll_callback(queue, 20)
      servePending(&events)
    }
  }

  deinit {
    // Without `close` nobody was left to hear of revocations: the group takes the partitions back when the
    // session times out, as after a crash. Topic handles still go first.
    topics = TopicTable()
  }
}

extension ClientContext {
  /// For errors that have no caller to go to.
  func observerNote(_ error: KafkaError) {
    observer?.log(
      ClientLogLine(level: .warning, client: "", facility: "CLOSE", text: error.description))
  }
}
