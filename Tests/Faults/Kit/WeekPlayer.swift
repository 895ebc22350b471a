// Owns playing waves of events into a deployment: each wave is committed, and decided, before the next one begins.
import Foundation
import Kafka
import Roles
import Streams

package struct WeekPlayer: Sendable {
  let log: KafkaLog
  let prefix: String
  /// What ids of events begin with that others send meanwhile.
  let others: [String]

  package init(log: KafkaLog, prefix: String, others: [String]) {
    self.log = log
    self.prefix = prefix
    self.others = others
  }

  /// How long a wave may take, with everything that goes wrong meanwhile, in seconds.
  private static let patience = 180

  /// Plays and returns once everything is decided that was played.
  package func play(_ waves: [[SampleWeek.Event]]) throws {
    let topics = RoleName.intake.sources
    let appender = try RecordAppender(
      log, topics: topics.map { $0.name(prefix: prefix) }, transactionalID: "\(prefix)week")
    defer { appender.close() }
    let follower = try DecisionFollower(log: log, prefix: prefix, others: others)
    defer { follower.close() }
    for (number, wave) in waves.enumerated() {
      for event in wave {
        guard let topic = topics.firstIndex(of: event.topic) else { continue }
        try appender.append(topic, key: event.key, value: event.value)
      }
      try appender.commit()
      if let missing = try follower.settle(wave.map(\.id), seconds: Self.patience) {
        throw WeekFailure("\(prefix): wave \(number + 1) of \(waves.count) is not decided: \(missing)")
      }
    }
  }

  /// Waits until whatever came in is decided.
  package func settle(seconds: Int) throws {
    let follower = try DecisionFollower(log: log, prefix: prefix, others: others)
    defer { follower.close() }
    let lost = try Referee(log: log, prefix: prefix).settle(seconds: seconds).lost
    guard lost.isEmpty else { throw WeekFailure("\(prefix): no decision about \(lost.prefix(5))") }
    if let missing = try follower.settle([], everything: true, seconds: seconds) {
      throw WeekFailure("\(prefix): not everything is decided: \(missing)")
    }
  }
}
