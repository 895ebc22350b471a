// Owns finding what the topics hold about a case, and about a subject's cases.
import Events
import Foundation
import Roles
import Streams

/// Everything that was published about one case, in order.
struct CaseFile {
  var id: String
  /// The latest record that is no withdrawal; nil when there is none (any more).
  var assignment: AssignmentEntry?
  var escalations: [EscalationEntry] = []
  var journal: [JournalEntry] = []
  /// What its remedies were answered, in order.
  var answers: [DelegationEntry] = []
  fileprivate(set) var records: [(topic: Topic, record: ScannedRecord)] = []

  var isEmpty: Bool { assignment == nil && escalations.isEmpty && journal.isEmpty && answers.isEmpty }
}

struct CaseFolder<L: Log> {
  private let scan: RecordScan<L>
  private let prefix: String

  init(_ log: L, prefix: String) {
    scan = RecordScan(log)
    self.prefix = prefix
  }

  /// Reads one partition of each topic. What was told after `time` is left out.
  func file(_ id: String, at time: Int64?) throws -> CaseFile {
    let found = Found(CaseFile(id: id))
    let topics = (CaseworkRecord.topics + [.delegations]).map { $0.name(prefix: prefix) }
    try scan.read(topics, key: Array(id.utf8)) { record in
      do {
        try found.add(record, prefix: prefix, until: time ?? .max)
        return true
      } catch {
        found.error = error
        return false
      }
    }
    if let error = found.error { throw error }
    var file = found.file
    file.journal.sort { $0.number < $1.number }
    return file
  }

  /// Ids of the subject's cases that the topics know, by number.
  func cases(of subjectKey: String) throws -> [String] {
    let found = Ids()
    let start = subjectKey + "-"
    try scan.read(CaseworkRecord.topics.map { $0.name(prefix: prefix) }) { record in
      if let key = record.key, key.starts(with: start.utf8) {
        found.ids.insert(String(decoding: key, as: UTF8.self))
      }
      return true
    }
    func number(_ id: String) -> Int64 { Int64(id.dropFirst(start.count)) ?? .max }
    return found.ids.sorted { number($0) < number($1) }
  }

  private final class Ids { var ids: Set<String> = [] }

  private final class Found {
    var file: CaseFile
    var error: (any Error)?
    private let decoder = CaseworkRecordDecoder()
    private let delegations = DelegationDecoder()

    init(_ file: CaseFile) { self.file = file }

    func add(_ record: ScannedRecord, prefix: String, until: Int64) throws {
      guard let topic = Topic(rawValue: String(record.partition.topic.dropFirst(prefix.count))) else {
        return
      }
      if topic == .delegations {
        let entry = try DelegationEntry(record, delegations)
        guard entry.at <= until else { return }
        file.answers.append(entry)
        return file.records.append((topic, record))
      }
      switch try decoder.decode(record, of: topic) {
      case .tombstone:
        if record.timestamp <= until { file.assignment = nil }
        return
      case .assignment(let entry):
        guard entry.at <= until else { return }
        if entry.card.status != .withdrawn { file.assignment = entry }
      case .escalation(let entry):
        guard entry.at <= until else { return }
        file.escalations.append(entry)
      case .journal(let entry):
        guard entry.at <= until else { return }
        file.journal.append(entry)
      }
      file.records.append((topic, record))
    }
  }
}
