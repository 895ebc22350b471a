// Owns the cluster a command works on: its configuration from the options, checked, and its deployment's names.
import Console
import Kafka
import Privacy
import Roles
import Secrets
import Streams

/// A cluster and one deployment on it.
struct Cluster {
  let configuration: Configuration
  let prefix: String

  /// Reads the options and checks what can be checked without a broker. Each mistake is told where it was
  /// written. An embedded deployment has brokers of its own, and asks nobody who they are.
  init(_ invocation: Invocation, _ terminal: Terminal, embedded: EmbeddedDeployment? = nil) throws {
    prefix = invocation[ClusterOptions.prefix]
    var configuration = Configuration(
      bootstrapServers: embedded?.bootstrapServers ?? invocation[ClusterOptions.brokers])
    configuration.clientID = invocation[ClusterOptions.clientID]
    configuration.socketTimeout = invocation[ClusterOptions.requestTimeout]
    configuration.additional = invocation[ClusterOptions.kafka]
    if embedded == nil { configuration.security = try Self.security(invocation) }
    // A record of the largest size passes whole, with room for the batch around it.
    configuration.producer.messageMaxBytes = TopicCatalogue.largestRecord + Self.batchHeadroom
    if let timeout = invocation.given(RunCommand.sessionTimeout) {
      configuration.consumer.sessionTimeout = timeout
      configuration.consumer.heartbeatInterval = min(.seconds(3), timeout / 3)
    }
    if let timeout = invocation.given(RunCommand.transactionTimeout) {
      configuration.producer.transactionTimeout = timeout
    }
    configuration.observer = ClientLog(
      terminal, level: invocation[ClusterOptions.verbose] ? .debug : .critical)
    self.configuration = configuration
    do {
      try configuration.validate()
    } catch {
      throw Failure(Self.explain(error, invocation), code: .configuration)
    }
  }

  /// A batch's own header and its records' lengths (KIP-98: 61 bytes and some 20 for each record).
  private static let batchHeadroom = 4 << 10

  var log: KafkaLog {
    get throws { try KafkaLog(configuration) }
  }
  var policies: PolicyTopic<KafkaLog> {
    get throws { PolicyTopic(try log, prefix: prefix) }
  }
  func name(_ topic: Topic) -> String { topic.name(prefix: prefix) }

  /// The deployment's secret. Throws when none is given.
  static func secret(_ invocation: Invocation) throws -> Secret {
    if let secret = try invocation.secret(ClusterOptions.secret, file: ClusterOptions.secretFile) {
      return secret
    }
    throw Failure(
      "no secret is set: subject keys are made with it, so that nobody can tell whose they are",
      advice: "Make one, once for a deployment, and keep it:  openssl rand -hex 32 > answerable.secret\n"
        + "Then say --secret-file answerable.secret, or set ANSWERABLE_SECRET_FILE or ANSWERABLE_SECRET.",
      code: .configuration)
  }

