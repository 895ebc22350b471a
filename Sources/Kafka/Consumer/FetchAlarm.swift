// Owns waking librdkafka's threads that fetch, once there is room again for what they stopped for.
import CRDKafka
import Secrets

/// Before 2.2.0, a thread whose partitions all hold as much as they may sleeps for up to a second, whatever is taken
/// meanwhile (librdkafka#2879); from then on `fetch.queue.backoff.ms` says how long. With 1 MiB for each of four
/// partitions that is 4 MiB a second at most. Measured: a restore of 950,000 records in 11 s, in 2.2 s when woken.
///
/// Only requests and a few calls wake such a thread. Setting credentials is the one that costs no request: it leaves
/// connections alone, and here it sets those that are set already. Without user name and password there are no
/// connections that would ask for them.
@usableFromInline
struct FetchAlarm {
  /// Bytes taken between two alarms, well below what any partition may hold.
  @usableFromInline static var interval: Int { 256 << 10 }

  private let username: String
  private let password: Secret
  @usableFromInline var bytes = 0

  /// Nil where the library needs none.
  static func needed(_ configuration: Configuration) -> FetchAlarm? {
    if ClientLibrary.isAtLeast(2, 2, 0) { return nil }
    if case .password(_, let username, let password)? = configuration.security.sasl?.mechanism {
      return FetchAlarm(username: username, password: password)
    }
    return FetchAlarm(username: "unused", password: Secret("unused"))
  }

  private init(username: String, password: Secret) {
    self.username = username
    self.password = password
  }

  /// A record of so many bytes left the queue.
  @inlinable
  mutating func taken(_ count: Int) { bytes &+= count }

  /// Wakes the threads of every broker when enough has been taken since the last time.
  @inlinable
  mutating func ring(_ client: OpaquePointer) {
    if bytes >= Self.interval { wake(client) }
  }

  @usableFromInline
  mutating func wake(_ client: OpaquePointer) {
    bytes = 0
    if let failure = rd_kafka_sasl_set_credentials(client, username, password.reveal()) {
      // Nobody is worse off than without: the threads wake by themselves within a second.
      rd_kafka_error_destroy(failure)
    }
  }
}
