// Owns how inputs reach the log: one by one, or in the transactions of somebody upstream.
import Kafka
import Streams

/// A record as it was appended.
package struct Fed: Sendable, Hashable {
  package let input: Input
  package let partition: Int32
  package let offset: Int64
  /// Milliseconds since 1970.
  package let timestamp: Int64
  /// Which records were sent together.
  package let batch: Int
}

extension World {
  /// Sends records together.
  func feed(_ batch: [Input]) throws {
    if batch.isEmpty { return }
    let number = (fed.last?.batch ?? -1) + 1
    guard scenario.shape.isUpstreamTransactional else {
      for input in batch {
        let place = try log.append(input.topic, key: Array(input.key.utf8), value: input.value)
        note(input, place.partition, place.offset, number)
      }
      return
    }
    let upstream = try upstream.get()
    for isAborted in [true, false] {
      let part = batch.filter { $0.isAborted == isAborted }
      if part.isEmpty { continue }
      try upstream.send(part, aborting: isAborted) { input in
        let ends = log.endOffsets(input.topic)
        let partition = lend(input.key) { Murmur2.partition(of: $0, count: Int32(ends.count)) }
        note(input, partition, ends[Int(partition)] - 1, number)
      }
    }
  }

  private func note(_ input: Input, _ partition: Int32, _ offset: Int64, _ batch: Int) {
    fed.append(
      Fed(input: input, partition: partition, offset: offset, timestamp: clock.now, batch: batch))
  }

  /// Feeds records at the times they were appended in another run, taking a step after each batch.
  func replay(_ records: [Fed]) throws {
    for _ in 0..<3 { try idle() }
    var rest = records[...]
    while let first = rest.first {
      let batch = rest.prefix { $0.batch == first.batch }
      rest = rest.dropFirst(batch.count)
      clock.advance(to: first.timestamp)
      try feed(batch.map(\.input))
      try idle()
    }
  }
}

/// A producer that sends inputs in transactions, some of which it aborts. Nothing befalls it.
final class Upstream {
  private let member: MemoryMember
  private let topics: [String]

  init(_ log: MemoryLog, topics: [String]) throws {
    self.topics = topics
    member = try log.member(
      MemberConfiguration(group: "upstream", transactionalID: "upstream", outputs: topics))
    try member.initTransactions()
  }

  func send(_ batch: [Input], aborting: Bool, _ sent: (Input) -> Void) throws {
    try member.begin()
    let none = UnsafeBufferPointer<HeaderView>(start: nil, count: 0)
    for input in batch {
      guard let topic = topics.firstIndex(of: input.topic) else { continue }
      try lend(input.key) { key in
        try input.value.withUnsafeBytes {
          try member.produce(OutputTopic(index: topic), partition: nil, key: key, value: $0, headers: none)
        }
      }
      sent(input)
    }
    if aborting { return try member.abort() }
    let outcome = member.commit()
    guard outcome == .committed else { throw SimulationError("upstream could not commit: \(outcome)") }
  }
}
