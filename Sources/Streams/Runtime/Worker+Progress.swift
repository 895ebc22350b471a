// Owns telling progress: in a transaction of its own or in the open one, with the offsets of every task it speaks of.
import Kafka

extension Worker {
  /// Lets the processor tell how far its tasks have read, once an interval. What it tells commits with the outputs of
  /// everything before, or never happened; an abort leaves it to the next interval.
  func tellProgress() {
    guard let rule = role.definition.progress, let broadcast, let outbox, !tasks.isEmpty else { return }
    let now = clock.monotonic()
    guard now >= progressAt, transaction.accepts, polledAt > .min else { return }
    let told = tasks.filter { $0.isRunning && !$0.isDisplaced && $0.halt == nil }
    guard !told.isEmpty, open() else { return }
    progressAt = now &+ rule.interval
    // An offset for each: a member that has lost one of them can no longer speak of it.
    for task in told { touch(task) }
    lastRecord = nil
    let wall = polledAt &- rule.allowance
    let progress = told.map { task in
      SourceProgress(
        source: task.source, topicIndex: task.topicIndex,
        through: task.clock.isAtEnd ? max(task.clock.now, wall) : task.clock.now)
    }
    var context = OutboxProgress(
      outbox: outbox, now: polledAt, epoch: broadcast.epoch, partitions: outputPartitions)
    processor.tell(progress, broadcast.value, &context)
    switch outbox.fault {
    case nil: break
    case .log(let error): abort(.log(error))
    case .task(let failure): fail(failure.description)
    case .tooLarge(let bytes, let limit): fail("a mark of progress of \(bytes) bytes exceeds \(limit)")
    }
  }
}
