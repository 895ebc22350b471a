// Owns reading what stands under one key: its partition of each topic and nothing else.
import Kafka
import Streams

extension RecordScan {
  /// Reads the records of a key in `topics` up to the end they have now; of one topic in order. `body` returns false to
  /// stop early.
  public func read(
    _ topics: [String], key: [UInt8], _ body: @escaping (ScannedRecord) -> Bool
  ) throws(KafkaError) {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var starts: [TopicPartition: Int64] = [:]
    var ends: [TopicPartition: Int64] = [:]
    for topic in topics {
      guard let count = try log.partitionCount(of: topic) else {
        throw KafkaError(
          code: .unknownTopicOrPartition, errorClass: .fatal, operation: "read \(topic)",
          reason: "there is no such topic")
      }
      let partition = key.withUnsafeBytes { Murmur2.partition(of: $0, count: count) }
      let place = TopicPartition(topic: topic, partition: partition)
      let bounds = try bounds(of: place, reader)
      guard !bounds.isEmpty else { continue }
      (starts[place], ends[place]) = (bounds.lowerBound, bounds.upperBound)
    }
    guard !starts.isEmpty else { return }
    try read(topics, from: starts, to: ends, with: reader) { record in
      record.key == key ? body(record) : true
    }
  }
}
