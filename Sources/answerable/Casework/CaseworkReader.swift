// Owns the reading of what casework published, from a deployment without a prefix on an in-memory log: each record once.
import Events
import Kafka
import Roles
import Streams

struct CaseworkReader {
  private var tail: TopicTail<MemoryLog>
  private let decoder = CaseworkRecordDecoder()

  init(_ log: MemoryLog) { tail = TopicTail(log, topics: CaseworkRecord.topics.map(\.rawValue)) }

  /// What was not read yet, in the order in which it was appended.
  mutating func read() throws -> [CaseworkRecord] {
    try tail.read().compactMap { record in
      try Topic(rawValue: record.partition.topic).map { try decoder.decode(record, of: $0) }
    }
  }
}
