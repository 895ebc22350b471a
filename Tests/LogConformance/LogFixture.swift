// Owns what the conformance suite needs of the log it is run against, and how it reports a violation.
import Kafka
import Streams

/// One form of the log under test, and the hands to prepare it with.
public protocol LogFixture: Sendable {
  associatedtype Subject: Log

  var log: Subject { get }
  /// A name nobody else has: several checks share a broker.
  func unique(_ stem: String) -> String
  /// Creates a topic under a unique name and returns the name. A compacted one is cleaned as soon as the log can.
  func createTopic(_ stem: String, partitions: Int32, compacted: Bool) throws -> String
  /// Commits where a group without members starts.
  func start(group: String, at offsets: [TopicPartition: Int64]) throws
  /// Does what it takes for a compacted topic to be cleaned soon; a check then waits for it.
  func compact(_ topic: String) throws

  /// Milliseconds of the log's time.
  var now: Int64 { get }
  /// Lets the log's time pass: sleeps, or moves its clock.
  func pass(milliseconds: Int64)
  /// How long one poll may wait, in milliseconds.
  var pollWait: Int { get }
  /// After how long without a call a member has certainly been expelled, in milliseconds.
  var expulsion: Int64 { get }
}

/// A promise of the contract that a log did not keep.
public struct Violation: Error, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// One guarantee of the contract. Its description is a sentence.
public struct LogCheck<Fixture: LogFixture>: Sendable, CustomStringConvertible {
  public let description: String
  private let body: @Sendable (Stage<Fixture>) throws -> Void

  init(_ description: String, _ body: @escaping @Sendable (Stage<Fixture>) throws -> Void) {
    self.description = description
    self.body = body
  }

  /// Runs it on the calling thread, which makes every call.
  ///
  /// - Throws: `Violation`, or the `KafkaError` of a call that should not have failed.
  public func run(_ fixture: Fixture) throws { try body(Stage(fixture: fixture)) }
}

extension LogCheck {
  /// Every guarantee of the contract.
  public static var all: [LogCheck] {
    consuming + records + transactions + offsets + fencing + groups + handovers + readers
  }
}
