// Owns what casework told in a day of the demo's week, or in all of it.

struct CaseDay: Sendable {
  var journal: [JournalEntry] = []
  var assignments: [AssignmentEntry] = []
  var escalations: [EscalationEntry] = []

  struct Count: Sendable {
    var journal = 0
    var assignments = 0
    var escalations = 0
  }

  var count: Count {
    Count(journal: journal.count, assignments: assignments.count, escalations: escalations.count)
  }

  /// What came after so much.
  func since(_ count: Count) -> CaseDay {
    CaseDay(
      journal: Array(journal.dropFirst(count.journal)),
      assignments: Array(assignments.dropFirst(count.assignments)),
      escalations: Array(escalations.dropFirst(count.escalations)))
  }
}
