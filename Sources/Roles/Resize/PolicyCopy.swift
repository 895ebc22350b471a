// Owns copying policies so that each keeps its epoch, which is its offset.
import Kafka
import Streams

/// A policy is appended at the offset that it had. Offsets between two policies that held nothing anybody can read are
/// filled with the policy before, which was in force there; markers of transactions take the others.
struct PolicyCopy<L: Log> {
  let log: L
  let old: String
  let new: String

  /// Returns how many policies there are. What an earlier run copied is compared and left.
  func run() throws -> Int64 {
    let source = try policies(old)
    let target = try policies(new)
    let place = TopicPartition(topic: Topic.policies.name(prefix: new), partition: 0)
    for (offset, value) in target {
      // The policy in force at that offset.
      guard
        source.last(where: { $0.offset <= offset })?.record.value == value.value
          || offset < source.first?.offset ?? 0
      else { throw ResizeError("\(place)@\(offset) holds another policy: choose another prefix") }
    }
    let appender = try RecordAppender(log, topics: [place.topic], transactionalID: "\(new)answerable-resize")
    defer { appender.close() }
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var end = try reader.bounds(of: place, .readUncommitted).upperBound
    for (index, policy) in source.enumerated() where !target.contains(where: { $0.offset == policy.offset }) {
      let (offset, record) = policy
      guard end <= offset else {
        throw ResizeError(
          "\(place) ends at \(end), beyond epoch \(offset) that is to stand there: choose another prefix")
      }
      for _ in end..<offset { try append(index > 0 ? source[index - 1].record : record, appender) }
      try append(record, appender)
      end = offset + 1
      // Between two that stand side by side there is no room for a marker.
      if index + 1 < source.count, source[index + 1].offset == end { continue }
      try appender.commit()
      end += 1
    }
    try RecordScan(log).untilStable([place.topic])
    guard
      try policies(new).filter({ found in source.contains { $0.offset == found.offset } }).count
        == source.count
    else { throw ResizeError("the policies' epochs could not be kept: choose another prefix") }
    return Int64(source.count)
  }

  private func append(_ record: ScannedRecord, _ appender: RecordAppender<L>) throws {
    try appender.append(0, partition: 0, key: record.key, value: record.value, headers: record.headers)
  }

  private func policies(_ prefix: String) throws -> [(offset: Int64, record: ScannedRecord)] {
    let found = Gathered<[(offset: Int64, record: ScannedRecord)]>([])
    try RecordScan(log).read([Topic.policies.name(prefix: prefix)]) { record in
      found.value.append((record.offset, record))
      return true
    }
    return found.value
  }
}
