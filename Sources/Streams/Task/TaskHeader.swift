// Owns the task header: what a task knows about itself, committed with every transaction in the
// offset's metadata and, for a stateful task, as one changelog record.

/// Totals since the task's first record, over all owners.
public struct TaskCounters: Sendable, Hashable {
  /// Records handled.
  public var records: Int64 = 0
  /// Decisions journalled.
  public var journalled: Int64 = 0
  /// Records sent to dead letters.
  public var deadLettered: Int64 = 0
  /// Records that led to at least one published record.
  public var forwarded: Int64 = 0
  public init() {}
}

/// A task's header.
public struct TaskHeader: Sendable, Hashable {
  /// The format this build writes, and the oldest reader that understands it. Readers ship one release
  /// before writers.
  public static let format = 1
  public static let oldestReader = 1
  /// The broker's default `offset.metadata.max.bytes`; a header stays far below.
  public static let maxBytes = 4_096

  /// Counts the task's committed transactions, from 1; 0 before the first.
  public var transaction: Int64 = 0
  /// The next offset to read.
  public var next: Int64
  /// Milliseconds since 1970: the task's clock, which never goes back.
  public var clock: Int64 = 0
  /// The broadcast epoch of the last transaction.
  public var epoch: Int64 = 0
  /// The layout fingerprint; empty when none is checked.
  public var layout: String = ""
  public var counters = TaskCounters()

  public init(next: Int64) { self.next = next }

  /// Why a header cannot be read.
  package enum Unreadable: Error, Hashable {
    /// Not a header at all.
    case malformed
    /// Written by a later release that this build is too old for.
    case tooNew(format: Int64)
  }

  /// Eleven fields separated by a space: format, oldest reader, transaction, next, clock, epoch, layout (or
  /// `-`), records, journalled, dead-lettered, forwarded. Later formats append fields.
  public var text: String {
    let mark = layout.isEmpty ? "-" : layout
    let counts =
      "\(counters.records) \(counters.journalled) \(counters.deadLettered) \(counters.forwarded)"
    return "\(Self.format) \(Self.oldestReader) \(transaction) \(next) \(clock) \(epoch) \(mark) \(counts)"
  }

  /// Reads what `text` wrote. Nil for empty text: there is no header.
  package static func parse(_ text: String) throws(Unreadable) -> TaskHeader? {
    if text.isEmpty { return nil }
    let fields = text.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count >= 2, let format = Int64(fields[0]), let reader = Int64(fields[1]), format >= 1
    else { throw .malformed }
    guard reader <= Int64(Self.format) else { throw .tooNew(format: format) }
    guard fields.count >= 11 else { throw .malformed }
    func number(_ index: Int) throws(Unreadable) -> Int64 {
      guard let value = Int64(fields[index]), value >= 0 else { throw .malformed }
      return value
    }
    var header = TaskHeader(next: try number(3))
    header.transaction = try number(2)
    header.clock = try number(4)
    header.epoch = try number(5)
    header.layout = fields[6] == "-" ? "" : String(fields[6])
    header.counters.records = try number(7)
    header.counters.journalled = try number(8)
    header.counters.deadLettered = try number(9)
    header.counters.forwarded = try number(10)
    return header
  }
}
