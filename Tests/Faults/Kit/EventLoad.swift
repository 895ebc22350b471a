// Owns the load that faults happen under: feedback and incidents at a steady rate, some of them broken.
import Foundation
import Kafka
import Roles
import Streams

/// Produces events from a thread of its own until told to stop.
public final class EventLoad: @unchecked Sendable {
  // Unchecked: `stopping`, `sent`, `limit` and `failure` are read and written under `lock`; the rest is immutable.
  private let lock = NSLock()
  private var stopping = false
  private var sent = 0
  private var failure: (any Error)?
  private let done = DispatchSemaphore(value: 0)

  private let log: KafkaLog
  private let prefix: String
  /// Whether a batch that fails is sent again by a new producer: for loads under which brokers die.
  private let isPersistent: Bool
  private var limit: Int
  private let make: Make
  private static let patience = 60

  /// An event by its number, from 0: on `feedback` (0) or `incidents` (1).
  public typealias Make = @Sendable (_ number: Int) -> (topic: Int, key: String, value: String)

  /// Starts to send about `rate` events a second until told to stop, at most `limit`; without `make`, of a few guests
  /// and one site, one in 50 of them broken.
  public init(
    log: KafkaLog, prefix: String, rate: Int, isPersistent: Bool = false, limit: Int = .max, make: Make? = nil
  ) throws {
    self.log = log
    self.prefix = prefix
    self.isPersistent = isPersistent
    self.limit = limit
    self.make = make ?? { Self.event($0) }
    let appender = Opened(try open())
    Thread.detachNewThread { [self] in
      do {
        try run(appender.value, batch: max(1, rate / 10))
      } catch {
        lock.withLock { failure = error }
      }
      done.signal()
    }
  }

  private func open() throws -> RecordAppender<KafkaLog> {
    let topics = [Topic.feedback, .incidents].map { $0.name(prefix: prefix) }
    return try RecordAppender(log, topics: topics, transactionalID: "\(prefix)load")
  }

  /// How many events were sent so far. A batch whose commit failed is not counted, though it may be there.
  public var count: Int { lock.withLock { sent } }

  /// Stops and returns how many events were sent, committed, each of them.
  public func stop() throws -> Int {
    lock.withLock { stopping = true }
    return try finish()
  }

  /// Ends by itself after `limit` events, whatever it began with; one that has sent more ends at once.
  public func end(at limit: Int) { lock.withLock { self.limit = limit } }

  /// Waits for the last event and returns how many were sent.
  public func finish() throws -> Int {
    done.wait()
    // Whoever asks again is answered too.
    done.signal()
    if let failure = lock.withLock({ failure }) { throw failure }
    return lock.withLock { sent }
  }

  private func run(_ first: RecordAppender<KafkaLog>, batch: Int) throws {
    var appender = first
    defer { appender.close() }
    var next = 0
    var failures = 0
    while let limit = lock.withLock({ stopping || next >= limit ? nil : limit }) {
      let until = ContinuousClock.now + .milliseconds(100)
      do {
        let end = min(limit, next + batch)
        for number in next..<end {
          let (topic, key, value) = make(number)
          try appender.append(topic, key: Array(key.utf8), value: Array(value.utf8))
        }
        try appender.commit()
        next = end
        failures = 0
        lock.withLock { sent = next }
      } catch {
        failures += 1
        guard isPersistent, failures < Self.patience else { throw error }
        appender.close()
        appender = try reopened()
      }
      while ContinuousClock.now < until { usleep(2_000) }
    }
  }

  private func reopened() throws -> RecordAppender<KafkaLog> {
    for _ in 1..<Self.patience {
      if let appender = try? open() { return appender }
      usleep(500_000)
    }
    return try open()
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
