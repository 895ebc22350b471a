// Owns the law that every answer reaches its case: the case writes it down, and shows its remedies as the answers left
// them.
import Events
import Roles
import Streams

/// From `signals`, the journal and `assignments`, against what stands on `delegations`.
struct ToldLaw {
  private struct Shown: Equatable, CustomStringConvertible {
    var state: String
    var amount: Int64
    var expiresAt: Int64
    var description: String { "\(state) (\(amount), until \(expiresAt))" }
  }

  private let log: MemoryLog
  private let journal: CaseJournal
  private let courses: ClaimCourses
  /// What was judged.
  private(set) var coverage = Coverage()

  /// What a case keeps of its remedies: beyond it those that are over leave.
  private static let kept = 32

  init(_ log: MemoryLog, _ journal: CaseJournal, _ courses: ClaimCourses) {
    self.log = log
    self.journal = journal
    self.courses = courses
  }

  mutating func check() throws(Finding) {
    try checkWritten()
    try checkShown()
  }

  /// Each answer's signal stands in the journal as that answer, unless the case had left before it came.
  private mutating func checkWritten() throws(Finding) {
    let gone = journal.tasks.mapValues(Self.gone)
    for signal in log.records(Topic.signals.rawValue) where signal.header("ce_source") == BudgetLaw.source {
      let id = signal.header("ce_id") ?? ""
      guard let answer = courses.answers[String(id.dropFirst(ClaimAnswer.idPrefix.count))] else {
        throw Finding(.differs, "a signal tells of no answer: \(id)")
      }
      let entry = try journal.entry(about: signal)
      let word = answer.word.wire.string
      if let number = gone[signal.partition]?[answer.caseID], number < entry.decision.number {
        guard entry.word == "refused", entry.reason == "unknown-case" else {
          throw Finding(.differs, "\(id) is \(entry.word) \(entry.reason), and its case had left")
        }
        coverage.add(.lateAnswers)
        continue
      }
      switch (entry.word, entry.reason) {
      case ("answered", word): coverage.add(.writtenAnswers)
      // By the policy that is the end of it.
      case ("closed", "remedy") where answer.word == .approved: coverage.add(.closingAnswers)
      default:
        throw Finding(.differs, "\(id), \(word), is written down as \(entry.word) \(entry.reason)")
      }
    }
  }

  /// When in its task a case left, by its id: no other case ever gets that.
  private static func gone(_ entries: [CaseJournal.Entry]) -> [String: Int64] {
    var gone: [String: Int64] = [:]
    var open: [String: Set<String>] = [:]
    for entry in entries {
      if entry.word == "erased" {
        for id in open.removeValue(forKey: entry.subject) ?? [] { gone[id] = entry.decision.number }
      } else if entry.word == "expired" {
        gone[entry.caseID] = entry.decision.number
        open[entry.subject]?.remove(entry.caseID)
      } else if !entry.caseID.isEmpty {
        open[entry.subject, default: []].insert(entry.caseID)
      }
    }
    return gone
  }

  /// The latest assignment of each case shows every claim of it, as its answers left it.
  private mutating func checkShown() throws(Finding) {
    var latest: [String: MemoryRecord] = [:]
    for record in log.records(Topic.assignments.rawValue) { latest[record.keyText ?? ""] = record }
    var shown: [String: [String: Shown]] = [:]
    for (caseID, record) in latest where record.value != nil { shown[caseID] = try Self.shown(record) }
    for (caseID, remedies) in shown.sorted(by: { $0.key < $1.key }) {
      for claim in remedies.keys.sorted() where courses.caseOf[claim] != caseID {
        throw Finding(.lost, "\(claim) is shown by its case, and was never asked for")
      }
    }
    for (claim, course) in courses.byClaim.sorted(by: { $0.key < $1.key }) {
      // Of a case that has left nothing is shown.
      guard let caseID = courses.caseOf[claim], let remedies = shown[caseID], let state = course.state
      else { continue }
      let wanted = Shown(state: state.wire.string, amount: course.amount, expiresAt: course.expiresAt)
      guard let found = remedies[claim] else {
        if remedies.count >= Self.kept { continue }
        throw Finding(.lost, "\(claim) is \(wanted), and its case does not show it")
      }
      if found != wanted { throw Finding(.differs, "\(claim) is \(wanted), and its case shows \(found)") }
      coverage.add(.shownRemedies)
    }
  }

  private static func shown(_ record: MemoryRecord) throws(Finding) -> [String: Shown] {
    let decoder = AssignmentDecoder()
    return try record.read("an assignment") { value throws(EventRefusal) in
      var shown: [String: Shown] = [:]
      for remedy in try decoder.decode(value).view.remedies {
        shown[remedy.claim.string] = Shown(
          state: remedy.state.string, amount: remedy.amount, expiresAt: remedy.expiresAt)
      }
      return shown
    }
  }
}
