// Owns reading on where it was left: committed records of some topics, each once.
import Kafka
import Streams

/// What was appended to topics since the last look. Not for following: it reads up to the end and returns.
public struct TopicTail<L: Log> {
  private let log: L
  private let topics: [String]
  private var positions: [TopicPartition: Int64] = [:]

  /// Begins with the first record there is. `topics` are physical names.
  public init(_ log: L, topics: [String]) {
    self.log = log
    self.topics = topics
  }

  /// The records that were not read yet, in the order in which they were appended; those of one millisecond in the
  /// order of their topics, partitions and offsets.
  public mutating func read() throws(KafkaError) -> [ScannedRecord] {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    let scan = RecordScan(log)
    var starts: [TopicPartition: Int64] = [:]
    var ends: [TopicPartition: Int64] = [:]
    for topic in topics {
      for partition in 0..<(try log.partitionCount(of: topic) ?? 0) {
        let place = TopicPartition(topic: topic, partition: partition)
        let bounds = try scan.bounds(of: place, reader)
        let start = max(bounds.lowerBound, positions[place] ?? 0)
        guard start < bounds.upperBound else { continue }
        (starts[place], ends[place]) = (start, bounds.upperBound)
      }
    }
    guard !starts.isEmpty else { return [] }
    let found = Found()
    try scan.read(topics, from: starts, to: ends, with: reader) { record in
      found.records.append(record)
      return true
    }
    for record in found.records { positions[record.partition] = record.offset + 1 }
    let order = Dictionary(uniqueKeysWithValues: topics.enumerated().map { ($1, $0) })
    return found.records.sorted { a, b in
      (a.timestamp, order[a.partition.topic] ?? 0, a.partition.partition, a.offset)
        < (b.timestamp, order[b.partition.topic] ?? 0, b.partition.partition, b.offset)
    }
  }

  private final class Found {
    var records: [ScannedRecord] = []
  }
}
