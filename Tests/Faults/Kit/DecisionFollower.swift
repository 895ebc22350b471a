// Owns reading what a deployment decides while it decides it, up to the certainty that nothing is on its way any more.
import Foundation
import Kafka
import Roles
import Streams

/// Reads signals, journal, claims and answers, read committed. Made and used by one thread.
package final class DecisionFollower {
  private let reader: KafkaReader
  private let places: [TopicPartition]
  private var sink: Sink

  /// `others` are what ids of events begin with that nobody waits for.
  package init(log: KafkaLog, prefix: String, others: [String] = []) throws {
    let topics = OpenDecisions.topics
    let names = topics.map { $0.name(prefix: prefix) }
    reader = try log.reader(ReaderConfiguration())
    var places: [TopicPartition] = []
    for name in names {
      for partition in 0..<(try log.partitionCount(of: name) ?? 0) {
        places.append(TopicPartition(topic: name, partition: partition))
      }
    }
    self.places = places
    sink = Sink(topics: topics, names: names, open: OpenDecisions(others: others))
    try reader.assign(Dictionary(uniqueKeysWithValues: places.map { ($0, 0) }), topics: names)
  }

  package func close() { reader.close() }

  /// Waits until these events are decided, and whatever followed from them, for at most `seconds`; with `everything`,
  /// until those of others are too. Returns what is missing, nil when nothing is.
  ///
  /// A role commits what it decided and what it tells others together, but on several partitions, and what is committed
  /// can be read on one sooner than on another. So when nothing that was read waits, everything is read that stands on
  /// any partition by then: what has come of it by that time is the whole truth when nothing new was among it.
  package func settle(_ ids: [String], everything: Bool = false, seconds: Int) throws -> String? {
    let end = ContinuousClock.now + .seconds(seconds)
    func isDecided() -> Bool { sink.open.isDecided(ids) && (!everything || sink.open.isEmpty) }
    while true {
      guard try pull(until: end, isDecided) else { return sink.open.story(ids) }
      let count = sink.open.count
      var ends: [TopicPartition: Int64] = [:]
      for place in places { ends[place] = try reader.bounds(of: place, .readUncommitted).upperBound }
      let isRead = try pull(until: end) { [self] in
        ends.allSatisfy { sink.positions[$0.key] ?? 0 >= $0.value }
      }
      guard isRead else {
        return "what was appended is neither committed nor aborted; \(sink.open.story(ids))"
      }
      if sink.open.count == count, isDecided() { return nil }
    }
  }

  /// Reads until it is done; false when the time is over before.
  private func pull(until end: ContinuousClock.Instant, _ isDone: () -> Bool) throws -> Bool {
    while !isDone() {
      if ContinuousClock.now > end { return false }
      _ = reader.poll(milliseconds: 20, limit: 1_000, &sink)
      if let error = sink.error { throw error }
    }
    return true
  }

  private struct Sink: ReaderEvents {
    let topics: [Topic]
    let names: [String]
    var open: OpenDecisions
    var positions: [TopicPartition: Int64] = [:]
    var error: KafkaError?

    mutating func record(_ record: RecordView) {
      let copy = ScannedRecord(record, topic: names[record.topicIndex])
      positions[copy.partition] = copy.offset &+ 1
      // How far intake has read is nothing that anybody decides about.
      if copy.isMark { return }
      open.see(topics[record.topicIndex], at: copy.partition, offset: copy.offset, value: copy.value)
    }

    mutating func endReached(_ partition: TopicPartition, offset: Int64) { positions[partition] = offset }

    mutating func failed(_ error: KafkaError) {
      // What the client retries by itself is not the follower's business.
      if error.errorClass != .retriable { self.error = self.error ?? error }
    }
  }
}
