// Owns the translation from the typed configuration to librdkafka's properties, for each kind of client.
import Secrets

/// One property as librdkafka takes it.
struct Property: Sendable, Hashable {
  enum Value: Sendable, Hashable {
    case text(String)
    case secret(Secret)
  }
  let name: String
  let value: Value
}

extension Configuration {
  /// Everything a client of that role is told, in the order it is set; later ones win. Pure.
  func properties(for role: ClientRole) -> [Property] {
    var list = PropertyList()
    list["bootstrap.servers"] = bootstrapServers.joined(separator: ",")
    list["client.id"] = clientID
    list["socket.timeout.ms"] = socketTimeout.wholeMilliseconds
    list["statistics.interval.ms"] = statisticsInterval.wholeMilliseconds
    // Log lines wait in a queue for the owner's thread instead of arriving on librdkafka's own.
    list["log.queue"] = true
    // Off by default for consumers, on for producers: topics are never created by accident.
    list["allow.auto.create.topics"] = false
    list["broker.address.family"] = "any"
    // Idle connections are closed by load balancers and brokers; that is no news. A producer must hear of
    // it: a coordinator that goes away during a commit makes its outcome unknown.
    list["log.connection.close"] = role.isProducer
    // Many small requests, each waited for: Nagle adds 40 ms to some. Default since 2.10 (librdkafka#4986).
    list["socket.nagle.disable"] = true
    // A broker that restarts is tried again within a second, as Java clients do; librdkafka waits up to ten.
    list["reconnect.backoff.max.ms"] = 1_000
    list.add(security)

    switch role {
    case .member(let group, let instanceID):
      list["group.id"] = group
      if let instanceID { list["group.instance.id"] = instanceID }
      // Cooperative and eager assignors cannot be mixed, and there is no way over later (librdkafka#3589).
      list["partition.assignment.strategy"] = "cooperative-sticky"
      list.addReading(consumer, .readCommitted)
    case .reader(let group, let isolation):
      // Never used to commit, but librdkafka asks for one even without a group (librdkafka#3261).
      list["group.id"] = group
      list.addReading(consumer, isolation)
    case .producer(let transactionalID):
      list["transactional.id"] = transactionalID
      list.addWriting(producer)
    case .admin:
      // Never used to commit: a consumer's handle asks for one. Ends are those of everything appended.
      list["group.id"] = "\(clientID)-admin"
      list["isolation.level"] = "read_uncommitted"
    }
    for (name, value) in additional.sorted(by: { $0.key < $1.key })
    where PropertyScope.of(name).includes(role) {
      list[name] = value
    }
    return list.properties
  }
}

/// Builds the list; texts, numbers and truth values in librdkafka's spelling.
private struct PropertyList {
  var properties: [Property] = []

  subscript(name: String) -> String {
    get { "" }
    set { properties.append(Property(name: name, value: .text(newValue))) }
  }
  subscript(name: String) -> Int {
    get { 0 }
    set { self[name] = String(newValue) }
  }
  subscript(name: String) -> Bool {
    get { false }
    set { self[name] = newValue ? "true" : "false" }
  }
  mutating func secret(_ name: String, _ secret: Secret) {
    properties.append(Property(name: name, value: .secret(secret)))
  }

  mutating func add(_ security: Configuration.Security) {
    self["security.protocol"] =
      switch (security.tls != nil, security.sasl != nil) {
      case (false, false): "plaintext"
      case (true, false): "ssl"
      case (false, true): "sasl_plaintext"
      case (true, true): "sasl_ssl"
      }
    if let tls = security.tls {
      if let file = tls.caFile { self["ssl.ca.location"] = file }
      if let file = tls.certificateFile { self["ssl.certificate.location"] = file }
      if let file = tls.keyFile { self["ssl.key.location"] = file }
      if let password = tls.keyPassword { secret("ssl.key.password", password) }
      self["ssl.endpoint.identification.algorithm"] = tls.verifiesHostname ? "https" : "none"
    }
    switch security.sasl?.mechanism {
    case nil: break
    case .password(let name, let username, let password):
      self["sasl.mechanism"] = name
      self["sasl.username"] = username
      secret("sasl.password", password)
    case .clientCredentials(let credentials):
      self["sasl.mechanism"] = "OAUTHBEARER"
      self["sasl.oauthbearer.method"] = "oidc"
      self["sasl.oauthbearer.token.endpoint.url"] = credentials.tokenEndpoint
      self["sasl.oauthbearer.client.id"] = credentials.clientID
      secret("sasl.oauthbearer.client.secret", credentials.clientSecret)
      if let scope = credentials.scope { self["sasl.oauthbearer.scope"] = scope }
      if let extensions = credentials.extensions { self["sasl.oauthbearer.extensions"] = extensions }
    }
  }

  mutating func addReading(_ consumer: Configuration.Consumer, _ isolation: Isolation) {
    // Read committed also makes librdkafka ask for stable offsets only (KIP-447), which zombie safety needs.
    self["isolation.level"] = isolation == .readCommitted ? "read_committed" : "read_uncommitted"
    self["enable.auto.commit"] = false
    self["enable.auto.offset.store"] = false
    // A missing offset is said, never guessed. OpenSSL 3's unclean close can trigger a reset before 2.2.0
    // (librdkafka#4294): with any other policy that would silently lose or repeat.
    self["auto.offset.reset"] = "error"
    self["enable.partition.eof"] = true
    // Of no use to a reader, but librdkafka checks them against each other for every consumer.
    self["session.timeout.ms"] = consumer.sessionTimeout.wholeMilliseconds
    self["heartbeat.interval.ms"] = consumer.heartbeatInterval.wholeMilliseconds
    self["max.poll.interval.ms"] = consumer.maxPollInterval.wholeMilliseconds
    self["fetch.wait.max.ms"] = consumer.fetchWait.wholeMilliseconds
    self["fetch.max.bytes"] = consumer.fetchBytes
    self["max.partition.fetch.bytes"] = consumer.partitionFetchBytes
    self["queued.min.messages"] = consumer.queueRecords
    self["queued.max.messages.kbytes"] = max(1, consumer.queueBytes >> 10)
    // From 2.2.0 on, a full queue keeps its partition from fetching for 1 s by default, by when a small one has
    // long run dry. Earlier versions do not know the property and look again by themselves.
    if ClientLibrary.isAtLeast(2, 2, 0) { self["fetch.queue.backoff.ms"] = 10 }
  }

  mutating func addWriting(_ producer: Configuration.Producer) {
    self["transaction.timeout.ms"] = producer.transactionTimeout.wholeMilliseconds
    // A record that cannot be delivered within the transaction's life would only fail its commit later.
    self["message.timeout.ms"] = producer.transactionTimeout.wholeMilliseconds
    self["enable.idempotence"] = true
    // As Java clients choose partitions, null keys at random.
    self["partitioner"] = "murmur2_random"
    self["compression.type"] = producer.compression.rawValue
    self["linger.ms"] = producer.linger.wholeMilliseconds
    self["message.max.bytes"] = producer.messageMaxBytes
    self["queue.buffering.max.messages"] = producer.queueRecords
    self["queue.buffering.max.kbytes"] = max(1, producer.queueBytes >> 10)
  }
}

extension Duration {
  /// Milliseconds, rounded down and clamped: what librdkafka's properties take.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return seconds < 0 ? Int.min : Int.max }
    return Int(clamping: whole &+ attoseconds / 1_000_000_000_000_000)
  }
}
