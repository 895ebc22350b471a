// Owns the verdict after faults: every input exactly once in signals or dead letters, by its coordinates.
import Foundation
import Kafka
import Roles
import Streams

/// Reads what is committed and matches it with what went in.
public struct Referee {
  private let log: KafkaLog
  private let prefix: String
  private let inputs: [String]

  public init(log: KafkaLog, prefix: String) {
    self.log = log
    self.prefix = prefix
    inputs = RoleName.intake.sources.map { $0.name(prefix: prefix) }
  }

  /// Where an input stands.
  public struct Cause: Hashable, Sendable, CustomStringConvertible {
    public var topic: String
    public var partition: Int32
    public var offset: Int64
    public var description: String { "\(topic)-\(partition)@\(offset)" }
  }

  /// What was found.
  public struct Finding: Sendable {
    public fileprivate(set) var inputs: Set<Cause> = []
    public fileprivate(set) var decisions: [Cause: Int] = [:]
    public fileprivate(set) var signals = 0
    public fileprivate(set) var deadLetters = 0
    /// Decisions whose headers name no input at all.
    public fileprivate(set) var nameless = 0

    public var lost: [Cause] { inputs.filter { decisions[$0] == nil } }
    public var doubled: [Cause] { decisions.filter { $0.value > 1 }.map(\.key) }
    public var invented: [Cause] { decisions.keys.filter { !inputs.contains($0) } }
    public var isClean: Bool { lost.isEmpty && doubled.isEmpty && invented.isEmpty && nameless == 0 }
  }

  /// Reads everything that is committed.
  public func count() throws -> Finding {
    var finding = Finding()
    let scan = RecordScan(log)
    try scan.read(inputs) { record in
      finding.inputs.insert(
        Cause(
          topic: record.partition.topic, partition: record.partition.partition, offset: record.offset))
      return true
    }
    let outputs = [Topic.signals, .deadLetters].map { $0.name(prefix: prefix) }
    try scan.read(outputs) { record in
      if Self.isMessage(record) { return true }
      if record.partition.topic == outputs[0] { finding.signals += 1 } else { finding.deadLetters += 1 }
      if let cause = Cause(record) {
        finding.decisions[cause, default: 0] += 1
      } else {
        finding.nameless += 1
      }
      return true
    }
    return finding
  }

  /// What roles tell each other on `signals` decides about no input.
  private static func isMessage(_ record: ScannedRecord) -> Bool {
    [RoleName.casework, .delegation].map(\.eventSource).contains(record.header("ce_source"))
      || record.isMark
  }

  /// Counts until every input has a decision, for at most `seconds`.
  public func settle(seconds: Int) throws -> Finding {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      let finding = try count()
      if finding.lost.isEmpty || ContinuousClock.now > end { return finding }
      usleep(300_000)
    }
  }
}

extension Referee.Cause {
  /// The input that a signal or a dead letter was decided for, by its headers.
  public init?(_ record: ScannedRecord) {
    guard let topic = record.header("cause-topic"),
      let partition = record.header("cause-partition").flatMap({ Int32($0) }),
      let offset = record.header("cause-offset").flatMap({ Int64($0) })
    else { return nil }
    self.init(topic: topic, partition: partition, offset: offset)
  }
}
