// Owns the law of answers: no remedy is left without a word, each claim has one terminal answer, nothing waits beyond its
// time.
import Events
import Roles
import Streams

/// Of a world that is healed and has waited past every time: from what was published alone.
struct AnswerLaw {
  private let log: MemoryLog
  private let journal: CaseJournal
  private let courses: ClaimCourses
  /// What was due before has happened.
  private let until: Int64
  /// What was judged.
  private(set) var coverage = Coverage()

  /// What became due within so many milliseconds of the end may still stand in a transaction that nobody ended.
  private static let margin: Int64 = 1_000

  init(_ log: MemoryLog, _ journal: CaseJournal, _ courses: ClaimCourses) {
    self.log = log
    self.journal = journal
    self.courses = courses
    // Marks come to no end, so the last one tells when that was.
    let last = log.records(Topic.signals.rawValue).lazy.map(\.timestamp).max() ?? 0
    until = last - Self.margin
  }

  mutating func check() throws(Finding) {
    try checkRemedies()
    for (claim, course) in courses.byClaim.sorted(by: { $0.key < $1.key }) { try check(claim, course) }
  }

  /// What INTAKE let through was asked of its budgets or answered at once, unless it was heard before.
  private mutating func checkRemedies() throws(Finding) {
    for signal in log.records(Topic.signals.rawValue)
    where signal.header("cause-topic") == Topic.remedies.rawValue {
      let entry = try journal.entry(about: signal)
      let led = courses.led[signal.partition]?[signal.offset] ?? 0
      let wanted = entry.reason == "duplicate" ? 0 : 1
      if led != wanted {
        throw Finding(
          led < wanted ? .lost : .doubled,
          "the remedy \(signal.partition)@\(signal.offset), \(entry.word) \(entry.reason), led to \(led) claims and "
            + "answers, and has to lead to \(wanted)")
      }
      coverage.add(entry.word == "refused" && led == 1 ? .declinedRemedies : .remedies)
    }
  }

  private mutating func check(_ claim: String, _ course: ClaimCourse) throws(Finding) {
    if course.requests > 1 { throw Finding(.doubled, "\(claim) was asked for \(course.requests) times") }
    if course.terminal > 1 { throw Finding(.doubled, "\(claim) has \(course.terminal) terminal answers") }
    guard course.requests == 1 else {
      if course.isDecided { throw Finding(.differs, "\(claim) is answered, and was never asked for") }
      return
    }
    coverage.add(.claims)
    if course.state != nil, course.epochs.asked != course.epochs.answered { coverage.add(.crossedPolicies) }
    let isOver = course.expiresAt > 0 && course.expiresAt < until
    switch course.state {
    case nil: throw Finding(.lost, "\(claim) waits without an answer")
    case .referred:
      if isOver {
        throw Finding(.lost, "\(claim) was referred until \(course.expiresAt), and nothing came of it")
      }
      // Within its time.
      return
    case .approved:
      if isOver { throw Finding(.lost, "\(claim) was approved until \(course.expiresAt), and never lapsed") }
    case .settled: coverage.add(.settledClaims)
    case .returned: coverage.add(.returnedClaims)
    case .lapsed: coverage.add(.lapsedClaims)
    case .expired: coverage.add(.expiredClaims)
    case .cancelled: coverage.add(.cancelledClaims)
    case .declined, .refused: break
    }
    if course.terminal == 0 { throw Finding(.lost, "\(claim) has no terminal answer") }
  }
}
