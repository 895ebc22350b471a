// Owns copying the latest assignment of every case.
import Kafka
import Streams

struct AssignmentCopy<L: Log> {
  let log: L
  let old: String
  let catalogue: TopicCatalogue

  /// Returns how many cases there are. What an earlier run left and the old deployment has no more is deleted.
  func run() throws -> Int64 {
    let name = Topic.assignments.name(prefix: catalogue.prefix)
    let appender = try BatchAppender(log, topic: name, id: "\(catalogue.prefix)answerable-resize")
    defer { appender.close() }
    let wanted = try latest(Topic.assignments.name(prefix: old))
    let there = try latest(name)
    for key in there.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where wanted[key] == nil {
      try appender.append(nil, key, nil)
    }
    for (key, record) in wanted.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    where there[key]?.value != record.value {
      try appender.append(nil, key, record.value, headers: record.headers)
    }
    try appender.commit()
    try RecordScan(log).untilStable([name])
    let copied = try latest(name)
    guard copied.count == wanted.count, copied.allSatisfy({ wanted[$0.key]?.value == $0.value.value }) else {
      throw ResizeError("\(name) does not hold what was copied: run this again")
    }
    return Int64(wanted.count)
  }

  private func latest(_ topic: String) throws -> [[UInt8]: ScannedRecord] {
    let found = Gathered<[[UInt8]: ScannedRecord]>([:])
    for partition in 0..<(try log.partitionCount(of: topic) ?? 0) {
      try RecordScan(log).readPartition(TopicPartition(topic: topic, partition: partition)) { record in
        guard let key = record.key else { return }
        found.value[key] = record.value == nil ? nil : record
      }
    }
    return found.value
  }
}
