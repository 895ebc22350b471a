// Owns encryption and authentication of the configuration: TLS, and the SASL mechanisms.
import Secrets

extension Configuration {
  /// Encryption and authentication. Both may be combined.
  public struct Security: Sendable, Hashable {
    /// Nil: no encryption. Default: nil.
    public var tls: TLS?
    /// Nil: no SASL authentication. Default: nil.
    public var sasl: SASL?

    public init(tls: TLS? = nil, sasl: SASL? = nil) {
      self.tls = tls
      self.sasl = sasl
    }
  }

  /// Encryption, and a client certificate where brokers ask for one. Files are PEM.
  public struct TLS: Sendable, Hashable {
    /// Certificates of the authorities to trust. Nil: those of the system.
    public var caFile: String?
    /// This client's certificate chain, with `keyFile`.
    public var certificateFile: String?
    public var keyFile: String?
    /// Opens an encrypted key file.
    public var keyPassword: Secret?
    /// Whether the broker's certificate must carry the host name. Default: true.
    public var verifiesHostname = true

    public init(
      caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
      keyPassword: Secret? = nil, verifiesHostname: Bool = true
    ) {
      self.caFile = caFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.keyPassword = keyPassword
      self.verifiesHostname = verifiesHostname
    }
  }

  /// How this client proves who it is. A closed shell around an open set: mechanisms may be added.
  public struct SASL: Sendable, Hashable {
    enum Mechanism: Sendable, Hashable {
      case password(name: String, username: String, password: Secret)
      case clientCredentials(OAuth)
    }
    let mechanism: Mechanism

    /// User name and password as they are: only together with TLS.
    public static func plain(username: String, password: Secret) -> Self {
      Self(mechanism: .password(name: "PLAIN", username: username, password: password))
    }
    /// A salted challenge, SHA-256 (RFC 7677).
    public static func scramSHA256(username: String, password: Secret) -> Self {
      Self(mechanism: .password(name: "SCRAM-SHA-256", username: username, password: password))
    }
    /// A salted challenge, SHA-512.
    public static func scramSHA512(username: String, password: Secret) -> Self {
      Self(mechanism: .password(name: "SCRAM-SHA-512", username: username, password: password))
    }
    /// A token fetched with OAuth 2 client credentials (KIP-768). Fetched and renewed on librdkafka's own
    /// thread, so that a blocking call never waits for itself.
    public static func oauthBearer(_ credentials: OAuth) -> Self {
      Self(mechanism: .clientCredentials(credentials))
    }
  }

  /// OAuth 2 client credentials.
  public struct OAuth: Sendable, Hashable {
    public var tokenEndpoint: String
    public var clientID: String
    public var clientSecret: Secret
    /// Optional scope of the token request.
    public var scope: String?
    /// Optional SASL extensions, `key=value,…`.
    public var extensions: String?

    public init(
      tokenEndpoint: String, clientID: String, clientSecret: Secret, scope: String? = nil,
      extensions: String? = nil
    ) {
      self.tokenEndpoint = tokenEndpoint
      self.clientID = clientID
      self.clientSecret = clientSecret
      self.scope = scope
      self.extensions = extensions
    }
  }
}
