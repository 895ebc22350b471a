// Owns the proof that inputs = decisions over a window: every record read has one decision, every number of a journal
// is there once, and the tasks' own counters say the same.
import Events
import Foundation
import Kafka
import Streams

/// An audit of one deployment. It reads topics outside of any group and changes nothing; workers may run.
///
/// What a role has committed is asked first and the decisions are read after it: whatever lies below that position
/// has been decided by then, or never will be. What lies above is waiting, and no gap.
public final class Audit<L: Log> {
  let log: L
  let prefix: String
  let sources: AuditSources
  let progress: (Int) -> Void

  var ledgers: [TopicPartition: AuditLedger] = [:]
  var tasks: [Int32: NumberLedger] = [:]
  var answers = AnswerLedger()
  /// From when on answers and what was told of them surely are still there; nil for all.
  var answersSince: Int64?
  /// Messages of casework by kind and number, each with the signals that led to one.
  var messages: [String: [Int32: OffsetSet]] = [:]
  var report = AuditReport()
  var found: [AuditGap] = []
  var read = 0
  /// How far the decisions' topics have been read.
  var positions: [TopicPartition: Int64] = [:]
  let journal = JournalReceiptReader()
  let answerReader = AnswerReceiptReader()

  /// Records of one transaction are stamped by several brokers: what is read begins this much before the window.
  static var margin: Int64 { 600_000 }
  /// How often what is missing is looked for again.
  static var attempts: Int { 10 }

  /// - Parameter progress: told how many records have been read, now and then.
  public init(
    _ log: L, prefix: String, sources: AuditSources, progress: @escaping (Int) -> Void = { _ in }
  ) {
    self.log = log
    self.prefix = prefix
    self.sources = sources
    self.progress = progress
  }

  /// Audits a window.
  ///
  /// - Parameters:
  ///   - since: appended at or after this time, milliseconds since 1970; nil for all that the topics hold.
  ///   - until: appended before this time; nil for all up to now.
  ///   - now: this moment, milliseconds since 1970.
  public func run(since: Int64?, until: Int64?, now: Int64) throws -> AuditReport {
    report.since = since
    report.until = until
    try openLedgers(now: now)
    try scan(
      inputs + [claims], from: { [ledgers] in ledgers[$0]?.range.lowerBound },
      to: { [ledgers] in
        ledgers[$0]?.range.upperBound
      }
    ) { record in
      self.ledgers[record.partition]?.record(record.offset)
    }
    try readDecisions(from: try beginnings())
    for _ in 0..<Self.attempts where !isComplete {
      sources.pause()
      try readDecisions(from: positions)
    }
    try countBefore()
    judge()
    try judgeCounters()
    conclude()
    return report
  }

  // MARK: What there is

  func name(_ topic: Topic) -> String { topic.name(prefix: prefix) }
  var inputs: [String] { RoleName.intake.sources.map(name) }
  var signals: String { name(.signals) }
  var letters: String { name(.deadLetters) }
  var journals: String { name(.caseJournal) }
  var claims: String { name(.claims) }
  var delegations: String { name(.delegations) }

  func partitions(of topic: String) throws -> [TopicPartition] {
    try RecordScan(log).places(of: topic, for: "audit")
  }

  func openLedgers(now: Int64) throws {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    let scan = RecordScan(log)
    let roles = [
      (RoleName.intake, [signals, letters]), (.casework, [journals]), (.delegation, [delegations, signals]),
    ]
    for (role, decisions) in roles {
      let places = try role.sources.flatMap { try partitions(of: name($0)) }
      let committed = try sources.committed(role.group(prefix: prefix), places)
      let horizon = try decisions.compactMap { try self.horizon($0, reader, now: now) }.max()
      var since = report.since
      if let horizon, horizon > since ?? .min {
        since = horizon
        report.notes.append(
          "what was decided about \(role.sources.map(name).joined(separator: ", ")) is looked at from "
            + "\(RFC3339.string(horizon)) on: what is older may have left \(decisions.joined(separator: " or "))"
        )
      }
      if role == .delegation { answersSince = since }
      for place in places {
        let bounds = try scan.bounds(of: place, reader)
        var (start, end) = (bounds.lowerBound, bounds.upperBound)
        if let since { start = max(start, try reader.offset(of: place, at: since)) }
        if let until = report.until { end = min(end, try reader.offset(of: place, at: until)) }
        let header = try committed[place].map { try Self.header($0, role.group(prefix: prefix), place) }
        ledgers[place] = AuditLedger(place, range: start..<max(start, end), header: header)
      }
    }
    for place in try partitions(of: signals) { tasks[place.partition] = NumberLedger(task: place.partition) }
  }

  private static func header(_ committed: CommittedOffset, _ group: String, _ place: TopicPartition) throws
    -> TaskHeader
  {
    do throws(TaskHeader.Unreadable) {
      return try TaskHeader.parse(committed.metadata) ?? TaskHeader(next: committed.offset)
    } catch {
      throw LayoutError("group \(group), \(place): its header cannot be read: \(error)")
    }
  }

  /// From when on a topic surely holds everything; nil when nothing has left it yet.
  func horizon(_ topic: String, _ reader: L.Reader, now: Int64) throws -> Int64? {
    var horizon: Int64?
    for place in try partitions(of: topic) {
      let bounds = try RecordScan(log).bounds(of: place, reader)
      guard bounds.lowerBound > 0 else { continue }
      // A segment goes once its youngest record is too old.
      let kept = try sources.retention(topic).map { now &- $0 &+ Self.margin }
      var first = now
      if kept == nil, !bounds.isEmpty {
        try RecordScan(log).read(
          [topic], from: [place: bounds.lowerBound], to: [place: bounds.upperBound], with: reader
        ) { record in
          first = record.timestamp
          return false
        }
      }
      horizon = max(horizon ?? .min, kept ?? first)
    }
    return horizon
  }
}
