// Owns the load that faults happen under: feedback and incidents at a steady rate, some of them broken.
import Foundation
import Kafka
import Roles
import Streams

/// Produces events from a thread of its own until told to stop.
public final class EventLoad: @unchecked Sendable {
  // Unchecked: `stopping`, `sent` and `failure` are read and written under `lock`; the rest is immutable.
  private let lock = NSLock()
  private var stopping = false
  private var sent = 0
  private var failure: (any Error)?
  private let done = DispatchSemaphore(value: 0)

  /// Starts to send about `rate` events a second, one in 50 of them broken.
  public init(log: KafkaLog, prefix: String, rate: Int) throws {
    let topics = [Topic.feedback, .incidents].map { $0.name(prefix: prefix) }
    let appender = Opened(
      try RecordAppender(log, topics: topics, transactionalID: "\(prefix)load"))
    Thread.detachNewThread { [self] in
      do {
        try run(appender.value, batch: max(1, rate / 10))
      } catch {
        lock.withLock { failure = error }
      }
      appender.value.close()
      done.signal()
    }
  }

  /// Stops and returns how many events were sent, committed, each of them.
  public func stop() throws -> Int {
    lock.withLock { stopping = true }
    done.wait()
    if let failure = lock.withLock({ failure }) { throw failure }
    return lock.withLock { sent }
  }

  private func run(_ appender: RecordAppender<KafkaLog>, batch: Int) throws {
    var next = 0
    while !lock.withLock({ stopping }) {
      let until = ContinuousClock.now + .milliseconds(100)
      for _ in 0..<batch {
        let (topic, key, value) = Self.event(next)
        try appender.append(topic, key: Array(key.utf8), value: Array(value.utf8))
        next += 1
      }
      try appender.commit()
      lock.withLock { sent = next }
      while ContinuousClock.now < until { usleep(2_000) }
    }
  }

  private static func event(_ number: Int) -> (topic: Int, key: String, value: String) {
    let head = #""id":"e-\#(number)","occurredAt":"2026-11-24T08:00:00Z","source":"load""#
    switch number % 50 {
    case 7: return (0, "guest-\(number % 97)", #"{"id":"e-\#(number)","occurredAt":"#)
    case 3, 23, 43:
      return (
        1, "lyon-1", #"{\#(head),"site":"lyon-1","service":"lift","severity":"high","status":"open"}"#
      )
    default:
      return (
        0, "guest-\(number % 97)",
        #"{\#(head),"subject":{"kind":"customer","id":"guest-\#(number % 97)"},"touchpoint":"invoice","#
          + #""site":"lyon-1","rating":{"kind":"nps","value":\#(number % 11)},"text":"number \#(number)"}"#
      )
    }
  }

  /// Carries the appender to the thread that uses it from then on, and nobody else does.
  private struct Opened: @unchecked Sendable {
    let value: RecordAppender<KafkaLog>
    init(_ value: RecordAppender<KafkaLog>) { self.value = value }
  }
}
