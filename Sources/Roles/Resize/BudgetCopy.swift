// Owns copying delegation's state to other partitions: claims and pots go where the key of their root leads now.
import Casework
import Delegation
import Events
import Kafka
import Policy
import StateBytes
import Streams

/// What somebody asked for lately (the split window) is copied to every task, since its key names no root; where two old
/// tasks have such an entry, the longer one stays.
struct BudgetCopy<L: Log> {
  let log: L
  let old: String
  let catalogue: TopicCatalogue

  /// Copies everything, each task's header last. Returns how many claims and pots there are.
  func run(headers: [TaskHeader]) throws -> Int {
    let target = Topic.delegationChangelog.name(prefix: catalogue.prefix)
    let appender = try BatchAppender(log, topic: target, id: "\(catalogue.prefix)answerable-resize")
    defer { appender.close() }
    // What a run that was cut off had copied is taken back: the old deployment may have gone on since.
    for partition in 0..<catalogue.partitions {
      for key in try ChangelogReader(log).live(target, partition).raw.keys.sorted(by: {
        $0.lexicographicallyPrecedes($1)
      }) { try appender.append(partition, key, nil) }
    }
    let moved = try entries(of: old)
    for (partition, entry) in moved.routed { try append(entry, to: partition, appender) }
    for entry in moved.sums {
      for partition in 0..<catalogue.partitions { try append(entry, to: partition, appender) }
    }
    for (partition, header) in headers.enumerated() {
      try appender.append(Int32(partition), [ChangelogTag.header], Array(header.text.utf8))
    }
    try appender.commit()
    try RecordScan(log).untilStable([target])
    let after = try entries(of: catalogue.prefix)
    guard after.routed.count == moved.routed.count, after.isInPlace else {
      throw ResizeError("budgets after the copy are others: run this again; the old deployment is as it was")
    }
    return moved.routed.count
  }

  private struct Entries {
    var routed: [(partition: Int32, entry: StateEntry)] = []
    var sums: [StateEntry] = []
    /// Whether each stands where its root leads; of the new deployment.
    var isInPlace = true
  }

  private func entries(of prefix: String) throws -> Entries {
    let topic = Topic.delegationChangelog.name(prefix: prefix)
    let roots = try roots()
    var found = Entries()
    var sums: [[UInt8]: StateEntry] = [:]
    for partition in 0..<(try log.partitionCount(of: topic) ?? 0) {
      for entry in try ChangelogReader(log).live(topic, partition).entries {
        guard let value = entry.value else { continue }
        let root: [UInt8]
        switch try StateRouting(key: entry.key, value: value) {
        case .root(let name): root = name
        case .budget(let id):
          guard let name = roots[id] else {
            throw ResizeError("\(topic)-\(partition) has a budget that no policy names")
          }
          root = name
        case .sum:
          if sums[entry.key]?.value?.count ?? -1 < value.count { sums[entry.key] = entry }
          continue
        case .task: continue
        }
        let place = root.withUnsafeBytes { Murmur2.partition(of: $0, count: catalogue.partitions) }
        if place != partition { found.isInPlace = false }
        found.routed.append((place, entry))
      }
    }
    found.sums = sums.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return found
  }

  /// The root of every budget that a policy ever named; none moves.
  private func roots() throws -> [[UInt8]: [UInt8]] {
    let found = Gathered<[[UInt8]: [UInt8]]>([:])
    let place = TopicPartition(topic: Topic.policies.name(prefix: old), partition: 0)
    try RecordScan(log).readPartition(place) { record in
      guard let value = record.value, let policy = try? PolicyRecord.decode(value) else { return }
      for budget in policy.document.delegation?.budgets ?? [] {
        found.value[Array(budget.id.utf8)] = Array(budget.root.utf8)
      }
    }
    return found.value
  }

  private func append(_ entry: StateEntry, to partition: Int32, _ appender: BatchAppender<L>) throws {
    if let value = entry.value { try appender.append(partition, [ChangelogTag.entry] + entry.key, value) }
    guard let due = entry.due else { return }
    try appender.append(
      partition, [ChangelogTag.timer] + entry.key, withUnsafeBytes(of: due.bigEndian) { Array($0) })
  }
}
