// Owns the order in which DELEGATION decided, read from its answers: what, when, under which policy.
import Events
import Roles
import Streams

/// The decisions of each task, by the records on `delegations` alone. They stand in the partitions of their cases and carry no number of
/// their task; nothing is left open all the same:
///
/// - a task's clock never goes back, so answers of different moments are in the order of their times;
/// - at one moment, what is due fires before the next record is handled, so timers come first;
/// - timers fire by the time they were due, then by their key; an ending claim was due when its last answer said;
/// - records come in the order of their offsets.
///
/// A timer that only forgets leaves no answer: `DelegationEngine.isSilent`.
struct DelegationJournal {
  private struct Entry {
    var at: Int64
    var epoch: Int64
    var cause: JournalledDecision.Cause
    /// Of a timer.
    var key: [UInt8] = []

    private var order: (due: Int64, offset: Int64) {
      switch cause {
      case .timer(let due, _): (due, -1)
      case .record(let offset): (.max, offset)
      }
    }

    static func precedes(_ a: Self, _ b: Self) -> Bool {
      let (one, other) = (a.order, b.order)
      return (a.at, one.due, one.offset) == (b.at, other.due, other.offset)
        ? a.key.lexicographicallyPrecedes(b.key)
        : (a.at, one.due, one.offset) < (b.at, other.due, other.offset)
    }
  }

  private(set) var tasks: [Int32: [JournalledDecision]] = [:]
  /// Which task gave an answer, by the answer's id.
  private var taskOf: [String: Int32] = [:]

  /// Of an answer, or of the signal that tells of it.
  func task(of record: MemoryRecord) -> Int32? {
    let id = record.header("ce_id") ?? ""
    return taskOf[id.hasPrefix(ClaimAnswer.idPrefix) ? String(id.dropFirst(ClaimAnswer.idPrefix.count)) : id]
  }

  init(_ log: MemoryLog) throws(Finding) {
    var entries: [Int32: [Entry]] = [:]
    var expiry: [String: Int64] = [:]
    let count = Int32(log.endOffsets(Topic.claims.rawValue).count)
    let decoder = DelegationDecoder()
    for record in log.records(Topic.delegations.rawValue)
    where record.header("ce_source") == BudgetLaw.source {
      try decoder.read(record) { answer in
        let claim = answer.claim.string
        if answer.cause.topic.isEmpty {
          let task = Murmur2.partition(of: answer.root.bytes, count: count)
          entries[task, default: []].append(
            Entry(
              at: answer.at, epoch: answer.epoch, cause: .timer(due: expiry[claim] ?? 0),
              key: Array(claim.utf8)))
          taskOf[answer.id.string] = task
        } else {
          entries[answer.cause.partition, default: []].append(
            Entry(at: answer.at, epoch: answer.epoch, cause: .record(offset: answer.cause.offset)))
          taskOf[answer.id.string] = answer.cause.partition
        }
        if answer.expiresAt > 0 { expiry[claim] = answer.expiresAt }
      }
    }
    for (task, entries) in entries {
      tasks[task] = entries.sorted(by: Entry.precedes).enumerated().map {
        JournalledDecision(
          number: Int64($0.offset) + 1, at: $0.element.at, epoch: $0.element.epoch, cause: $0.element.cause)
      }
    }
  }
}

extension DelegationDecoder {
  /// An answer as the log has it; what cannot be read is a finding.
  @discardableResult
  func read<T>(_ record: MemoryRecord, _ body: (Events.Delegation) -> T) throws(Finding) -> T {
    try record.read("an answer") { value throws(EventRefusal) in body(try decode(value)) }
  }
}
