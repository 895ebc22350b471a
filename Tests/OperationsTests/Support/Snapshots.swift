// Owns worker snapshots as tests need them: by hand, and at random under a seed.
import Kafka
import Streams

extension WorkerSnapshot {
  static func of(
    _ state: WorkerState, tasks: [TaskSnapshot] = [], silence: Int64 = 0,
    _ change: (inout WorkerCounters) -> Void = { _ in }
  ) -> WorkerSnapshot {
    var snapshot = WorkerSnapshot()
    snapshot.state = state
    snapshot.tasks = tasks
    snapshot.silence = silence
    change(&snapshot.counters)
    return snapshot
  }
}

extension TaskSnapshot {
  static func of(
    _ topic: String, _ partition: Int32, _ state: TaskState = .running, committed: Int64 = 0, lag: Int64? = 0,
    gauges: [RoleGauge: Int64] = [:]
  ) -> TaskSnapshot {
    TaskSnapshot(
      source: TopicPartition(topic: topic, partition: partition), state: state, committed: committed,
      lag: lag,
      gauges: gauges)
  }
}

extension SeededRandom {
  /// A text with many characters that need care.
  mutating func text() -> String {
    let pieces = [
      "a", "\\", "\"", "\n", "n", "\\n", "{", "}", ",", "=", " ", "é", "漢", "\r", "\t", "#", "🙂", "\u{0}",
    ]
    return (0..<Int.random(in: 0...12, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }
      .joined()
  }

  mutating func snapshot() -> WorkerSnapshot {
    var snapshot = WorkerSnapshot()
    snapshot.state =
      [.starting, .waiting, .running, .running, .draining, .stopped, .failed(text())]
      .randomElement(using: &self) ?? .running
    snapshot.epoch = Bool.random(using: &self) ? Int64.random(in: 0...9, using: &self) : nil
    snapshot.tasks = (0..<Int32.random(in: 0...4, using: &self)).map { partition in
      let state: TaskState =
        [.created, .restoring, .running, .running, .failed(text()), .refused(text())]
        .randomElement(using: &self) ?? .running
      return TaskSnapshot(
        source: TopicPartition(topic: text(), partition: partition), state: state,
        committed: Int64.random(in: -1...1_000, using: &self),
        lag: Bool.random(using: &self) ? Int64.random(in: 0...99, using: &self) : nil,
        entries: 3, timers: 2, stateBytes: 4_096)
    }
    snapshot.counters.records = Int64.random(in: 0...1_000_000, using: &self)
    snapshot.counters.forwarded = Int64.random(in: 0...1_000_000, using: &self)
    for _ in 0..<3 {
      snapshot.counters.deadLettered[text()] = Int64.random(in: 1...9, using: &self)
      snapshot.counters.aborts[text()] = Int64.random(in: 1...9, using: &self)
      snapshot.counters.decisionTimes.add(Int64.random(in: 0...400_000, using: &self))
      snapshot.counters.commitTimes.add(Int64.random(in: 0...400, using: &self))
    }
    return snapshot
  }
}
