// Owns the end of a run: everything is healed, progress is demanded, and what is still pending has a reason.
import Kafka
import Streams

extension World {
  /// Runs the scenario to its last turn.
  package func disturb() throws {
    while turn < scenario.turns { try step() }
  }

  /// Ends all disturbances, feeds what is left, and demands that everything gets through: every input committed,
  /// every timer fired.
  ///
  /// - Returns: Why not, if not.
  package func heal() throws -> String? {
    isHealed = true
    for ghost in ghosts { ghost.gate.kill() }
    ghosts = []
    log.recall()
    forgetWhatIsArmed()
    for place in places {
      place.emptyUntil = 0
      place.absence = 0
      place.clock.set(ahead: 0)
    }
    if published == 0 { try publish() }
    // Long enough for every session and transaction that was left behind to end.
    let patience = Int((scenario.shape.sessionTimeout + scenario.shape.transactionTimeout) / 20) + 400
    if let reason = try go(patience, until: { self.pendingInput }) { return reason }
    try feed(scenario.inputs.filter { $0.turn == Input.afterHealing })
    if let reason = try go(400, until: { self.pendingInput }) { return reason }
    // Past every timer. Nobody has polled in the meantime: all of them join again.
    clock.advance(milliseconds: 24 * 3_600_000)
    if let reason = try go(800, until: { self.pendingInput ?? self.pendingTimer }) { return reason }
    // Whatever would still be done twice, is done now.
    for _ in 0..<10 { try step() }
    // A timer that fired meanwhile may have told another role something.
    if workload.isPerpetual, let reason = try go(400, until: { self.pending }) { return reason }
    log.settle()
    if let reason = pending { return reason }
    if workload.isPerpetual { endOpenTransactions() }
    return nil
  }

  /// Lets the transactions that are open time out. There is always one where timers come to no end, and whoever reads what is
  /// committed would not see what another worker committed behind its first record.
  private func endOpenTransactions() {
    clock.advance(milliseconds: scenario.shape.transactionTimeout + 1)
    log.settle()
  }

  /// Lets turns pass until nothing is pending: so many, and as many as restores may take.
  private func go(_ turns: Int, until pending: () -> String?) throws -> String? {
    var done = 0
    while true {
      for _ in 0..<5 { try step() }
      done += 5
      guard let reason = pending() else { return nil }
      // A changelog still grows while what was left is done; one that never stops growing is a fault.
      if done > min(turns + restoring, 30_000) {
        return "\(reason), \(done) turns after everything was healed"
      }
    }
  }

  /// Milliseconds that a turn takes once all is healed.
  static var healedPace: Int64 { 20 }

  /// Turns that a restore may take, one after another one that a rebalance interrupted.
  private var restoring: Int {
    let longest = roles.compactMap(\.definition.changelog).flatMap { log.endOffsets($0) }.max() ?? 0
    return 3 * Int(longest) / max(1, scenario.shape.restoreSlice)
  }

  /// What is not done yet, and why not; nil when nothing is pending.
  package var pending: String? { pendingInput ?? pendingTimer }

  private var pendingInput: String? {
    for role in roles {
      if let reason = pendingInput(role.definition) { return reason }
    }
    return nil
  }

  private func pendingInput(_ role: RoleDefinition) -> String? {
    let offsets = log.groupOffsets(role.group)
    for topic in role.sources {
      for (partition, end) in log.endOffsets(topic).enumerated() {
        let source = TopicPartition(topic: topic, partition: Int32(partition))
        let committed = offsets[source]?.offset ?? 0
        if committed < end, waits(source, from: committed) {
          return "\(source) is committed up to \(committed) of \(end): \(holder(of: source))"
        }
      }
    }
    return nil
  }

  /// Whether something is to be decided from an offset on: marks come to no end, and nothing is decided about them.
  private func waits(_ source: TopicPartition, from offset: Int64) -> Bool {
    let all = log.records(source.topic, .readUncommitted).filter { $0.partition == source.partition }
    guard let last = all.last, last.isMark else { return true }
    return all.contains { $0.offset >= offset && !$0.isMark }
  }

  private var pendingTimer: String? {
    for role in roles {
      if let reason = pendingTimer(role.definition) { return reason }
    }
    return nil
  }

  private func pendingTimer(_ role: RoleDefinition) -> String? {
    guard let changelog = role.changelog else { return nil }
    if workload.isPerpetual {
      if let source = idleSource(role) { return "nobody runs \(source): \(holder(of: source))" }
      for worker in places.compactMap({ $0.life?.worker }) {
        // What has become due since the last turn has its turn yet.
        if let due = worker.firstTimer, due &+ Self.healedPace <= clock.now {
          return "a timer is due since \(clock.now - due) ms"
        }
      }
      return nil
    }
    // What a worker knows of is cheaper to ask for than what the log holds.
    for worker in places.compactMap({ $0.life?.worker }) {
      if let task = worker.snapshot.tasks.first(where: { $0.timers > 0 }) {
        return "timers of \(task.source) have not fired: \(holder(of: task.source))"
      }
    }
    for (partition, entries) in log.compacted(changelog) {
      guard
        let timer = entries.keys.filter({ $0.first == ChangelogKey.timer }).min(by: {
          $0.lexicographicallyPrecedes($1)
        })
      else { continue }
      let name = String(decoding: timer.dropFirst(), as: UTF8.self)
      let source = TopicPartition(topic: role.sources[0], partition: partition)
      return "timer \(name) of \(source) has not fired: \(holder(of: source))"
    }
    return nil
  }

  /// A partition of a role with timers whose task nobody runs yet: what is due there nobody knows.
  private func idleSource(_ role: RoleDefinition) -> TopicPartition? {
    var running: Set<TopicPartition> = []
    for worker in places.compactMap({ $0.life?.worker }) {
      running.formUnion(worker.snapshot.tasks.filter { $0.state == .running }.map(\.source))
    }
    for topic in role.sources {
      for partition in log.endOffsets(topic).indices {
        let source = TopicPartition(topic: topic, partition: Int32(partition))
        if !running.contains(source) { return source }
      }
    }
    return nil
  }

  /// Who has a partition, and what it is doing.
  private func holder(of source: TopicPartition) -> String {
    var states: [String] = []
    for (index, place) in places.enumerated() {
      guard let worker = place.life?.worker else {
        states.append("worker \(index) is gone")
        continue
      }
      let snapshot = worker.snapshot
      if let task = snapshot.tasks.first(where: { $0.source == source }) {
        return "worker \(index) has it, \(task.state) from \(task.committed), \(task.timers) timers"
      }
      states.append("worker \(index) is \(snapshot.state)")
    }
    return "nobody has it; " + states.joined(separator: ", ")
  }
}

/// The first byte of a changelog's keys, as the runtime writes them.
enum ChangelogKey {
  static let entry: UInt8 = 1
  static let header: UInt8 = 0
  static let timer: UInt8 = 2
}

extension MemoryLog {
  /// What compaction would leave of a topic: the last value of each key, by partition; deleted keys are absent.
  func compacted(_ topic: String) -> [(partition: Int32, entries: [[UInt8]: [UInt8]])] {
    var tables: [Int32: [[UInt8]: [UInt8]]] = [:]
    for record in records(topic) { tables[record.partition, default: [:]][record.key ?? []] = record.value }
    return tables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
