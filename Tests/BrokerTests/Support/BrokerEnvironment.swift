// Owns the question whether a real broker can be had, and what to say when it cannot.
import Foundation
import Testing

enum BrokerEnvironment {
  /// An unpacked Kafka: `bin/kafka-server-start.sh` stands in it.
  static let home: String? = {
    guard let home = ProcessInfo.processInfo.environment["KAFKA_HOME"], !home.isEmpty else { return nil }
    return FileManager.default.isExecutableFile(atPath: home + "/bin/kafka-server-start.sh") ? home : nil
  }()

  /// Brokers that run already, `host:port,…`. Never stopped or frozen by a test.
  static let running: [String]? = {
    let text = ProcessInfo.processInfo.environment["ANSWERABLE_TEST_BROKERS"] ?? ""
    let brokers = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    return brokers.isEmpty ? nil : brokers
  }()
}

extension Trait where Self == ConditionTrait {
  /// For tests that read and write on a real broker.
  static var realBroker: Self {
    .enabled(
      if: BrokerEnvironment.home != nil || BrokerEnvironment.running != nil,
      """
      NOT RUN: it needs a real Kafka broker. Set KAFKA_HOME to an unpacked Kafka 4 (a broker is started \
      on free ports and stopped afterwards), or ANSWERABLE_TEST_BROKERS to host:port of one that runs, \
      and run Deploy/test again.
      """)
  }

  /// For tests that kill, freeze or restart a broker, which is only done to one they started.
  static var ownBroker: Self {
    .enabled(
      if: BrokerEnvironment.home != nil,
      """
      NOT RUN: it kills or freezes a broker of its own. Set KAFKA_HOME to an unpacked Kafka 4 and run \
      Deploy/test again; ANSWERABLE_TEST_BROKERS is not enough.
      """)
  }
}
