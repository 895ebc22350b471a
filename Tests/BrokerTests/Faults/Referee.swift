// Owns the verdict after a fault: every input exactly once in signals or dead letters, by its coordinates.
import Foundation
import Kafka
import Roles
import Streams

/// Reads what is committed and matches it with what went in.
struct Referee {
  let log: KafkaLog
  let prefix: String

  /// Where an input stands.
  struct Cause: Hashable, CustomStringConvertible {
    var topic: String
    var partition: String
    var offset: String
    var description: String { "\(topic)-\(partition)@\(offset)" }
  }

  /// What was found.
  struct Finding {
    var inputs: Set<Cause> = []
    var decisions: [Cause: Int] = [:]
    var signals = 0
    var deadLetters = 0

    var lost: [Cause] { inputs.filter { decisions[$0] == nil } }
    var doubled: [Cause] { decisions.filter { $0.value > 1 }.map(\.key) }
    var invented: [Cause] { decisions.keys.filter { !inputs.contains($0) } }
  }

  func count() throws -> Finding {
    var finding = Finding()
    let scan = RecordScan(log)
    try scan.read(RoleName.intake.sources.map { $0.name(prefix: prefix) }) { record in
      finding.inputs.insert(
        Cause(
          topic: record.partition.topic, partition: String(record.partition.partition),
          offset: String(record.offset)))
      return true
    }
    let outputs = [Topic.signals, .deadLetters].map { $0.name(prefix: prefix) }
    try scan.read(outputs) { record in
      let cause = Cause(
        topic: record.header("cause-topic") ?? "?", partition: record.header("cause-partition") ?? "?",
        offset: record.header("cause-offset") ?? "?")
      finding.decisions[cause, default: 0] += 1
      if record.partition.topic == outputs[0] { finding.signals += 1 } else { finding.deadLetters += 1 }
      return true
    }
    return finding
  }

  /// Counts until every input has a decision, for at most `seconds`.
  func settle(seconds: Int) throws -> Finding {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      let finding = try count()
      if finding.lost.isEmpty || ContinuousClock.now > end { return finding }
      usleep(300_000)
    }
  }
}
