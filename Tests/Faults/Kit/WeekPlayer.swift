// Owns playing waves of events into a deployment: each wave is committed, and decided, before the next one begins.
import Foundation
import Kafka
import Roles
import Streams

package struct WeekPlayer: Sendable {
  let log: KafkaLog
  let prefix: String
  let follower: DecisionFollower

  package init(log: KafkaLog, prefix: String, follower: DecisionFollower) {
    self.log = log
    self.prefix = prefix
    self.follower = follower
  }

  /// How long a wave may take, with everything that goes wrong meanwhile.
  private static let patience = Duration.seconds(120)

  /// Plays and returns once everything is decided.
  package func play(_ waves: [[SampleWeek.Event]]) throws {
    let topics = RoleName.intake.sources
    let appender = try RecordAppender(
      log, topics: topics.map { $0.name(prefix: prefix) }, transactionalID: "\(prefix)week")
    defer { appender.close() }
    for (number, wave) in waves.enumerated() {
      for event in wave {
        guard let topic = topics.firstIndex(of: event.topic) else { continue }
        try appender.append(topic, key: event.key, value: event.value)
      }
      try appender.commit()
      let end = ContinuousClock.now + Self.patience
      let ids = wave.map(\.id)
      while !follower.isSettled(ids) {
        guard ContinuousClock.now < end else {
          throw WeekFailure("\(prefix): wave \(number + 1) of \(waves.count) is not decided: \(ids)")
        }
        usleep(20_000)
      }
    }
  }
}