  private static func security(_ invocation: Invocation) throws(Failure) -> Configuration.Security {
    var security = Configuration.Security()
    let tls = Configuration.TLS(
      caFile: invocation[ClusterOptions.tlsCA], certificateFile: invocation[ClusterOptions.tlsCertificate],
      keyFile: invocation[ClusterOptions.tlsKey],
      keyPassword: try invocation.secret(
        ClusterOptions.tlsKeyPassword, file: ClusterOptions.tlsKeyPasswordFile),
      verifiesHostname: !invocation[ClusterOptions.tlsAnyHostname])
    if invocation[ClusterOptions.tls] || tls != Configuration.TLS() { security.tls = tls }
    switch invocation[ClusterOptions.sasl] {
    case .none: break
    case .plain:
      let (username, password) = try credentials(invocation)
      security.sasl = .plain(username: username, password: password)
    case .scramSHA256:
      let (username, password) = try credentials(invocation)
      security.sasl = .scramSHA256(username: username, password: password)
    case .scramSHA512:
      let (username, password) = try credentials(invocation)
      security.sasl = .scramSHA512(username: username, password: password)
    case .oauthBearer:
      guard let endpoint = invocation[ClusterOptions.oauthEndpoint],
        let client = invocation[ClusterOptions.oauthClientID],
        let secret = try invocation.secret(
          ClusterOptions.oauthClientSecret, file: ClusterOptions.oauthClientSecretFile)
      else {
        throw Failure(
          "--sasl oauthbearer needs --oauth-endpoint, --oauth-client-id and ANSWERABLE_OAUTH_CLIENT_SECRET or "
            + "--oauth-client-secret-file", code: .configuration)
      }
      security.sasl = .oauthBearer(
        .init(
          tokenEndpoint: endpoint, clientID: client, clientSecret: secret,
          scope: invocation[ClusterOptions.oauthScope], extensions: invocation[ClusterOptions.oauthExtensions]
        ))
    }
    return security
  }

  private static func credentials(_ invocation: Invocation) throws(Failure) -> (String, Secret) {
    guard let username = invocation[ClusterOptions.saslUsername],
      let password = try invocation.secret(ClusterOptions.saslPassword, file: ClusterOptions.saslPasswordFile)
    else {
      throw Failure(
        "--sasl \(invocation[ClusterOptions.sasl].rawValue) needs --sasl-username and ANSWERABLE_SASL_PASSWORD or "
          + "--sasl-password-file", code: .configuration)
    }
    return (username, password)
  }

  /// The mistakes in the words of the options that made them, each with where it was written.
  private static func explain(_ error: ConfigurationError, _ invocation: Invocation) -> String {
    error.mistakes.map { mistake in
      let known: [(path: String, place: String)] = [
        ("bootstrapServers", invocation.place(ClusterOptions.brokers)),
        ("additional", invocation.place(ClusterOptions.kafka)),
        ("socketTimeout", invocation.place(ClusterOptions.requestTimeout)),
        ("security.tls", invocation.place(ClusterOptions.tls)),
        ("consumer.sessionTimeout", invocation.place(RunCommand.sessionTimeout)),
        ("consumer.heartbeatInterval", invocation.place(RunCommand.sessionTimeout)),
        ("producer.transactionTimeout", invocation.place(RunCommand.transactionTimeout)),
        ("consumer.maxPollInterval", invocation.place(RunCommand.transactionTimeout)),
      ]
      let place = known.first { mistake.path.hasPrefix($0.path) }?.place
      return place.map { "\($0): \(name(of: mistake))\(mistake.reason)" } ?? mistake.description
    }.joined(separator: "\n")
  }
}

extension Cluster {
  /// Of a property that is passed through, its name: the option alone does not tell which it was.
  private static func name(of mistake: ConfigurationError.Mistake) -> String {
    let parts = mistake.path.split(separator: "\"")
    return mistake.path.hasPrefix("additional[") && parts.count > 1 ? "\(parts[1]): " : ""
  }
}

extension Invocation {
  /// The value, when somebody gave one.
  func given<Value>(_ option: Option<Value>) -> Value? { source(of: option) == nil ? nil : self[option] }

  /// Where a value was written, else the option's name.
  fileprivate func place<Value>(_ option: Option<Value>) -> String {
    source(of: option)?.description ?? "--\(option.spec.name)"
  }
}

/// What the client library says of itself, on standard error.
struct ClientLog: ClientObserver {
  private let terminal: Terminal
  private let level: ClientLogLine.Level

  init(_ terminal: Terminal, level: ClientLogLine.Level) {
    self.terminal = terminal
    self.level = level
  }

  func log(_ line: ClientLogLine) {
    guard line.level <= level else { return }
    terminal.err.line(terminal.err.styled("kafka  \(TextWidth.printable(line.description))", .dim))
    terminal.err.flush()
  }
}
