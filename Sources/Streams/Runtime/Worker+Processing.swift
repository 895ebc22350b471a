// Owns the handling of one record and of due timers: the path every record takes.
import Kafka

/// What a member delivers, handed to the worker.
struct WorkerEvents<L: Log, P: Processor>: MemberEvents {
  let worker: Worker<L, P>

  mutating func record(_ record: RecordView) { worker.handle(record) }
  mutating func endReached(_ partition: TopicPartition, offset: Int64) {
    worker.reachEnd(partition, offset)
  }
  mutating func assigned(_ partitions: [TopicPartition]) { worker.assigned(partitions) }
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {
    worker.revoked(partitions, lost: lost)
  }
  mutating func failed(_ error: KafkaError) { worker.deliveryFailed(error) }
}

extension Worker {
  @inline(__always)
  private func task(_ topic: Int, _ partition: Int32) -> StreamTask? {
    guard topic < table.count, partition >= 0, Int(partition) < table[topic].count else { return nil }
    return table[topic][Int(partition)]
  }

  /// The worker's one context.
  @inline(__always)
  private func context(_ task: StreamTask, _ outbox: Outbox<L.Member>) -> RecordContext<L.Member> {
    if let context, context.outbox === outbox { return context }
    let made = RecordContext(task, outbox: outbox, plan: plan, letters: letters)
    context = made
    return made
  }

  func handle(_ record: RecordView) {
    guard let task = task(record.topicIndex, record.partition) else { return }
    guard transaction.accepts, task.isRunning, !task.isDisplaced, state == .running else {
      // It will be delivered again, after a seek.
      task.isDisplaced = true
      return
    }
    if record.offset < task.next { return }
    if let halt = task.halt, record.offset >= halt.offset { return stop(task, halt.reason) }
    guard makeRoom() else {
      task.isDisplaced = true
      return
    }
    task.clock.record(record.timestamp)
    // What is due by this record's time fires before it, however transactions happen to be cut; only a flood of
    // timers lets records pass.
    guard task.isFlooded || fireDue(task), open(), let outbox, let broadcast else {
      task.isDisplaced = true
      return
    }
    touch(task)
    lastRecord = (task, record.offset)
    var context = context(task, outbox)
    context.begin(task, epoch: broadcast.epoch, record)
    if !task.poison.isEmpty, let refusal = task.poison[record.offset] {
      context.deadLetter(refusal)
    } else {
      do throws(TaskFailure) {
        try processor.process(record, broadcast.value, &context)
      } catch {
        outbox.fail(error)
      }
    }
    if outbox.fault != nil {
      // The log's position is beyond this record already, even where the task's is not.
      task.isDisplaced = true
      return undo(task, record.offset)
    }
    task.next = record.offset &+ 1
    if context.isPassedOver {
      outbox.passedOver &+= 1
      return
    }
    outbox.records &+= 1
    task.counters.records &+= 1
    if context.hasSent { task.counters.forwarded &+= 1 }
    if context.isRefused { task.counters.deadLettered &+= 1 }
    times.add(record.timestamp)
  }

  /// Fires every timer of the task that is due by its clock, as many as this turn has left: a task that has more is
  /// flooded until they are drained. Returns false when the worker cannot go on with this transaction, or has been
  /// asked to stop.
  func fireDue(_ task: StreamTask) -> Bool {
    guard let timers = task.timers else { return true }
    while let due = timers.firstDue, due <= task.clock.now {
      if turnTimers >= settings.timersPerTurn {
        task.isFlooded = true
        return true
      }
      if status.isDrainRequested { return false }
      guard makeRoom(), open(), let outbox, let broadcast else { return false }
      touch(task)
      lastRecord = nil
      guard let due = timers.pop(at: task.clock.now, into: &timerKey) else { return true }
      var context = context(task, outbox)
      context.begin(task, epoch: broadcast.epoch, nil)
      if keepsSetting(task, timers, due) {
        outbox.fail(TaskFailure("timers keep setting timers that are due already"))
      } else {
        do throws(TaskFailure) {
          try withTimerKey { key throws(TaskFailure) in
            try processor.fire(timer: key, due: due, broadcast.value, &context)
          }
        } catch {
          outbox.fail(error)
        }
      }
      if outbox.fault != nil {
        undo(task, nil)
        return false
      }
      outbox.timers &+= 1
      turnTimers &+= 1
    }
    if task.streak.left >= 0 { task.streak.left = -1 }
    if task.isFlooded { task.isFlooded = false }
    return true
  }

