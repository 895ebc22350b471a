// Owns the options that say which Kafka, how to reach it, and which deployment on it.
import Console
import Secrets

/// Options of every command that talks to a cluster.
enum ClusterOptions {
  static let brokers = Option<[String]>.list(
    "brokers", "b", "LIST", "Brokers to begin with, host:port.", default: ["127.0.0.1:9092"])
  static let prefix = Option<String>.text(
    "prefix", "p", "TEXT",
    "Put before every topic, group and transactional id, so that one cluster holds several deployments.",
    default: "")
  static let clientID = Option<String>.text(
    "client-id", nil, "NAME", "Names this client in broker logs, quotas and metrics.", default: "answerable")
  static let requestTimeout = Settings.duration(
    "request-timeout", "How long one request to a broker may take, and the first answer of any.",
    default: .seconds(10), text: "10s", atLeast: (.seconds(2), "2s"))
  static let kafka = Option<[String: String]>.pairs(
    "kafka", nil, "NAME=VALUE",
    "Any other property of librdkafka. Unknown names, wrong values and what the guarantees rest on are refused. "
      + "In the configuration file: kafka.NAME = VALUE.")
  static let verbose = Option<Bool>.flag(
    "verbose", "v", "Say more: what the client library logs, every commit.")

  static let tls = Option<Bool>.flag("tls", nil, "Encrypt connections. Implied by the other TLS options.")
  static let tlsCA = Option<String?>.text(
    "tls-ca", nil, "FILE", "Certificates of the authorities to trust (PEM); without it, those of the system.",
    completion: .file)
  static let tlsCertificate = Option<String?>.text(
    "tls-certificate", nil, "FILE", "This client's certificate chain (PEM).", completion: .file)
  static let tlsKey = Option<String?>.text(
    "tls-key", nil, "FILE", "The certificate's private key (PEM).", completion: .file)
  static let tlsKeyPassword = Option<Secret?>.secret("tls-key-password", "Opens an encrypted key file.")
  static let tlsKeyPasswordFile = Option<String?>.text(
    "tls-key-password-file", nil, "FILE", "A file that holds the key's password.", completion: .file)
  static let tlsAnyHostname = Option<Bool>.flag(
    "tls-any-hostname", nil, "Accept a broker whose certificate does not carry its host name.")

  static let sasl = Option<Mechanism>.choice(
    "sasl", nil, "MECHANISM", "How this client proves who it is.", default: .none)
  static let saslUsername = Option<String?>.text(
    "sasl-username", nil, "NAME", "User name for plain and scram.")
  static let saslPassword = Option<Secret?>.secret("sasl-password", "Password for plain and scram.")
  static let saslPasswordFile = Option<String?>.text(
    "sasl-password-file", nil, "FILE", "A file that holds the password.", completion: .file)
  static let oauthEndpoint = Option<String?>.text(
    "oauth-endpoint", nil, "URL", "Where tokens are fetched (OAuth 2 client credentials).")
  static let oauthClientID = Option<String?>.text(
    "oauth-client-id", nil, "ID", "The client's id at that place.")
  static let oauthClientSecret = Option<Secret?>.secret("oauth-client-secret", "The client's secret.")
  static let oauthClientSecretFile = Option<String?>.text(
    "oauth-client-secret-file", nil, "FILE", "A file that holds the client's secret.", completion: .file)
  static let oauthScope = Option<String?>.text("oauth-scope", nil, "TEXT", "Scope to ask for.")
  static let oauthExtensions = Option<String?>.text(
    "oauth-extensions", nil, "TEXT", "SASL extensions, key=value,….")

  static let secret = Option<Secret?>.secret(
    "secret", "What subject keys are made with, 16 bytes or more; the same for all of a deployment, for ever."
  )
  static let secretFile = Option<String?>.text(
    "secret-file", nil, "FILE", "A file that holds the secret, on one line.", completion: .file)

  enum Mechanism: String, Sendable, CaseIterable {
    case none, plain
    case scramSHA256 = "scram-sha-256"
    case scramSHA512 = "scram-sha-512"
    case oauthBearer = "oauthbearer"
  }

  static let kafkaGroup = OptionGroup(
    "Kafka",
    [
      brokers.spec, prefix.spec, clientID.spec, requestTimeout.spec, kafka.spec, verbose.spec, tls.spec,
      tlsCA.spec, tlsCertificate.spec, tlsKey.spec, tlsKeyPassword.spec, tlsKeyPasswordFile.spec,
      tlsAnyHostname.spec, sasl.spec, saslUsername.spec, saslPassword.spec, saslPasswordFile.spec,
      oauthEndpoint.spec, oauthClientID.spec, oauthClientSecret.spec, oauthClientSecretFile.spec,
      oauthScope.spec, oauthExtensions.spec,
    ])
  static let secretGroup = OptionGroup("Subject keys", [secret.spec, secretFile.spec])
}
