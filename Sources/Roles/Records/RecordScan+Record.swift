// Owns reading one record by its coordinates.
import Kafka
import Streams

extension RecordScan {
  /// The record at a place, nil when the topic does not hold it (any more), or it is not committed.
  public func record(at place: TopicPartition, offset: Int64) throws(KafkaError) -> ScannedRecord? {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    guard let count = try log.partitionCount(of: place.topic), place.partition < count else { return nil }
    let bounds = try bounds(of: place, reader)
    guard offset >= bounds.lowerBound, offset < bounds.upperBound else { return nil }
    try reader.assign([place: offset], topics: [place.topic])
    var sink = One(topic: place.topic, end: bounds.upperBound)
    while !sink.isDone { _ = reader.poll(milliseconds: 100, limit: 1, &sink) }
    if let error = sink.error { throw error }
    return sink.found.flatMap { $0.offset == offset ? $0 : nil }
  }

  private struct One: ReaderEvents {
    let topic: String
    let end: Int64
    var found: ScannedRecord?
    var error: KafkaError?
    var isDone = false

    mutating func record(_ record: RecordView) {
      guard !isDone else { return }
      found = ScannedRecord(record, topic: topic)
      isDone = true
    }

    mutating func endReached(_ partition: TopicPartition, offset: Int64) {
      if offset >= end { isDone = true }
    }

    mutating func failed(_ error: KafkaError) {
      guard error.errorClass != .retriable else { return }
      self.error = error
      isDone = true
    }
  }
}
