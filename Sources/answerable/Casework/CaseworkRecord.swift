// Owns the way from a committed record of casework's topics to what it says, copied out for people and scripts.
import Events
import Roles

/// What casework published in one record.
enum CaseworkRecord {
  case journal(JournalEntry)
  case assignment(AssignmentEntry)
  case escalation(EscalationEntry)
  /// The assignment of a case that is no more.
  case tombstone(caseID: String)

  static let topics: [Topic] = [.assignments, .escalations, .caseJournal]
}

/// Reads records of casework, off the hot path.
struct CaseworkRecordDecoder {
  private let assignments = AssignmentDecoder()
  private let escalations = EscalationDecoder()
  private let journal = JournalDecoder()

  /// `topic` is one of `CaseworkRecord.topics`.
  func decode(_ record: ScannedRecord, of topic: Topic) throws(UnreadableRecord) -> CaseworkRecord {
    guard let value = record.value else {
      return .tombstone(caseID: String(decoding: record.key ?? [], as: UTF8.self))
    }
    do throws(EventRefusal) {
      return try decode(value, of: topic)
    } catch {
      throw UnreadableRecord(record, error)
    }
  }

  private func decode(_ value: [UInt8], of topic: Topic) throws(EventRefusal) -> CaseworkRecord {
    let result: Result<CaseworkRecord, EventRefusal> = value.withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in
        switch topic {
        case .assignments: .assignment(AssignmentEntry(try assignments.decode(bytes)))
        case .escalations: .escalation(EscalationEntry(try escalations.decode(bytes)))
        default: .journal(JournalEntry(try journal.decode(bytes)))
        }
      }
    }
    return try result.get()
  }
}
