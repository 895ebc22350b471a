// Owns the question whether a real broker can be had.
import Foundation

public enum BrokerEnvironment {
  /// An unpacked Kafka: `bin/kafka-server-start.sh` stands in it.
  public static let home: String? = {
    guard let home = ProcessInfo.processInfo.environment["KAFKA_HOME"], !home.isEmpty else { return nil }
    return FileManager.default.isExecutableFile(atPath: home + "/bin/kafka-server-start.sh") ? home : nil
  }()

  /// Brokers that run already, `host:port,…`. Never stopped or frozen.
  public static let running: [String]? = {
    let text = ProcessInfo.processInfo.environment["ANSWERABLE_TEST_BROKERS"] ?? ""
    let brokers = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    return brokers.isEmpty ? nil : brokers
  }()
}
