// Owns what is known of librdkafka's properties beyond their names: which kind of client takes them, and which
// ones are not the caller's to set.

/// Which clients take a property. Source: the C/P column of librdkafka's CONFIGURATION.md, 2.0.2.
enum PropertyScope: Sendable, Hashable {
  case consumer, producer, both

  /// Names this list has never heard of are given to every client: librdkafka knows best.
  static func of(_ name: String) -> Self {
    if consumerOnly.contains(name) { return .consumer }
    if producerOnly.contains(name) { return .producer }
    return .both
  }

  /// The admin client gets what is common: it neither reads nor writes records.
  func includes(_ role: ClientRole) -> Bool {
    switch (self, role) {
    case (.both, _): true
    case (_, .admin): false
    case (.producer, _): role.isProducer
    case (.consumer, _): !role.isProducer
    }
  }

  /// All names that are known here.
  static var names: Set<String> { consumerOnly.union(producerOnly) }

  private static let consumerOnly: Set<String> = [
    "session.timeout.ms", "heartbeat.interval.ms", "group.protocol.type", "coordinator.query.interval.ms",
    "max.poll.interval.ms", "queued.min.messages", "queued.max.messages.kbytes", "fetch.wait.max.ms",
    "fetch.message.max.bytes", "max.partition.fetch.bytes", "fetch.max.bytes", "fetch.min.bytes",
    "fetch.error.backoff.ms", "fetch.queue.backoff.ms", "check.crcs", "group.protocol",
    "group.remote.assignor", "consume.callback.max.messages",
  ]

  private static let producerOnly: Set<String> = [
    "queue.buffering.max.messages", "queue.buffering.max.kbytes", "queue.buffering.max.ms", "linger.ms",
    "message.send.max.retries", "retries", "retry.backoff.ms",
    "queue.buffering.backpressure.threshold", "compression.codec", "compression.type",
    "compression.level", "batch.num.messages", "batch.size", "delivery.report.only.error",
    "sticky.partitioning.linger.ms", "request.timeout.ms", "queuing.strategy",
  ]
}

/// Properties this layer relies upon, each with the reason why it cannot be overridden.
enum ReservedProperty {
  /// Why this name may not be set in `additional`; nil when it may.
  static func reason(_ name: String) -> String? {
    if let reason = reasons[name] { return reason }
    if name.hasPrefix("sasl.") || name == "ssl.key.password" || name == "ssl.keystore.password"
      || name == "ssl.key.pem"
    {
      return "set it in the security section, where secrets cannot be printed"
    }
    if name.hasSuffix("_cb") || name == "opaque" || name == "enabled_events" || name == "interceptors" {
      return "it is a hook of the C library"
    }
    return nil
  }

  private static let offsets = "offsets are committed with their transaction, never by themselves"
  private static let exactlyOnce = "transactions need the idempotent producer, acknowledged by all replicas"
  private static let reasons: [String: String] = [
    "bootstrap.servers": "set bootstrapServers",
    "metadata.broker.list": "set bootstrapServers",
    "client.id": "set clientID",
    "socket.timeout.ms": "set socketTimeout: it decides which commits count as unknown",
    "statistics.interval.ms": "set statisticsInterval",
    "security.protocol": "set the security section: it follows from TLS and SASL",
    "group.id": "it is given where a consumer is opened",
    "group.instance.id": "it is given where a consumer is opened",
    "transactional.id": "it is given where a producer is opened",
    "enable.auto.commit": offsets,
    "auto.commit.enable": offsets,
    "auto.commit.interval.ms": offsets,
    "enable.auto.offset.store": offsets,
    "offset.store.method": offsets,
    "offset.store.path": offsets,
    "offset.store.sync.interval.ms": offsets,
    "isolation.level": "members read committed: fencing of zombies and restores depend on it (KIP-447)",
    "partition.assignment.strategy":
      "cooperative-sticky cannot be mixed with other assignors in a group (librdkafka#3589)",
    "auto.offset.reset": "a missing offset is an error, never a guess that loses or repeats records",
    "enable.partition.eof": "restores and clocks depend on it",
    "enable.idempotence": exactlyOnce,
    "enable.gapless.guarantee": exactlyOnce,
    "acks": exactlyOnce,
    "request.required.acks": exactlyOnce,
    "max.in.flight": exactlyOnce,
    "max.in.flight.requests.per.connection": exactlyOnce,
    "transaction.timeout.ms": "set producer.transactionTimeout: other time-outs are checked against it",
    "message.timeout.ms": "it equals producer.transactionTimeout",
    "delivery.timeout.ms": "it equals producer.transactionTimeout",
    "partitioner": "keys go to partitions by murmur2, as Java clients do; another one would scatter them",
    "msg_order_cmp": "it is a hook of the C library",
    "default_topic_conf": "it is a hook of the C library",
    "ssl_engine_callback_data": "it is a hook of the C library",
    "allow.auto.create.topics": "topics are created on purpose, never by accident",
    "log.queue": "logs are handed over on the thread that polls",
  ]
}
