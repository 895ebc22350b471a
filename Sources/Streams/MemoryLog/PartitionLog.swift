// Owns one partition of the in-memory log: its records, its high watermark, its last stable offset, and what
// compaction and retention leave of it.

/// How a topic of the in-memory log is kept.
public struct MemoryTopic: Sendable, Hashable {
  /// Who stamps the records (`message.timestamp.type`).
  public enum Timestamps: Sendable, Hashable {
    /// The producer's time, or the one given to `MemoryLog.append`.
    case create
    /// The log's clock at the moment of the append.
    case logAppend
  }

  /// Default: `create`, as on a broker.
  public var timestamps: Timestamps
  /// Compacts a partition by itself each time so many records were appended to it; 0, the default, never.
  public var compactEvery: Int

  public init(timestamps: Timestamps = .create, compactEvery: Int = 0) {
    self.timestamps = timestamps
    self.compactEvery = compactEvery
  }
}

struct PartitionLog {
  /// A transaction that has records here and no marker yet.
  private struct Open {
    let producer: Int32
    let first: Int64
  }

  let coordinates: TopicPartition
  let settings: MemoryTopic
  /// Sorted by offset; with gaps after a compaction.
  private(set) var records: [StoredRecord] = []
  private(set) var start: Int64 = 0
  /// The high watermark: the next offset to be given.
  private(set) var end: Int64 = 0
  /// In order of `first`.
  private var open: [Open] = []
  private var sinceCompaction = 0

  init(coordinates: TopicPartition, settings: MemoryTopic) {
    self.coordinates = coordinates
    self.settings = settings
  }

  /// Nothing at or after it is decided yet for a read-committed reader.
  var lastStable: Int64 { open.first?.first ?? end }

  func end(_ isolation: Isolation) -> Int64 { isolation == .readCommitted ? lastStable : end }

  /// Where in `records` the first record at or after an offset stands.
  func index(atOrAfter offset: Int64) -> Int {
    guard let first = records.first?.offset, offset > first else { return 0 }
    // Without gaps the distance is the index; with gaps it is beyond it.
    var high = min(records.count, Int(clamping: offset &- first))
    if high < records.count, records[high].offset == offset { return high }
    var low = 0
    while low < high {
      let middle = (low &+ high) / 2
      if records[middle].offset < offset { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// - Parameter producer: -1 outside of a transaction.
  mutating func append(
    producer: Int32, timestamp: Int64, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) -> Int64 {
    let offset = end
    if producer >= 0, !open.contains(where: { $0.producer == producer }) {
      open.append(Open(producer: producer, first: offset))
    }
    records.append(
      StoredRecord(
        offset: offset, timestamp: timestamp, producer: producer, key: key, value: value, headers: headers))
    end &+= 1
    sinceCompaction &+= 1
    if settings.compactEvery > 0, sinceCompaction >= settings.compactEvery {
      compact(removingTombstones: false)
    }
    return offset
  }

  /// Writes the marker that ends a producer's transaction here.
  mutating func mark(producer: Int32, committed: Bool, timestamp: Int64) {
    if let at = open.firstIndex(where: { $0.producer == producer }) {
      if !committed {
        for index in index(atOrAfter: open[at].first)..<records.count
        where records[index].producer == producer && records[index].kind == .data {
          records[index].kind = .aborted
        }
      }
      open.remove(at: at)
    }
    records.append(
      StoredRecord(
        marker: committed ? .commitMarker : .abortMarker, offset: end, timestamp: timestamp,
        producer: producer))
    end &+= 1
  }

  /// Keeps the last record of each key below the last stable offset, as the log cleaner would once every
  /// segment has rolled: offsets stay what they were, gaps appear, aborted records and markers go.
  mutating func compact(removingTombstones: Bool) {
    sinceCompaction = 0
    let head = index(atOrAfter: lastStable)
    var seen: Set<ArraySlice<UInt8>> = []
    var kept: [StoredRecord] = []
    for record in records[..<head].reversed() where record.kind == .data && record.hasKey {
      guard seen.insert(record.keyBytes).inserted else { continue }
      if !(record.isTombstone && removingTombstones) { kept.append(record) }
    }
    kept.reverse()
    records.replaceSubrange(..<head, with: kept)
  }

  /// Retention, or `DeleteRecords`: everything before an offset goes, and the log starts there.
  mutating func delete(before offset: Int64) {
    let limit = min(max(offset, start), end)
    records.removeFirst(index(atOrAfter: limit))
    start = limit
  }

  /// The first offset whose timestamp is at or after a moment, or the end.
  func offset(at milliseconds: Int64) -> Int64 {
    records.first { !$0.isControl && $0.timestamp >= milliseconds }?.offset ?? end
  }
}
