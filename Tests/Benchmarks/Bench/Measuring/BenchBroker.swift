// Owns the Kafka that benchmarks run on: one that runs already, or one of their own.
import BrokerSupport
import Foundation
import Kafka

/// Keep it alive while the broker is used.
final class BenchBroker {
  private let own: BrokerProcess?
  let brokers: [String]

  init() throws {
    if let running = BrokerEnvironment.running {
      own = nil
      brokers = running
      return
    }
    guard let home = BrokerEnvironment.home else {
      throw BenchFailure(
        "no Kafka: set KAFKA_HOME to an unpacked Kafka 4, or ANSWERABLE_TEST_BROKERS to host:port of one that runs"
      )
    }
    let started = try BrokerProcess(home: home, memory: "-Xmx1g -Xms1g")
    own = started
    brokers = [started.bootstrapServers]
  }

  var list: String { brokers.joined(separator: ",") }
  var configuration: Configuration { Configuration(bootstrapServers: brokers) }

  func close() { own?.remove() }

  /// A prefix that nobody else has.
  static func prefix() -> String { "bench-\(UUID().uuidString.prefix(8).lowercased())-" }

  /// Removes the topics under a prefix from brokers that stay.
  func clear(prefix: String) throws {
    guard own == nil else { return }
    let admin = try Admin(configuration)
    defer { admin.close() }
    try admin.delete(admin.topics().keys.filter { $0.hasPrefix(prefix) })
  }
}
