// Owns what CASEWORK counts beside what every role does: its decisions and escalations, by their words, and what it says of
// its state.
import Events
import Streams

enum CaseworkCounters {
  /// Decisions first, then escalations, each in the order of its numbers; marks last.
  static let all: [RoleCounter] =
    JournalRecord.Decision.allCases.map { RoleCounter("decision", $0.wire.string) }
    + Escalation.Kind.allCases.map { RoleCounter("escalation", $0.wire.string) } + [
      RoleCounter("mark", "heard")
    ]

  static func index(_ decision: JournalRecord.Decision) -> Int { Int(decision.rawValue) }
  static func index(_ kind: Escalation.Kind) -> Int {
    JournalRecord.Decision.allCases.count + Int(kind.rawValue)
  }
  static let marks = all.count - 1
}

extension RoleGauge {
  /// Of CASEWORK: cases that are not closed.
  public static let openCases = RoleGauge("open-cases")
  /// Of CASEWORK: milliseconds by which the task's clock is ahead of what is known of people's acts: clocks that are due
  /// meanwhile wait. Absent where nobody tells.
  public static let evidenceBehind = RoleGauge("evidence-behind")
}
