// Owns telling progress: in a transaction of its own or in the open one, with the offsets of every task it speaks of.
import Kafka

extension Worker {
  /// Lets the processor tell how far its tasks have read, once an interval. What it tells commits with the outputs of
  /// everything before, or never happened; an abort leaves it to the next interval.
  func tellProgress() {
    guard let rule = role.definition.progress, let broadcast, let outbox, !tasks.isEmpty else { return }
    let now = clock.monotonic()
    guard now >= progressAt || isNewlyDrained, transaction.accepts, polledAt > .min else { return }
    let told = tasks.filter {
      $0.isRunning && !$0.isDisplaced && $0.halt == nil
        && ($0.clock.read > .min || $0.clock.isAtEnd && drainedAt > .min)
    }
    guard !told.isEmpty, open() else { return }
    progressAt = now &+ rule.interval
    if isNewlyDrained { hasNewTasks = false }
    // An offset for each: a member that has lost one of them can no longer speak of it.
    for task in told { touch(task) }
    lastRecord = nil
    // Not by the task's clock: that is wall time also where a record waits behind those of other partitions.
    let isAhead = settings.plantedBugs.contains(.progressAhead)
    let progress = told.map { task in
      let read = isAhead ? polledAt : max(task.clock.read, task.clock.isAtEnd ? drainedAt : .min)
      return SourceProgress(
        source: task.source, topicIndex: task.topicIndex, through: read &- (isAhead ? 0 : rule.allowance))
    }
    var context = OutboxProgress(
      outbox: outbox, now: polledAt, epoch: broadcast.epoch, partitions: outputPartitions,
      sourcePartitions: sourcePartitions)
    processor.tell(progress, broadcast.value, &context)
    switch outbox.fault {
    case nil: break
    case .log(let error): abort(.log(error))
    case .task(let failure): fail(failure.description)
    case .tooLarge(let bytes, let limit): fail("a mark of progress of \(bytes) bytes exceeds \(limit)")
    }
  }

  /// Everything has been read for the first time since tasks were assigned: that is told without waiting.
  private var isNewlyDrained: Bool {
    hasNewTasks && drainedAt == polledAt
      && tasks.allSatisfy { $0.isRunning && !$0.isDisplaced && $0.clock.isAtEnd }
  }
}
