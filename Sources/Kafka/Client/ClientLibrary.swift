// Owns the version of librdkafka at run time; workarounds that end with a version ask here.
import CRDKafka

/// The version of librdkafka in use.
public enum ClientLibrary {
  /// `2.0.2`, of the library that was loaded, not of the headers. Worth a log line at start.
  public static var version: String { String(cString: rd_kafka_version_str()) }

  /// Whether it can fetch OAuth tokens by itself, which Debian's build cannot.
  public static let fetchesTokens: Bool = {
    let scratch = rd_kafka_conf_new()
    defer { rd_kafka_conf_destroy(scratch) }
    return rd_kafka_conf_set(scratch, "sasl.oauthbearer.method", "oidc", nil, 0) == RD_KAFKA_CONF_OK
  }()

  /// True from that version on: `ClientLibrary.isAtLeast(2, 4, 0)`.
  public static func isAtLeast(_ major: Int32, _ minor: Int32, _ patch: Int32) -> Bool {
    rd_kafka_version() >= (major << 24 | minor << 16 | patch << 8)
  }
}
