// Owns the book of one partition that an audit keeps: which records are there, and what was decided about each.
import Kafka
import Streams

/// Records of one source partition and the decisions about them. Bits only, whatever the records weigh.
struct AuditLedger {
  let place: TopicPartition
  let range: Range<Int64>
  /// What the role had committed before any decision was read; nil where it has no position.
  let header: TaskHeader?
  private(set) var records = OffsetSet()
  private(set) var decided = OffsetSet()
  private(set) var refused = OffsetSet()
  private(set) var content: UInt64 = 0
  /// Decisions beyond the first about one record: the record, and where the further one stands.
  private(set) var doubled: [(offset: Int64, at: String)] = []
  private(set) var doubledCount: Int64 = 0
  /// Of decisions about records that are not there, where they stand.
  private var places: [Int64: String] = [:]
  /// Records from the log's beginning to the role's position; counted only where the first ones are undecided.
  var visible: Int64?

  init(_ place: TopicPartition, range: Range<Int64>, header: TaskHeader?) {
    self.place = place
    self.range = range
    self.header = header
  }

  var next: Int64 { header?.next ?? range.lowerBound }

  mutating func record(_ offset: Int64) {
    if range.contains(offset) { records.insert(offset) }
  }

  /// A decision about the record at `offset` stands at `place`.
  mutating func decision(
    _ offset: Int64, isRefusal: Bool, at place: @autoclosure () -> String, _ hash: UInt64
  ) {
    guard range.contains(offset) else { return }
    let isNew = !decided.contains(offset) && !refused.contains(offset)
    if isRefusal { refused.insert(offset) } else { decided.insert(offset) }
    // Which record it is about counts, not only what was decided.
    content &+=
      (hash ^ UInt64(bitPattern: offset) &* 0x9e37_79b9_7f4a_7c15) &* (isRefusal ? 0x2d35_8dcc_aa6c_78a5 : 1)
    if isNew {
      if !records.contains(offset), places.count < AuditReport.mostGaps { places[offset] = place() }
    } else {
      doubledCount += 1
      if doubled.count < AuditReport.mostGaps { doubled.append((offset, place())) }
    }
  }

  /// Whether every record that the role has read has its decision.
  var isComplete: Bool { undecided(atMost: 1).isEmpty }

  /// Whether records before the first decision have none: then the role may have begun behind them.
  var beginsUndecided: Bool {
    guard let first = records.first, first < next else { return false }
    return !decided.contains(first) && !refused.contains(first)
  }

  /// How many of the first records lie before the position where the role began.
  var before: Int64 {
    guard let visible, let header, beginsUndecided else { return 0 }
    let skipped = max(0, visible - header.counters.records)
    let firstDecided = min(decided.first ?? .max, refused.first ?? .max, next)
    return min(skipped, records.count(in: range.lowerBound..<max(range.lowerBound, firstDecided)))
  }

  private func undecided(atMost limit: Int) -> [Int64] {
    var found: [Int64] = []
    var left = before
    records.forEach(notIn: decided) { offset in
      guard offset < next else { return false }
      if refused.contains(offset) { return true }
      if left > 0 {
        left -= 1
        return true
      }
      found.append(offset)
      return found.count < limit
    }
    return found
  }

  var receipt: AuditReceipt {
    var receipt = AuditReceipt(place: place, range: range)
    receipt.records = records.count
    receipt.decided = decided.count
    receipt.deadLetters = refused.count
    receipt.before = before
    receipt.content = content
    records.forEach(notIn: decided) { offset in
      if offset >= next, !refused.contains(offset) { receipt.waiting += 1 }
      return true
    }
    return receipt
  }

  /// What is missing or doubled. `missing` says of a record without a decision what is not there.
  func gaps(missing: String, _ add: (AuditGap) -> Void) {
    for offset in undecided(atMost: .max) {
      add(AuditGap(kind: .undecided, place: place, offset: offset, what: missing))
    }
    for (offset, at) in doubled {
      add(
        AuditGap(kind: .doubled, place: place, offset: offset, what: "decided more than once, again at \(at)")
      )
    }
    for set in [decided, refused] {
      set.forEach(notIn: records) { offset in
        let at = places[offset].map { " at \($0)" } ?? ""
        add(
          AuditGap(
            kind: .stray, place: place, offset: offset, what: "decided\(at), but no such record was committed"
          ))
        return true
      }
    }
  }
}

/// The numbers of one task's journal.
struct NumberLedger {
  let task: Int32
  private(set) var numbers = OffsetSet()
  private(set) var doubled: [(number: Int64, at: String)] = []
  private(set) var content: UInt64 = 0
  /// The smallest number of the window: from here on none may be missing.
  private(set) var edge = Int64.max

  init(task: Int32) { self.task = task }

  mutating func add(_ number: Int64, isInWindow: Bool, at place: @autoclosure () -> String, _ hash: UInt64) {
    if isInWindow {
      edge = min(edge, number)
      content &+= hash
    }
    if !numbers.insert(number), doubled.count < AuditReport.mostGaps { doubled.append((number, place())) }
  }

  mutating func begin(at number: Int64) { edge = number }
}
