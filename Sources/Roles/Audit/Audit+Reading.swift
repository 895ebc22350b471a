// Owns what an audit reads: the decisions' topics, record by record, into its ledgers.
import Events
import Kafka
import Streams

extension Audit {
  func beginnings() throws -> [TopicPartition: Int64] {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var starts: [TopicPartition: Int64] = [:]
    for topic in [signals, letters, journals, delegations] {
      for place in try partitions(of: topic) {
        let first = try RecordScan(log).bounds(of: place, reader).lowerBound
        let since = try report.since.map { try reader.offset(of: place, at: $0 &- Self.margin) }
        starts[place] = max(first, since ?? first)
      }
    }
    return starts
  }

  func readDecisions(from starts: [TopicPartition: Int64]) throws {
    try scan([signals, letters, journals, delegations], from: { starts[$0] }, to: { _ in nil }) { record in
      switch record.partition.topic {
      case self.signals: self.signal(record)
      case self.letters: self.letter(record)
      case self.delegations: self.answer(record)
      default: self.entry(record)
      }
    }
  }

  /// Reads topics up to where they end now, or less, and remembers how far that was.
  func scan(
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

  func signal(_ record: ScannedRecord) {
    // How far intake has read is no decision, and nothing is decided about it.
    if record.isMark { return }
    ledgers[record.partition]?.record(record.offset)
    if let id = record.header("ce_id"), id.hasPrefix(ClaimAnswer.idPrefix) {
      let answer = Array(id.utf8.dropFirst(ClaimAnswer.idPrefix.utf8.count))
      return answers.tell(
        ContentHash.of(answer), at: AuditPlace(partition: record.partition, offset: record.offset),
        isInWindow: isInWindow(record, since: answersSince))
    }
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

  func letter(_ record: ScannedRecord) {
    guard let topic = record.header("cause-topic"), let cause = place(record, topic) else {
      return gap(.unreadable, record.partition, record.offset, "has no coordinates of its cause")
    }
    ledgers[cause.place]?.decision(
      cause.offset, isRefusal: true, at: "\(record.partition)@\(record.offset)", ContentHash.of(record))
  }

  func answer(_ record: ScannedRecord) {
    guard let receipt = answerReader.read(record, claims: claims) else {
      return gap(.unreadable, record.partition, record.offset, "is no answer of this version")
    }
    if let cause = receipt.cause {
      ledgers[TopicPartition(topic: claims, partition: cause.partition)]?
        .decision(
          cause.offset, isRefusal: false, at: "\(record.partition)@\(record.offset)", ContentHash.of(record))
    }
    let wrong = answers.add(
      receipt, at: AuditPlace(partition: record.partition, offset: record.offset),
      isInWindow: isInWindow(record, since: answersSince), isWhole: isWhole)
    if let wrong { gap(wrong.kind, record.partition, record.offset, wrong.what) }
  }

  private func isInWindow(_ record: ScannedRecord, since: Int64?) -> Bool {
    (since.map { record.timestamp >= $0 } ?? true) && (report.until.map { record.timestamp < $0 } ?? true)
  }

  func entry(_ record: ScannedRecord) {
    guard let entry = journal.read(record) else {
      return gap(.unreadable, record.partition, record.offset, "is no journal record of this version")
    }
    let hash = ContentHash.of(record)
    let at = "\(record.partition)@\(record.offset)"
    if let cause = entry.cause {
      ledgers[TopicPartition(topic: signals, partition: cause.partition)]?
        .decision(cause.offset, isRefusal: false, at: at, hash)
    }
    let isInWindow = isInWindow(record, since: report.since)
    tasks[entry.task, default: NumberLedger(task: entry.task)]
      .add(entry.number, isInWindow: isInWindow, at: at, hash)
  }

  func place(_ record: ScannedRecord, _ topic: String) -> (place: TopicPartition, offset: Int64)? {
    guard let partition = record.header("cause-partition").flatMap({ Int32($0) }),
      let offset = record.header("cause-offset").flatMap({ Int64($0) })
    else { return nil }
    return (TopicPartition(topic: topic, partition: partition), offset)
  }
}
