// Owns the checks of a configuration: each value, the ladder of time-outs, and what passes through.
import CRDKafka

extension Configuration {
  /// Checks everything that can be known without a broker.
  ///
  /// - Throws: `ConfigurationError` with every mistake, sorted.
  public func validate() throws(ConfigurationError) {
    var mistakes: [ConfigurationError.Mistake] = []
    func mistake(_ path: String, _ reason: String) {
      mistakes.append(.init(path: path, reason: reason))
    }

    if bootstrapServers.isEmpty { mistake("bootstrapServers", "needs at least one host:port") }
    for (index, server) in bootstrapServers.enumerated() where !Self.isAddress(server) {
      mistake("bootstrapServers[\(index)]", "is not of the form host:port")
    }
    if let tls = security.tls, (tls.certificateFile == nil) != (tls.keyFile == nil) {
      mistake("security.tls", "a certificate and its key come together")
    }
    if security.sasl?.usesTokens == true, !ClientLibrary.fetchesTokens {
      mistake(
        "security.sasl",
        "librdkafka \(ClientLibrary.version) was built without OAuth client credentials (libcurl); use another build"
      )
    }
    checkLadder(mistake)
    checkAdditional(mistake)
    guard mistakes.isEmpty else { throw ConfigurationError(mistakes) }
  }

  /// A host and a port; IPv6 addresses stand in brackets.
  private static func isAddress(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else { return false }
    let host = text[..<colon]
    if host.contains(",") || host.contains(" ") { return false }
    guard let port = UInt16(text[text.index(after: colon)...]) else { return false }
    return port > 0
  }

  /// Time-outs stand on each other: a request within a transaction, a transaction within a poll interval. Each
  /// comparison that fails would otherwise surface as a fenced producer or a lost assignment under load.
  private func checkLadder(_ mistake: (String, String) -> Void) {
    let transaction = producer.transactionTimeout
    if transaction < .seconds(1) { mistake("producer.transactionTimeout", "must be 1 s or more") }
    if socketTimeout < .milliseconds(10) { mistake("socketTimeout", "must be 10 ms or more") }
    if socketTimeout > transaction {
      mistake("socketTimeout", "must not exceed producer.transactionTimeout (\(transaction))")
    }
    if socketTimeout < consumer.fetchWait + .seconds(1) {
      mistake("socketTimeout", "must exceed consumer.fetchWait by 1 s")
    }
    if consumer.maxPollInterval <= transaction {
      mistake("consumer.maxPollInterval", "must exceed producer.transactionTimeout (\(transaction))")
    }
    if consumer.maxPollInterval < consumer.sessionTimeout {
      mistake("consumer.maxPollInterval", "must not be less than consumer.sessionTimeout")
    }
    if consumer.heartbeatInterval * 3 > consumer.sessionTimeout {
      mistake("consumer.heartbeatInterval", "must be a third of consumer.sessionTimeout or less")
    }
    for (path, value) in [
      ("consumer.fetchBytes", consumer.fetchBytes), ("consumer.queueRecords", consumer.queueRecords),
      ("consumer.partitionFetchBytes", consumer.partitionFetchBytes),
      ("consumer.queueBytes", consumer.queueBytes), ("producer.queueRecords", producer.queueRecords),
      ("producer.queueBytes", producer.queueBytes), ("producer.messageMaxBytes", producer.messageMaxBytes),
    ] where value <= 0 {
      mistake(path, "must be more than 0")
    }
  }

  /// librdkafka itself judges name and value, on a configuration that is thrown away.
  private func checkAdditional(_ mistake: (String, String) -> Void) {
    guard !additional.isEmpty else { return }
    let scratch = rd_kafka_conf_new()
    defer { rd_kafka_conf_destroy(scratch) }
    for (name, value) in additional {
      let path = "additional[\"\(name)\"]"
      if let reason = ReservedProperty.reason(name) {
        mistake(path, "cannot be overridden: \(reason)")
        continue
      }
      var text = [CChar](repeating: 0, count: 512)
      switch rd_kafka_conf_set(scratch, name, value, &text, text.count) {
      case RD_KAFKA_CONF_OK:
        break
      case RD_KAFKA_CONF_UNKNOWN:
        let hint = Spelling.nearest(to: name, among: PropertyNames.all)
        mistake(path, "no such property" + (hint.map { " (did you mean \"\($0)\"?)" } ?? ""))
      default:
        mistake(path, String(nulTerminated: text))
      }
    }
  }
}

/// The names librdkafka knows.
enum PropertyNames {
  /// From a dump of its default configuration, global and topic level. Aliases are not in it, though some are
  /// better known than what they stand for (`linger.ms`): those we know of are added.
  static let all: [String] = {
    var names: [String] = []
    func collect(_ dump: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ count: Int) {
      guard let dump else { return }
      for index in stride(from: 0, to: count, by: 2) {
        if let name = dump[index] { names.append(String(cString: name)) }
      }
      rd_kafka_conf_dump_free(dump, count)
    }
    var count = 0
    let global = rd_kafka_conf_new()
    collect(rd_kafka_conf_dump(global, &count), count)
    rd_kafka_conf_destroy(global)
    let topic = rd_kafka_topic_conf_new()
    collect(rd_kafka_topic_conf_dump(topic, &count), count)
    rd_kafka_topic_conf_destroy(topic)
    return Set(names).union(PropertyScope.names).sorted()
  }()
}
