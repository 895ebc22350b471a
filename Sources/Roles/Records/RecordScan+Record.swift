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
    var found: ScannedRecord?
    try read([place.topic], from: [place: offset], to: [place: bounds.upperBound], with: reader) { record in
      found = record
      return false
    }
    return found.flatMap { $0.offset == offset ? $0 : nil }
  }
}
