// Owns how the snapshots of workers become samples.
import Kafka
import Streams

extension MetricsText {
  /// Writes the metrics of all workers.
  ///
  /// - Parameters:
  ///   - workers: By role, in the order of their indexes.
  ///   - reasons: Reason codes each role can give. Written as 0 until they happen: a counter that appears with a 1
  ///     has no rate.
  mutating func write(workers: [String: [WorkerSnapshot]], reasons: [String: [String]]) {
    let all = workers.sorted { $0.key < $1.key }.flatMap { role, snapshots in
      snapshots.enumerated().map { Labelled(role: role, labels: [role, String($0.offset)], now: $0.element) }
    }
    writeDecisions(all, reasons)
    writeTransactions(all)
    writeStates(all)
    writePartitions(all)
  }

  private struct Labelled {
    let role: String
    let labels: [String]
    let now: WorkerSnapshot
    var counters: WorkerCounters { now.counters }
  }

  private mutating func writeDecisions(_ all: [Labelled], _ reasons: [String: [String]]) {
    write(.records, all.map { Sample($0.labels, $0.counters.records) })
    write(.forwarded, all.map { Sample($0.labels, $0.counters.forwarded) })
    write(
      .deadLetters,
      all.flatMap { worker in
        Self.split(worker.labels, worker.counters.deadLettered, known: reasons[worker.role] ?? [])
      })
    write(.journalled, all.map { Sample($0.labels, $0.counters.journalled) })
    write(.timers, all.map { Sample($0.labels, $0.counters.timers) })
    write(
      .lateness,
      all.map { Sample($0.labels, .seconds($0.now.tasks.map(\.lateness).max() ?? 0)) })
    writeOwn(.decisions, "decision", all)
    writeOwn(.escalations, "escalation", all)
    writeOwn(.answers, "answer", all)
    writeOwn(.approvals, "approval", all)
    writeOwn(.marks, "mark", all)
    writeGauge(.openCases, "open-cases", all) { .integer($0.reduce(0, &+)) }
    writeGauge(.evidenceBehind, "evidence-behind", all) { .seconds($0.max() ?? 0) }
    write(.decisionTimes, all.map { ($0.labels, $0.counters.decisionTimes) })
  }

  /// What a role counts beside what every role does, by word.
  private mutating func writeOwn(_ metric: Metric, _ name: String, _ all: [Labelled]) {
    write(
      metric,
      all.flatMap { worker in
        worker.counters.own.filter { $0.key.name == name }.sorted { $0.key.word < $1.key.word }
          .map { Sample(worker.labels + [$0.key.word], $0.value) }
      })
  }

  /// What a role says of its state: one value of those of all tasks, absent where no task says any.
  private mutating func writeGauge(
    _ metric: Metric, _ name: String, _ all: [Labelled], _ joined: ([Int64]) -> MetricValue
  ) {
    write(
      metric,
      all.compactMap { worker in
        let values = worker.now.tasks.compactMap { $0.gauges[RoleGauge(name)] }
        return values.isEmpty ? nil : Sample(worker.labels, joined(values))
      })
  }

  private mutating func writeTransactions(_ all: [Labelled]) {
    write(.commitTimes, all.map { ($0.labels, $0.counters.commitTimes) })
    write(.aborts, all.flatMap { Self.split($0.labels, $0.counters.aborts, known: AbortCause.words) })
    write(
      .errors,
      all.flatMap { worker in
        Self.errorClasses.map { Sample(worker.labels + ["\($0)"], worker.counters.errors[$0] ?? 0) }
      })
    write(.replacements, all.map { Sample($0.labels, $0.counters.recreations) })
    write(.restores, all.map { Sample($0.labels, $0.counters.restores) })
    write(.restoredRecords, all.map { Sample($0.labels, $0.counters.restoredRecords) })
    write(.restoreSeconds, all.map { Sample($0.labels, .seconds($0.counters.restoreMilliseconds)) })
  }

  private mutating func writeStates(_ all: [Labelled]) {
    write(.epoch, all.compactMap { worker in worker.now.epoch.map { Sample(worker.labels, $0) } })
    write(
      .state,
      all.flatMap { worker in
        WorkerState.words.map { Sample(worker.labels + [$0], .flag($0 == worker.now.state.word)) }
      })
    write(.silence, all.map { Sample($0.labels, .seconds($0.now.silence)) })
    write(
      .tasks,
      all.flatMap { worker in
        TaskState.words.map { word in
          Sample(worker.labels + [word], Int64(worker.now.tasks.count { $0.state.word == word }))
        }
      })
    func sums(_ value: (TaskSnapshot) -> Int) -> [Sample] {
      all.map { Sample($0.labels, $0.now.tasks.reduce(0) { $0 &+ Int64(value($1)) }) }
    }
    write(.entries, sums(\.entries))
    write(.timersSet, sums(\.timers))
    write(.stateBytes, sums(\.stateBytes))
  }

  private mutating func writePartitions(_ all: [Labelled]) {
    // No worker among the labels: a partition that moves to another one stays the same series.
    let tasks = all.flatMap { worker in worker.now.tasks.map { (role: worker.role, task: $0) } }
      .sorted { ($0.role, $0.task.source) < ($1.role, $1.task.source) }
    func labels(_ role: String, _ task: TaskSnapshot) -> [String] {
      [role, task.source.topic, String(task.source.partition)]
    }
    write(.lag, tasks.compactMap { role, task in task.lag.map { Sample(labels(role, task), $0) } })
    write(
      .committed,
      tasks.compactMap { role, task in
        task.committed >= 0 ? Sample(labels(role, task), task.committed) : nil
      })
  }

  private static let errorClasses: [ErrorClass] = [.retriable, .abortable, .fenced, .fatal]

  /// Counts by a word: those that are known at 0, and any other that occurred.
  private static func split(_ labels: [String], _ counts: [String: Int64], known: [String]) -> [Sample] {
    Set(known).union(counts.keys).sorted().map { Sample(labels + [$0], counts[$0] ?? 0) }
  }
}

extension WorkerState {
  static let words = ["starting", "waiting", "running", "draining", "stopped", "failed"]
  var word: String {
    switch self {
    case .starting: "starting"
    case .waiting: "waiting"
    case .running: "running"
    case .draining: "draining"
    case .stopped: "stopped"
    case .failed: "failed"
    }
  }
}

extension TaskState {
  /// A closed task belongs to nobody any more.
  static let words = ["created", "restoring", "running", "failed", "refused"]
  var word: String {
    switch self {
    case .created: "created"
    case .restoring: "restoring"
    case .running: "running"
    case .failed: "failed"
    case .refused: "refused"
    case .closed: "closed"
    }
  }
}