  /// Whether timers set timers that are due already, again and again: such a chain would never end. A long sleep leaves
  /// some steps to each timer; that is none.
  private func keepsSetting(_ task: StreamTask, _ timers: TimerQueue, _ due: Int64) -> Bool {
    if task.streak.left < 0 {
      task.streak = (
        task.clock.now, (timers.count &+ 1) &* 64 &+ max(settings.timersPerTransaction, 1_000)
      )
    }
    // What becomes due as time goes on is no sign of it.
    if due <= task.streak.clock { task.streak.left &-= 1 }
    return task.streak.left == 0
  }

  /// The key of the timer at hand, copied: the processor may change the queue.
  private func withTimerKey(_ body: (UnsafeRawBufferPointer) throws(TaskFailure) -> Void) throws(TaskFailure)
  {
    let key = timerKey
    var failure: TaskFailure?
    key.withUnsafeBytes { bytes in
      do throws(TaskFailure) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Commits a transaction that is full before anything more goes into it. Returns false when that failed.
  private func makeRoom() -> Bool {
    guard transaction == .open, let outbox else { return transaction.accepts }
    if outbox.bytes >= settings.commitBytes || outbox.timers >= settings.timersPerTransaction
      || (streak.isSearching && outbox.items > 0)
    {
      commit()
    }
    return transaction.accepts
  }

  /// The record or timer at hand hit a fault: the whole transaction is undone, and what is at fault is
  /// remembered for when it comes again.
  private func undo(_ task: StreamTask, _ offset: Int64?) {
    guard let fault = outbox?.fault else { return }
    switch fault {
    case .log(let error):
      abort(.log(error))
    case .task(let failure):
      if let offset {
        task.halt = (offset, failure.description)
      } else {
        task.stopReason = failure.description
      }
      abort(.task(task.source, failure.description))
    case .tooLarge(let bytes, let limit):
      undoTooLarge(task, offset, "an output of \(bytes) bytes exceeds the limit of \(limit)")
    }
  }

  private func undoTooLarge(_ task: StreamTask, _ offset: Int64?, _ reason: String) {
    guard let offset, task.poison[offset] == nil, plan.deadLetters != nil else {
      if let offset { task.halt = (offset, reason) } else { task.stopReason = reason }
      return abort(.task(task.source, reason))
    }
    poison(task, offset, Refusal(code: WorkerRefusal.outputTooLarge, field: "", reason: reason))
    abort(.poison(task.source))
  }

  func poison(_ task: StreamTask, _ offset: Int64, _ refusal: Refusal) {
    task.poison[offset] = refusal
    report(.poisoned(task.source, offset: offset, code: refusal.code))
  }

  /// Stops one task; the others go on.
  func stop(_ task: StreamTask, _ reason: String) {
    task.isDisplaced = true
    if task.apply(.stop(reason)) { report(.taskFailed(task.source, reason: reason)) }
  }

  func reachEnd(_ partition: TopicPartition, _ offset: Int64) {
    guard let task = tasks.first(where: { $0.source == partition }) else { return }
    task.end = offset
    guard task.isRunning, !task.isDisplaced, offset >= task.next, task.halt == nil else { return }
    // Only control records lie between.
    task.next = offset
    task.clock.reachEnd()
  }
}
