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
  private let log: L
  private let prefix: String
  private let sources: AuditSources
  private let progress: (Int) -> Void

  private var ledgers: [TopicPartition: AuditLedger] = [:]
  private var tasks: [Int32: NumberLedger] = [:]
  /// Messages of casework by kind and number, each with the signals that led to one.
  private var messages: [String: [Int32: OffsetSet]] = [:]
  private var report = AuditReport()
  private var found: [AuditGap] = []
  private var read = 0
  /// How far the decisions' topics have been read.
  private var positions: [TopicPartition: Int64] = [:]
  private let journal = JournalReceiptReader()

  /// Records of one transaction are stamped by several brokers: what is read begins this much before the window.
  private static var margin: Int64 { 600_000 }
  /// How often what is missing is looked for again.
  private static var attempts: Int { 10 }

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
      inputs, from: { [ledgers] in ledgers[$0]?.range.lowerBound },
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

  private func name(_ topic: Topic) -> String { topic.name(prefix: prefix) }
  private var inputs: [String] { RoleName.intake.sources.map(name) }
  private var signals: String { name(.signals) }
  private var letters: String { name(.deadLetters) }
  private var journals: String { name(.caseJournal) }

  private func partitions(of topic: String) throws -> [TopicPartition] {
    guard let count = try log.partitionCount(of: topic) else {
      throw KafkaError(
        code: .unknownTopicOrPartition, errorClass: .fatal, operation: "audit \(topic)",
        reason: "there is no such topic")
    }
    return (0..<count).map { TopicPartition(topic: topic, partition: $0) }
  }

  private func openLedgers(now: Int64) throws {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    let scan = RecordScan(log)
    for (role, decisions) in [(RoleName.intake, [signals, letters]), (.casework, [journals])] {
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
  private func horizon(_ topic: String, _ reader: L.Reader, now: Int64) throws -> Int64? {
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

  // MARK: Reading

  private func beginnings() throws -> [TopicPartition: Int64] {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var starts: [TopicPartition: Int64] = [:]
    for topic in [signals, letters, journals] {
      for place in try partitions(of: topic) {
        let first = try RecordScan(log).bounds(of: place, reader).lowerBound
        let since = try report.since.map { try reader.offset(of: place, at: $0 &- Self.margin) }
        starts[place] = max(first, since ?? first)
      }
    }
    return starts
  }

  private func readDecisions(from starts: [TopicPartition: Int64]) throws {
    try scan([signals, letters, journals], from: { starts[$0] }, to: { _ in nil }) { record in
      switch record.partition.topic {
      case self.signals: self.signal(record)
      case self.letters: self.letter(record)
      default: self.entry(record)
      }
    }
  }

  /// Reads topics up to where they end now, or less, and remembers how far that was.
  private func scan(
    _ topics: [String], from start: (TopicPartition) -> Int64?, to end: (TopicPartition) -> Int64?,
    _ body: @escaping (ScannedRecord) -> Void
  ) throws {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var starts: [TopicPartition: Int64] = [:]
    var ends: [TopicPartition: Int64] = [:]
    for place in try topics.flatMap({ try partitions(of: $0) }) {
      let bounds = try RecordScan(log).bounds(of: place, reader)
      let first = max(bounds.lowerBound, start(place) ?? bounds.lowerBound)
      let last = min(bounds.upperBound, end(place) ?? bounds.upperBound)
      positions[place] = max(first, last)
      guard first < last else { continue }
      (starts[place], ends[place]) = (first, last)
    }
    guard !starts.isEmpty else { return }
    let limits = ends
    try RecordScan(log).read(topics, from: starts, to: ends, with: reader) { record in
      guard record.offset < limits[record.partition] ?? 0 else { return true }
      self.read += 1
      self.progress(self.read)
      body(record)
      return true
    }
  }

  private func signal(_ record: ScannedRecord) {
    // How far intake has read is no decision, and nothing is decided about it.
    if record.header("ce_id")?.hasPrefix("mark-") == true { return }
    ledgers[record.partition]?.record(record.offset)
    guard let topic = record.header("cause-topic"), let cause = place(record, topic) else { return }
    if topic == signals {
      let id = record.header("ce_id") ?? ""
      let name = "\(id.prefix { $0 != "-" })-\(id.split(separator: "-").last ?? "")"
      if messages[name, default: [:]][cause.place.partition, default: OffsetSet()].insert(cause.offset) {
        return
      }
      gap(.doubled, record.partition, record.offset, "the message \(id) is there more than once")
    } else {
      ledgers[cause.place]?.decision(
        cause.offset, isRefusal: false, at: "\(record.partition)@\(record.offset)", ContentHash.of(record))
    }
  }

  private func letter(_ record: ScannedRecord) {
    guard let topic = record.header("cause-topic"), let cause = place(record, topic) else {
      return gap(.unreadable, record.partition, record.offset, "has no coordinates of its cause")
    }
    ledgers[cause.place]?.decision(
      cause.offset, isRefusal: true, at: "\(record.partition)@\(record.offset)", ContentHash.of(record))
  }

  private func entry(_ record: ScannedRecord) {
    guard let entry = journal.read(record) else {
      return gap(.unreadable, record.partition, record.offset, "is no journal record of this version")
    }
    let hash = ContentHash.of(record)
    let at = "\(record.partition)@\(record.offset)"
    if let cause = entry.cause {
      ledgers[TopicPartition(topic: signals, partition: cause.partition)]?
        .decision(cause.offset, isRefusal: false, at: at, hash)
    }
    let isInWindow =
      (report.since.map { record.timestamp >= $0 } ?? true)
      && (report.until.map { record.timestamp < $0 } ?? true)
    tasks[entry.task, default: NumberLedger(task: entry.task)]
      .add(entry.number, isInWindow: isInWindow, at: at, hash)
  }

  private func place(_ record: ScannedRecord, _ topic: String) -> (place: TopicPartition, offset: Int64)? {
    guard let partition = record.header("cause-partition").flatMap({ Int32($0) }),
      let offset = record.header("cause-offset").flatMap({ Int64($0) })
    else { return nil }
    return (TopicPartition(topic: topic, partition: partition), offset)
  }

  // MARK: Judging

  /// The highest number that a task had committed before its journal was read.
  private func journalled(_ task: Int32) -> Int64 {
    ledgers[TopicPartition(topic: signals, partition: task)]?.header?.counters.journalled ?? 0
  }

  private var isComplete: Bool {
    ledgers.values.allSatisfy(\.isComplete) && tasks.values.allSatisfy { missingNumber($0) == nil }
  }

  private func missingNumber(_ ledger: NumberLedger) -> Int64? {
    ledger.numbers.firstMissing(from: firstNumber(ledger), through: journalled(ledger.task))
  }

  /// Where a task's numbers have to begin: with 1 where the journal still holds all of them.
  private func firstNumber(_ ledger: NumberLedger) -> Int64 { isWhole ? 1 : ledger.edge }

  /// Whether the whole journal is looked at.
  private var isWhole: Bool { report.since == nil && report.notes.isEmpty }

  /// Where the first records are undecided, the role may have begun behind them: its own count tells.
  private func countBefore() throws {
    for (place, ledger) in ledgers where ledger.beginsUndecided {
      var count: Int64 = 0
      try scan([place.topic], from: { $0 == place ? nil : .max }, to: { $0 == place ? ledger.next : 0 }) {
        record in
        if record.partition == place, record.offset < ledger.next { count += 1 }
      }
      ledgers[place]?.visible = count
    }
  }

  private func judge() {
    for ledger in ledgers.values {
      let isInput = ledger.place.topic != signals
      let missing =
        isInput
        ? "read by intake, and neither on \(signals) nor on \(letters)"
        : "read by casework, and not in \(journals)"
      ledger.gaps(missing: missing) { gap($0) }
    }
    for ledger in tasks.values {
      let place = TopicPartition(topic: journals, partition: ledger.task)
      if let number = missingNumber(ledger) {
        gap(
          .skippedNumber, place, number,
          "task \(ledger.task) has journalled more, and number \(number) is missing")
      }
      for (number, at) in ledger.doubled {
        gap(
          .doubledNumber, place, number,
          "task \(ledger.task) has number \(number) more than once, again at \(at)")
      }
    }
    for (name, causes) in messages {
      for (partition, offsets) in causes {
        guard let ledger = ledgers[TopicPartition(topic: signals, partition: partition)] else { continue }
        offsets.forEach(notIn: ledger.records) { offset in
          if ledger.range.contains(offset) {
            gap(.stray, ledger.place, offset, "led to the message \(name), but no such signal was committed")
          }
          return true
        }
      }
    }
  }

  /// What the tasks count themselves, against each other and, where the topics still hold all, against them.
  private func judgeCounters() throws {
    for ledger in ledgers.values {
      guard let header = ledger.header, header.transaction > 0 else { continue }
      let counters = header.counters
      if ledger.place.topic != signals {
        let decided = counters.forwarded &+ counters.deadLettered
        if decided != counters.records {
          gap(
            .counters, ledger.place, header.next,
            "intake counts \(counters.records) records and \(decided) decisions about them")
        }
        guard isWhole, ledger.range.lowerBound == 0, ledger.range.upperBound >= header.next else { continue }
        let signals = ledger.decided.count(in: 0..<header.next)
        let letters = ledger.refused.count(in: 0..<header.next)
        if signals != counters.forwarded || letters != counters.deadLettered {
          gap(
            .counters, ledger.place, header.next,
            "intake counts \(counters.forwarded) signals and \(counters.deadLettered) dead letters, the topics hold "
              + "\(signals) and \(letters)")
        }
      } else if isWhole, report.until == nil {
        let numbers = tasks[ledger.place.partition]?.numbers.count(in: 1..<counters.journalled &+ 1) ?? 0
        if numbers != counters.journalled {
          gap(
            .counters, ledger.place, header.next,
            "casework counts \(counters.journalled) decisions, the journal holds \(numbers)")
        }
      }
    }
  }

  private func gap(_ kind: AuditGap.Kind, _ place: TopicPartition, _ offset: Int64, _ what: String) {
    gap(AuditGap(kind: kind, place: place, offset: offset, what: what))
  }

  private func gap(_ gap: AuditGap) {
    report.gapCount += 1
    found.append(gap)
    // The first ones are kept, not the first found.
    if found.count >= 4 * AuditReport.mostGaps { trim() }
  }

  private func trim() {
    found = Array(found.sorted(by: isBefore).prefix(AuditReport.mostGaps))
  }

  private func rank(_ topic: String) -> Int {
    Topic.allCases.firstIndex { name($0) == topic } ?? .max
  }

  private func isBefore(_ a: AuditGap, _ b: AuditGap) -> Bool {
    (rank(a.place.topic), a.place.partition, a.offset, a.kind.rawValue)
      < (rank(b.place.topic), b.place.partition, b.offset, b.kind.rawValue)
  }

  private func conclude() {
    trim()
    report.gaps = found
    var receipts = ledgers.values.map(\.receipt)
    for ledger in tasks.values {
      let place = TopicPartition(topic: journals, partition: ledger.task)
      let first = isWhole ? 1 : ledger.edge
      let last = max(first, (ledger.numbers.last ?? 0) &+ 1)
      var receipt = AuditReceipt(place: place, range: first == .max ? 0..<0 : first..<last)
      receipt.records = first == .max ? 0 : ledger.numbers.count(in: first..<last)
      receipt.decided = receipt.records
      receipt.content = ledger.content
      receipts.append(receipt)
    }
    report.receipts = receipts.sorted {
      (rank($0.place.topic), $0.place.partition) < (rank($1.place.topic), $1.place.partition)
    }
  }
}
