// Owns what clients report about themselves: log lines and statistics, handed to an observer.

/// Receives what clients say. Called on the thread that polls the client, never on librdkafka's own; it
/// should return quickly.
public protocol ClientObserver: Sendable {
  func log(_ line: ClientLogLine)
  /// Statistics of one client, as often as `Configuration.statisticsInterval` says.
  func statistics(_ report: StatisticsReport)
}

extension ClientObserver {
  public func statistics(_ report: StatisticsReport) {}
}

/// Statistics as a client hands them out: a text that is kept, and read only by those who want to know. Reading takes
/// milliseconds where there are many partitions, and the thread that polls has better things to do.
public struct StatisticsReport: Sendable, Hashable {
  /// The client's name: `answerable#consumer-1`.
  public let client: String
  private let json: [UInt8]

  public init(client: String, json: [UInt8]) {
    self.client = client
    self.json = json
  }

  /// The statistics as values.
  public func read() throws(StatisticsError) -> ClientStatistics {
    var failure: StatisticsError?
    let statistics = json.withUnsafeBytes { bytes -> ClientStatistics? in
      do throws(StatisticsError) { return try ClientStatistics(json: bytes) } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return statistics ?? ClientStatistics()
  }
}

/// One line of librdkafka's log. It names brokers, topics and groups, never payload.
public struct ClientLogLine: Sendable, Hashable, CustomStringConvertible {
  /// Severities of syslog (RFC 5424).
  public enum Level: Int32, Sendable, Hashable, Comparable {
    case emergency, alert, critical, error, warning, notice, info, debug
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  public let level: Level
  /// The client's name: `answerable#consumer-1`.
  public let client: String
  /// librdkafka's short word for the kind of line: `FAIL`, `REQTMOUT`.
  public let facility: String
  public let text: String

  public init(level: Level, client: String, facility: String, text: String) {
    self.level = level
    self.client = client
    self.facility = facility
    self.text = text
  }

  /// `error answerable#consumer-1 FAIL: …`
  public var description: String { "\(level) \(client) \(facility): \(text)" }
}
