// Owns copying the answers to remedies, so that what was booked adds up in the new deployment, too.
import Events
import Kafka
import Streams

struct AnswerCopy<L: Log> {
  let log: L
  let old: String
  let catalogue: TopicCatalogue

  /// Returns how many answers there are. Those of one case keep their order, since they share a key; what an earlier run
  /// copied stays.
  func run() throws -> Int64 {
    let name = Topic.delegations.name(prefix: catalogue.prefix)
    let appender = try BatchAppender(log, topic: name, id: "\(catalogue.prefix)answerable-resize")
    defer { appender.close() }
    var count: Int64 = 0
    let there = Set(try answers(name).compactMap(\.value))
    let source = Topic.delegations.name(prefix: old)
    for record in try answers(source) {
      count += 1
      guard let key = record.key, let value = record.value, !there.contains(value) else { continue }
      var headers = record.headers
      // Its case was told where it was decided: an audit asks for no telling here.
      if !record.isCopiedAnswer {
        headers.append(.init(name: AddedHeader.copiedFrom.rawValue, value: Array(source.utf8)))
      }
      try appender.append(nil, key, value, headers: headers)
    }
    try appender.commit()
    try RecordScan(log).untilStable([name])
    guard try answers(name).count == count else {
      throw ResizeError("\(name) does not hold what was copied: choose another prefix")
    }
    return count
  }

  private func answers(_ topic: String) throws -> [ScannedRecord] {
    let found = Gathered<[ScannedRecord]>([])
    for partition in 0..<(try log.partitionCount(of: topic) ?? 0) {
      try RecordScan(log).readPartition(TopicPartition(topic: topic, partition: partition)) {
        found.value.append($0)
      }
    }
    return found.value
  }
}

extension ScannedRecord {
  /// Whether a resize brought it here.
  var isCopiedAnswer: Bool { header(AddedHeader.copiedFrom.rawValue) != nil }
}
