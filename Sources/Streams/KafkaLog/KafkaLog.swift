// Owns the form of the log that is a Kafka cluster.
import Kafka

/// A Kafka cluster as a log. Copies share nothing but the configuration: each member and reader opens clients of
/// its own.
public struct KafkaLog: Log {
  public let configuration: Configuration
  /// The group id readers show to brokers; never used to commit.
  public let readerGroup: String

  /// - Throws: `ConfigurationError` with everything that is wrong with the configuration.
  public init(_ configuration: Configuration, readerGroup: String = "answerable-readers")
    throws(ConfigurationError)
  {
    try configuration.validate()
    self.configuration = configuration
    self.readerGroup = readerGroup
  }

  public func member(_ member: MemberConfiguration) throws(KafkaError) -> KafkaMember {
    try KafkaMember(configuration, member)
  }

  public func reader(_ reader: ReaderConfiguration) throws(KafkaError) -> KafkaReader {
    try KafkaReader(unobserved, group: readerGroup, reader.isolation)
  }

  public func partitionCount(of topic: String) throws(KafkaError) -> Int32? {
    let admin = try Admin(unobserved)
    defer { admin.close() }
    return try admin.partitionCount(of: topic)
  }

  /// Without statistics: a reader may rest unpolled for hours after its restore, and they would pile up in it.
  private var unobserved: Configuration {
    var configuration = configuration
    configuration.statisticsInterval = .zero
    return configuration
  }
}
