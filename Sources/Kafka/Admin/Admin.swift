// Owns the admin client: opening, closing, topics and their partitions. Answers to requests block.
import CRDKafka

/// Requests about topics and groups. Not Sendable; close it when done.
///
/// Each request is answered by a broker within `timeout`, or throws: retriable when the cluster is moving or out
/// of reach, fatal otherwise.
public final class Admin {
  let client: Client
  let timeout: Int32
  private var isClosed = false

  /// Opens an admin client.
  ///
  /// - Parameter timeout: for each request. Default: 30 s.
  public init(_ configuration: Configuration, timeout: Duration = .seconds(30)) throws(KafkaError) {
    client = try Client(configuration, .admin)
    self.timeout = Int32(clamping: timeout.wholeMilliseconds)
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    client.destroy()
  }

  /// The number of partitions of a topic, or nil when it does not exist. Never creates it.
  public func partitionCount(of topic: String) throws(KafkaError) -> Int32? {
    try client.metadata(of: try TopicHandle(client, topic), timeout: timeout).partitionCount
  }

  /// Every topic this principal may describe, with its number of partitions.
  public func topics() throws(KafkaError) -> [String: Int32] {
    var answer: [String: Int32] = [:]
    for topic in try client.metadataOfAllTopics(timeout: timeout) {
      answer[topic.name] = topic.partitionCount
    }
    return answer
  }

  /// First offset, and the one after the last of everything appended.
  public func watermarks(of partition: TopicPartition) throws(KafkaError) -> Range<Int64> {
    try client.watermarks(of: partition, timeout: timeout)
  }

  /// The first offset at or after each time (milliseconds since 1970); absent where nothing is that young.
  public func offsets(at times: [TopicPartition: Int64]) throws(KafkaError) -> [TopicPartition: Int64] {
    try client.offsets(at: times, timeout: timeout)
  }
}
