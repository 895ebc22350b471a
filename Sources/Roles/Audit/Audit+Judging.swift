// Owns what an audit makes of its ledgers: gaps, in the order in which people look for them, and receipts.
import Events
import Kafka
import Streams

extension Audit {
  /// The highest number that a task had committed before its journal was read.
  func journalled(_ task: Int32) -> Int64 {
    ledgers[TopicPartition(topic: signals, partition: task)]?.header?.counters.journalled ?? 0
  }

  var isComplete: Bool {
    ledgers.values.allSatisfy(\.isComplete) && answers.isComplete
      && tasks.values.allSatisfy { missingNumber($0) == nil }
  }

  func missingNumber(_ ledger: NumberLedger) -> Int64? {
    ledger.numbers.firstMissing(from: firstNumber(ledger), through: journalled(ledger.task))
  }

  /// Where a task's numbers have to begin: with 1 where the journal still holds all of them.
  func firstNumber(_ ledger: NumberLedger) -> Int64 { isWhole ? 1 : ledger.edge }

  /// Whether the whole journal is looked at.
  var isWhole: Bool { report.since == nil && report.notes.isEmpty }

  /// Where the first records are undecided, the role may have begun behind them: its own count tells.
  func countBefore() throws {
    for (place, ledger) in ledgers where ledger.beginsUndecided {
      var count: Int64 = 0
      try scan([place.topic], from: { $0 == place ? nil : .max }, to: { $0 == place ? ledger.next : 0 }) {
        record in
        if record.partition == place, record.offset < ledger.next, !record.isMark { count += 1 }
      }
      ledgers[place]?.visible = count
    }
  }

  func judge() {
    for ledger in ledgers.values {
      let missing =
        switch ledger.place.topic {
        case signals: "read by casework, and not in \(journals)"
        case claims: "read by delegation, and not answered on \(delegations)"
        default: "read by intake, and neither on \(signals) nor on \(letters)"
        }
      ledger.gaps(missing: missing) { gap($0) }
    }
    answers.gaps { gap($0, $1.partition, $1.offset, $2) }
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
  func judgeCounters() throws {
    for ledger in ledgers.values {
      guard let header = ledger.header, header.transaction > 0 else { continue }
      let counters = header.counters
      // How many answers timers made is not counted by what is read: each claim's own numbers tell.
      if ledger.place.topic == claims { continue }
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

  func gap(_ kind: AuditGap.Kind, _ place: TopicPartition, _ offset: Int64, _ what: String) {
    gap(AuditGap(kind: kind, place: place, offset: offset, what: what))
  }

  func gap(_ gap: AuditGap) {
    report.gapCount += 1
    found.append(gap)
    // The first ones are kept, not the first found.
    if found.count >= 4 * AuditReport.mostGaps { trim() }
  }

  func trim() {
    found = Array(found.sorted(by: isBefore).prefix(AuditReport.mostGaps))
  }

  func rank(_ topic: String) -> Int {
    Topic.allCases.firstIndex { name($0) == topic } ?? .max
  }

  func isBefore(_ a: AuditGap, _ b: AuditGap) -> Bool {
    (rank(a.place.topic), a.place.partition, a.offset, a.kind.rawValue)
      < (rank(b.place.topic), b.place.partition, b.offset, b.kind.rawValue)
  }

  func conclude() {
    trim()
    report.gaps = found
    var receipts = ledgers.values.map(\.receipt)
    for ledger in tasks.values {
      let place = TopicPartition(topic: journals, partition: ledger.task)
      let first = firstNumber(ledger)
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
