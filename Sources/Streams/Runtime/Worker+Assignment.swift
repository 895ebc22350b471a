// Owns how a worker's tasks come and go: rebalances, starts, restores, pauses and positions.
import Kafka

extension Worker {
  // MARK: - Rebalance, inside of a poll

  /// Creates tasks. Nothing is read here: offsets and state come in the loop, never in a callback.
  func assigned(_ partitions: [TopicPartition]) {
    let change = AssignmentChange.assigned(partitions, owned: Set(tasks.map { $0.source }))
    for partition in change.close { close(partition) }
    for partition in change.create {
      guard let topic = role.definition.sources.firstIndex(of: partition.topic), partition.partition >= 0
      else { continue }
      let task = StreamTask(source: partition, topicIndex: topic)
      tasks.append(task)
      hasNewTasks = true
      let slot = Int(partition.partition)
      while table[topic].count <= slot { table[topic].append(nil) }
      table[topic][slot] = task
    }
    // One order on every replica, whatever the order of assignments was.
    tasks.sort { $0.source < $1.source }
    if !partitions.isEmpty { report(.assigned(partitions)) }
  }

  /// The last moment to commit the work of partitions that go; of lost ones nothing may be committed.
  func revoked(_ partitions: [TopicPartition], lost: Bool) {
    let change = AssignmentChange.revoked(partitions, owned: Set(tasks.map { $0.source }))
    if !change.close.isEmpty {
      switch AssignmentChange.transaction(lost: lost, state: transaction) {
      case .none: break
      case .commit: commit()
      case .abort: abort(.assignmentLost)
      }
    }
    for partition in change.close { close(partition) }
    if !partitions.isEmpty { report(lost ? .lost(partitions) : .revoked(partitions)) }
  }

  private func close(_ partition: TopicPartition) {
    guard let index = tasks.firstIndex(where: { $0.source == partition }) else { return }
    let task = tasks.remove(at: index)
    restorer?.cancel(task)
    table[task.topicIndex][Int(partition.partition)] = nil
    touched.removeAll { $0 === task }
    if lastRecord?.task === task { lastRecord = nil }
    task.apply(.close)
  }

  /// An error outside of any call. Whether it ends the worker is decided after the poll.
  func deliveryFailed(_ error: KafkaError) {
    report(.error(error))
    switch error.code.rawValue {
    // _NO_OFFSET: the task itself refuses to start. _AUTO_OFFSET_RESET, OFFSET_OUT_OF_RANGE: one of the tasks.
    case -168: break
    case -140, 1: hasStrayPosition = true
    default:
      if error.errorClass == .fatal || error.errorClass == .fenced { fatal = error }
    }
  }

  /// Stops the tasks whose position the log no longer holds. Nothing is guessed: what was deleted before it was
  /// read is a loss that a person has to see.
  func stopStrays() {
    guard hasStrayPosition else { return }
    do throws(KafkaError) {
      let reader = try log.reader(ReaderConfiguration())
      defer { reader.close() }
      for task in tasks where task.isRunning {
        let bounds = try reader.bounds(of: task.source, .readUncommitted)
        if task.next >= bounds.lowerBound && task.next <= bounds.upperBound { continue }
        stop(
          task,
          "the next offset \(task.next) lies outside of the log, \(bounds.lowerBound) to "
            + "\(bounds.upperBound): records were deleted before they were read; set the offset of group "
            + "\(role.definition.group) by hand to go on")
      }
      // A task that is not running yet is looked at once it is.
      hasStrayPosition = tasks.contains { $0.state == .created || $0.state == .restoring }
    } catch {
      failUnlessRetriable(error)
    }
  }

  // MARK: - Start and restore

  /// Reads the offsets of tasks that were just created, or wiped, or that waited for an epoch.
  func startTasks() {
    guard let outbox, transaction.accepts else { return }
    let waiting = tasks.filter { $0.state == .created }
    if waiting.isEmpty || clock.monotonic() < retryAt { return }
    do throws(KafkaError) {
      // Stable offsets, first of all: whatever is pending on them is over once they are known.
      let found = try outbox.member.committed(waiting.map { $0.source })
      for task in waiting { try start(task, found[task.source]) }
    } catch {
      retryAt = clock.monotonic() &+ 100
      failUnlessRetriable(error)
    }
  }

