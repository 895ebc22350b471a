// Owns what an audit found: counts and sums by partition, what is not yet decided, and each gap.
import Kafka
import Privacy

/// One thing that is missing, doubled, or not what the counters say.
public struct AuditGap: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Read, and no decision about it is there.
    case undecided
    /// Decided more than once.
    case doubled
    /// A decision about a record that was never committed.
    case stray
    /// A number that a task's journal leaves out.
    case skippedNumber = "skipped-number"
    /// A number that a task's journal has twice.
    case doubledNumber = "doubled-number"
    /// A task's own counters disagree with the topics.
    case counters
    /// A record of an output topic that this version cannot read.
    case unreadable
  }
  public var kind: Kind
  /// The record it is about; of a number, the journal and the task with the number as offset.
  public var place: TopicPartition
  public var offset: Int64
  /// What is missing or doubled, a sentence.
  public var what: String
}

/// What an audit counted in one partition: of an input or of `signals` the decisions about its records, of
/// `case-journal` the numbers of one task.
public struct AuditReceipt: Sendable, Hashable {
  public var place: TopicPartition
  /// The offsets, or numbers, that were looked at.
  public var range: Range<Int64>
  public var records: Int64 = 0
  /// Signals of an input, journal records of `signals`.
  public var decided: Int64 = 0
  public var deadLetters: Int64 = 0
  /// Committed and not yet read by the role: no gap.
  public var waiting: Int64 = 0
  /// Lies before the position where the role began: never its business.
  public var before: Int64 = 0
  /// Sum over hashes of the decisions' bytes, in any order.
  public var content: UInt64 = 0

  /// What is hashed of it: the same for the same decisions.
  var line: String {
    "\(place.topic) \(place.partition) \(range.lowerBound) \(range.upperBound) \(records) \(decided) \(deadLetters) "
      + String(content, radix: 16)
  }
}

public struct AuditReport: Sendable {
  /// The window, milliseconds since 1970; nil for the beginning of the topics, and for their end.
  public var since: Int64?
  public var until: Int64?
  /// Why less was looked at than was asked for, a sentence each.
  public var notes: [String] = []
  /// Sorted by topic, in the order of the stream, and partition.
  public var receipts: [AuditReceipt] = []
  /// The first of them, by topic, partition and offset; never more than `mostGaps`.
  public var gaps: [AuditGap] = []
  public var gapCount: Int64 = 0

  public static let mostGaps = 100

  public var isProven: Bool { gapCount == 0 }

  /// SHA-256 over the receipts in their order: two audits of one window agree when this does.
  public var digest: String {
    Digest.sha256Hex(Array(receipts.map(\.line).joined(separator: "\n").utf8))
  }

  /// Sums over the partitions of a topic.
  public func total(of topic: String) -> AuditReceipt? {
    let parts = receipts.filter { $0.place.topic == topic }
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(into: first) { sum, part in
      sum.records += part.records
      sum.decided += part.decided
      sum.deadLetters += part.deadLetters
      sum.waiting += part.waiting
      sum.before += part.before
      sum.content &+= part.content
    }
  }
}
