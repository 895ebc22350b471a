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
      let places = try places(of: topic)
      let place = places[
        Int(key.withUnsafeBytes { Murmur2.partition(of: $0, count: Int32(clamping: places.count)) })]
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