  private func start(_ task: StreamTask, _ found: CommittedOffset?) throws(KafkaError) {
    // The latest broadcast read counts, adopted or not: it is adopted before the task's first transaction.
    let epoch = role.definition.broadcast == nil ? nil : broadcast?.epoch
    switch TaskStart.decide(
      source: task.source, found: found, role: role.definition, epoch: epoch)
    {
    case .wait: break
    case .refuse(let reason): refuse(task, reason)
    case .start(let header):
      task.begin(at: header, settings: settings, stateful: role.definition.isStateful)
      if let restorer { try restorer.begin(task, now: clock.monotonic()) }
      task.apply(.offsetRead)
      if restorer == nil { run(task) }
    }
  }

  private func refuse(_ task: StreamTask, _ reason: String) {
    task.isDisplaced = true
    if task.apply(.refuse(reason)) { report(.taskRefused(task.source, reason: reason)) }
  }

  private func run(_ task: StreamTask) {
    guard task.apply(.restored) else { return }
    if task.isPaused {
      // Whatever was appended during the restore has not been seen: a seek makes the log say anew where its
      // end is, and until then the task's clock does not run by wall time.
      task.isDisplaced = true
    } else if !task.isDisplaced, let end = task.end, end >= task.next {
      // The end was announced while the task was not running yet, and will not be again.
      task.next = end
      task.clock.reachEnd()
    }
    report(.running(task.source, offset: task.next))
  }

  /// Restores one slice.
  func restore(wait: Int) {
    guard let restorer, !restorer.isIdle else { return }
    do throws(KafkaError) {
      for outcome in try restorer.slice(limit: settings.restoreSlice, milliseconds: min(wait, 5)) {
        switch outcome {
        case .unusable(let task, let reason): refuse(task, reason)
        case .complete(let task, let progress): restored(task, progress)
        }
      }
    } catch {
      failUnlessRetriable(error)
    }
  }

  private func restored(_ task: StreamTask, _ progress: RestoreProgress) {
    task.store?.restored()
    let disagreement = TaskStart.disagreement(
      source: task.source, changelog: role.definition.changelog ?? "", group: task.base,
      restored: progress.header)
    if let disagreement, !settings.plantedBugs.contains(.restoreToLastStableOffset) {
      return isOvertaken(task) ? task.wipe() : refuse(task, disagreement)
    }
    let milliseconds = max(0, clock.monotonic() &- progress.startedAt)
    counters.restores &+= 1
    counters.restoredRecords &+= Int64(progress.records)
    counters.restoreMilliseconds &+= milliseconds
    report(.restored(task.source, records: progress.records, milliseconds: milliseconds))
    run(task)
  }

  /// Whether the group has gone on since this task read its offset: a worker that froze in the middle of a restore has
  /// read what its successor wrote, and the task begins anew instead of asking a person for help.
  private func isOvertaken(_ task: StreamTask) -> Bool {
    guard let outbox else { return false }
    do throws(KafkaError) {
      let found = try outbox.member.committed([task.source])[task.source]
      let header = found.flatMap { try? TaskHeader.parse($0.metadata) }
      // An offset that was placed by hand has no header: transaction 0.
      return found?.offset != task.base.next || header?.transaction ?? 0 != task.base.transaction
    } catch {
      // The next start asks again.
      report(.error(error))
      return error.errorClass == .retriable
    }
  }

  // MARK: - Positions

  /// Seeks tasks whose position is elsewhere, and pauses or resumes what has to be. A failure leaves everything
  /// for the next turn: a displaced task drops what is delivered.
  func align() {
    guard let outbox else { return }
    do throws(KafkaError) {
      if transaction.accepts {
        var offsets: [TopicPartition: Int64] = [:]
        for task in tasks where task.isRunning && task.isDisplaced { offsets[task.source] = task.next }
        if !offsets.isEmpty {
          try outbox.member.seek(offsets)
          for task in tasks where task.isRunning { task.isDisplaced = false }
        }
      }
      // A created task is about to be started or waits; only what has to wait longer is paused, because a
      // pause drops what was fetched ahead (librdkafka#1849).
      let pause = tasks.filter { !$0.isPaused && !$0.isRunning }
      if !pause.isEmpty {
        try outbox.member.pause(pause.map { $0.source })
        for task in pause { task.isPaused = true }
      }
      let resume = tasks.filter { $0.isPaused && $0.isRunning }
      if !resume.isEmpty {
        try outbox.member.resume(resume.map { $0.source })
        for task in resume { task.isPaused = false }
      }
    } catch {
      failUnlessRetriable(error)
    }
  }
}
