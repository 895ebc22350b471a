// Owns the count of casework at the end of the demo's week: every signal has one journal record, numbers have no gap.
import Events
import Roles
import Streams

/// Counts what is committed: it knows nothing of what the workers say they did.
struct CaseReferee: Sendable {
  /// Records on `signals`, those that roles send each other among them.
  private(set) var signals = 0
  /// Signals without a journal record.
  private(set) var lost = 0
  /// Journal records beyond the first about one signal.
  private(set) var doubled = 0
  /// Journal records about nothing that is on `signals`.
  private(set) var unfounded = 0
  /// Numbers that are missing in a task's journal.
  private(set) var gaps: Int64 = 0
  /// Journal records of timers.
  private(set) var timers = 0
  private(set) var opened = 0
  private(set) var reopened = 0
  private(set) var closed = 0
  /// Cases that are open at the end.
  private(set) var open = 0
  /// The NO about events, by its reason; what roles send each other is not counted here.
  private(set) var refusals: [String: Int] = [:]
  /// By kind.
  private(set) var escalations: [String: Int] = [:]

  var isClean: Bool { lost == 0 && doubled == 0 && unfounded == 0 && gaps == 0 }

  init(_ log: MemoryLog, _ day: CaseDay) {
    var left: Set<Decision.Cause> = []
    for record in log.records(Topic.signals.rawValue) {
      left.insert(.init(topic: Topic.signals.rawValue, partition: record.partition, offset: record.offset))
    }
    signals = left.count
    var seen: Set<Decision.Cause> = []
    var last: [Int32: (highest: Int64, count: Int64)] = [:]
    for entry in day.journal {
      let task = last[entry.task] ?? (0, 0)
      last[entry.task] = (max(task.highest, entry.number), task.count + 1)
      switch entry.cause {
      case .timer: timers += 1
      case .signal(let place, _, _):
        if left.remove(place) != nil {
          seen.insert(place)
        } else if seen.contains(place) {
          doubled += 1
        } else {
          unfounded += 1
        }
      }
      switch entry.decision {
      case .opened: opened += 1
      case .reopened: reopened += 1
      case .closed: closed += 1
      case .refused: if entry.kind?.eventKind != nil { refusals[entry.reason.code, default: 0] += 1 }
      default: break
      }
    }
    lost = left.count
    gaps = last.values.reduce(0) { $0 + abs($1.highest - $1.count) }
    var states: [String: CaseStatus] = [:]
    for assignment in day.assignments { states[assignment.card.id] = assignment.card.status }
    open = states.values.count { $0 != .closed }
    for escalation in day.escalations { escalations[escalation.kind.suiteWord, default: 0] += 1 }
  }
}
