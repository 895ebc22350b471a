// Owns copying casework's state from one changelog to another with more or fewer partitions, and summing it up.
import Casework
import Kafka
import Streams

struct StateCopy<L: Log> {
  let log: L
  let old: String
  let catalogue: TopicCatalogue

  private var source: String { Topic.caseworkChangelog.name(prefix: old) }
  private var target: String { Topic.caseworkChangelog.name(prefix: catalogue.prefix) }

  /// Copies everything, each task's header last, and returns the sum over what was read.
  func run(headers: [TaskHeader]) throws -> StateSum {
    let appender = try BatchAppender(log, topic: target, id: "\(catalogue.prefix)answerable-resize")
    defer { appender.close() }
    // What a run that was cut off had copied is taken back: the old deployment may have gone on since.
    for partition in 0..<catalogue.partitions {
      for entry in try ChangelogReader(log).live(target, partition).raw.keys.sorted(by: {
        $0.lexicographicallyPrecedes($1)
      }) {
        try appender.append(partition, entry, nil)
      }
    }
    let mover = mover(tasks: catalogue.partitions)
    func put(_ task: Int, _ entry: StateEntry) throws {
      let partition = Int32(task)
      if let value = entry.value { try appender.append(partition, [ChangelogTag.entry] + entry.key, value) }
      if let due = entry.due {
        try appender.append(
          partition, [ChangelogTag.timer] + entry.key, withUnsafeBytes(of: due.bigEndian) { Array($0) })
      }
    }
    for partition in 0..<(try log.partitionCount(of: source) ?? 0) {
      try mover.take(try ChangelogReader(log).live(source, partition).entries, put)
    }
    try mover.finish(put)
    for (partition, header) in headers.enumerated() {
      try appender.append(Int32(partition), [ChangelogTag.header], Array(header.text.utf8))
    }
    try appender.commit()
    try RecordScan(log).untilStable([target])
    return mover.sum
  }

  /// The sum over the state that the new changelog holds.
  func sum() throws -> StateSum {
    let mover = mover(tasks: catalogue.partitions)
    for partition in 0..<catalogue.partitions {
      try mover.take(try ChangelogReader(log).live(target, partition).entries) { task, entry in
        // A case that stands in a task that its key does not lead to would never be found.
        guard task == Int(partition) || entry.key.first == UInt8(ascii: "l") else {
          throw ResizeError("an entry stands in partition \(partition) of \(target) and belongs to \(task)")
        }
      }
    }
    return mover.sum
  }

  private func mover(tasks: Int32) -> StateMover {
    StateMover(tasks: Int(tasks)) { Int(Murmur2.partition(of: $0, count: tasks)) }
  }
}

/// Reads what of a changelog's partition is live.
struct ChangelogReader<L: Log> {
  private let log: L

  init(_ log: L) { self.log = log }

  func live(_ topic: String, _ partition: Int32) throws -> (entries: [StateEntry], raw: [[UInt8]: [UInt8]]) {
    let live = Gathered<[[UInt8]: [UInt8]]>([:])
    try RecordScan(log).readPartition(TopicPartition(topic: topic, partition: partition)) { record in
      if let key = record.key { live.value[key] = record.value }
    }
    var entries: [[UInt8]: StateEntry] = [:]
    for (key, value) in live.value {
      let name = Array(key.dropFirst())
      switch key.first {
      case ChangelogTag.entry:
        entries[name, default: StateEntry(key: name, value: nil, due: nil)].value = value
      case ChangelogTag.timer:
        guard value.count == 8 else {
          throw ResizeError("\(topic)-\(partition) has a timer that cannot be read")
        }
        entries[name, default: StateEntry(key: name, value: nil, due: nil)].due = value.withUnsafeBytes {
          Int64(bigEndian: $0.loadUnaligned(as: Int64.self))
        }
      case ChangelogTag.header: continue
      default: throw ResizeError("\(topic)-\(partition) was written by a later release: use that one")
      }
    }
    return (entries.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }, live.value)
  }
}

/// Appends to one topic in transactions of a size that ends well within their time-out.
final class BatchAppender<L: Log> {
  private let appender: RecordAppender<L>
  private var records = 0
  private var bytes = 0

  init(_ log: L, topic: String, id: String) throws {
    appender = try RecordAppender(log, topics: [topic], transactionalID: id)
  }

  /// - Parameter partition: nil: chosen from the key.
  func append(
    _ partition: Int32?, _ key: [UInt8], _ value: [UInt8]?, headers: [ScannedRecord.Header] = []
  ) throws {
    try appender.append(0, partition: partition, key: key, value: value, headers: headers)
    records += 1
    bytes += key.count + (value?.count ?? 0)
    if records >= 5_000 || bytes >= 8 << 20 { try commit() }
  }

  func commit() throws {
    try appender.commit()
    (records, bytes) = (0, 0)
  }

  func close() { appender.close() }
}
