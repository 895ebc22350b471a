// Owns the reading of what casework published, from a deployment without a prefix on an in-memory log: each record once.
import Events
import Kafka
import Roles
import Streams

enum CaseworkRecord {
  case journal(JournalEntry)
  case assignment(AssignmentEntry)
  case escalation(EscalationEntry)
  /// The assignment of a case that is no more.
  case tombstone(caseID: String)
}

struct CaseworkReader {
  private var tail: TopicTail<MemoryLog>

  static let topics: [Topic] = [.assignments, .escalations, .caseJournal]

  init(_ log: MemoryLog) { tail = TopicTail(log, topics: Self.topics.map(\.rawValue)) }

  /// What was not read yet, in the order in which it was appended.
  mutating func read() throws -> [CaseworkRecord] {
    try tail.read().map { record in
      switch record.partition.topic {
      case Topic.caseJournal.rawValue: return .journal(try JournalEntry(RecordFields(record)))
      case Topic.escalations.rawValue: return .escalation(try EscalationEntry(RecordFields(record)))
      default:
        if record.value == nil {
          return .tombstone(caseID: String(decoding: record.key ?? [], as: UTF8.self))
        }
        return .assignment(try AssignmentEntry(RecordFields(record)))
      }
    }
  }
}
