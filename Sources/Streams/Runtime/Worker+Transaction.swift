// Owns the transaction of a worker as it runs: begin, commit, abort, replace the producer, resolve.
import Kafka

extension Worker {
  /// Takes the transaction to its next state. Every call is legal by construction.
  func move(_ event: TransactionState.Event) {
    guard let next = transaction.next(event) else {
      assertionFailure("illegal transaction event \(event) in \(transaction)")
      return
    }
    transaction = next
  }

  /// Opens a transaction unless one is open. Returns false when that failed.
  func open() -> Bool {
    if transaction == .open { return true }
    guard transaction == .idle, let outbox else { return false }
    outbox.reset()
    do throws(KafkaError) {
      try outbox.member.begin()
      move(.begin)
      openedAt = clock.monotonic()
      times.begin(clock.wall())
      return true
    } catch {
      breakDown(error)
      return false
    }
  }

  @inline(__always)
  func touch(_ task: StreamTask) {
    if task.isTouched { return }
    task.isTouched = true
    touched.append(task)
  }

  // MARK: - Commit

  /// Commits the open transaction: changelogs, one offset for every task it touched, and the commit itself.
  func commit() {
    guard transaction == .open, let outbox else { return }
    if outbox.member.assignmentLost { return abort(.assignmentLost) }
    let start = clock.monotonic()
    commitStartedAt = start
    status.beat(start)
    let records = outbox.records
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for task in touched {
      // Moved or not: without its offset a transaction of timers alone would not be fenced by the group's
      // generation, and a thawed zombie could commit the same timer again.
      if settings.plantedBugs.contains(.timersWithoutOffsets) && task.next == task.base.next {
        task.writeChanges(to: outbox, plan: plan, header: nil, bugs: settings.plantedBugs)
        continue
      }
      let header = task.header(epoch: broadcast?.epoch ?? 0)
      task.writeChanges(to: outbox, plan: plan, header: header, bugs: settings.plantedBugs)
      offsets[task.source] = CommittedOffset(offset: header.next, metadata: header.text)
      task.commitTried(header)
    }
    if let fault = outbox.fault { return abandon(fault) }
    do throws(KafkaError) {
      if !offsets.isEmpty { try send(offsets, outbox) }
    } catch {
      return abort(.log(error))
    }
    move(.commit)
    let outcome = outbox.member.commit()
    let end = clock.monotonic()
    rule.committed(from: start, to: end)
    status.beat(end)
    switch outcome {
    case .committed:
      streak.committed(items: outbox.items)
      count(records: records, milliseconds: max(0, end &- start))
      for task in touched { task.committed(task.pending ?? task.base) }
      touched.removeAll(keepingCapacity: true)
      move(.committed)
    case .mustAbort(let error): abort(.log(error))
    case .unknown(let error):
      report(.error(error))
      breakdown = nil
      isUnknown = true
      move(.breakDown)
    case .fenced(let error), .fatal(let error): breakDown(error)
    }
  }

  /// Retriable means: the same call with the same arguments.
  private func send(
    _ offsets: [TopicPartition: CommittedOffset], _ outbox: Outbox<L.Member>
  ) throws(KafkaError) {
    var tries = 0
    while true {
      do throws(KafkaError) {
        return try outbox.member.sendOffsets(offsets)
      } catch {
        tries += 1
        if error.errorClass != .retriable || tries > 5 { throw error }
        status.beat(clock.monotonic())
      }
    }
  }

  private func count(records: Int, milliseconds: Int64) {
    guard let outbox else { return }
    report(.committed(tasks: touched.count, records: records, milliseconds: milliseconds))
    counters.commitTimes.add(milliseconds)
    times.commit(clock.wall(), into: &counters.decisionTimes)
    counters.records &+= Int64(records)
    counters.timers &+= Int64(outbox.timers)
    for (code, number) in outbox.refusals { counters.deadLettered[code, default: 0] &+= number }
    for (counter, number) in zip(role.definition.counters, outbox.tallies) where number > 0 {
      counters.own[counter, default: 0] &+= number
    }
    for task in touched {
      counters.forwarded &+= task.counters.forwarded &- task.base.counters.forwarded
      counters.journalled &+= task.counters.journalled &- task.base.counters.journalled
    }
  }

  // MARK: - Abort

  /// A changelog record could not be written: the fault of no record in particular, unless it is alone.
  private func abandon(_ fault: OutboxFault) {
    switch fault {
    case .log(let error): abort(.log(error))
    case .task(let failure): stopAll(failure.description)
    case .tooLarge(let bytes, let limit):
      stopAll("a state change of \(bytes) bytes exceeds the limit of \(limit)")
    }
  }

  private func stopAll(_ reason: String) {
    for task in touched { task.stopReason = reason }
    if let first = touched.first { abort(.task(first.source, reason)) } else { abort(.stopped) }
  }

  /// Gives the transaction up. The log is told in `recover`, in the next turn at the latest: this may be
  /// called in the middle of a poll.
  func abort(_ cause: AbortCause) {
    guard transaction == .open || transaction == .committing, let outbox else { return }
    if case .log(let error) = cause {
      if error.errorClass == .fenced || error.errorClass == .fatal { return breakDown(error) }
      blame(error, items: outbox.items)
      retryAt = clock.monotonic() &+ streak.backoff
    }
    counters.aborts[cause.word, default: 0] &+= 1
    report(.aborted(cause))
    move(.abort)
  }

  /// Finds the record or timer whose output the broker refuses again and again.
  private func blame(_ error: KafkaError, items: Int) {
    let spent = clock.monotonic() &- commitStartedAt
    guard streak.aborted(error, items: items, milliseconds: spent) else { return }
    let reason = "its output is refused by the broker: \(error.reason)"
    guard let last = lastRecord else {
      for task in touched { task.stopReason = reason }
      return
    }
    if last.task.poison[last.offset] != nil || plan.deadLetters == nil {
      last.task.halt = (last.offset, reason)
    } else {
      poison(last.task, last.offset, Refusal(code: WorkerRefusal.outputRefused, field: "", reason: reason))
    }
  }

  /// The producer is finished: its transaction is undone by the next one's initialisation.
  func breakDown(_ error: KafkaError) {
    if error.errorClass == .fenced { report(.fenced(error)) } else { report(.error(error)) }
    breakdown = error
    move(.breakDown)
  }

  // MARK: - Recovery

  /// Takes one step back to a transaction that can be opened.
  func recover() {
    if transaction == .aborting { abortNow() }
    if clock.monotonic() < retryAt { return }
    if transaction == .broken { replace() }
    if transaction == .resolving { resolve() }
  }

  func abortNow() {
    guard let outbox else { return }
    do throws(KafkaError) {
      try outbox.member.abort()
      move(.aborted)
    } catch {
      if error.errorClass == .retriable {
        report(.error(error))
      } else {
        breakDown(error)
      }
    }
  }

  /// Replaces the producer. Its initialisation finishes what the old one left pending, so that the group's
  /// offsets then tell for certain what became of it.
  private func replace() {
    guard let outbox else { return }
    let now = clock.monotonic()
    if let cause = breakdown {
      guard let count = budget.take(at: now) else {
        move(.exhausted)
        return fail(
          "the producer was replaced \(settings.recreations) times within "
            + "\(settings.recreationWindow / 1_000) s: \(cause)")
      }
      report(.producerRecreated(count: count))
      counters.recreations &+= 1
      breakdown = nil
    }
    do throws(KafkaError) {
      try outbox.member.initTransactions()
      move(.replaced)
    } catch {
      if error.errorClass == .retriable { report(.error(error)) } else { breakDown(error) }
      retryAt = now &+ 100
    }
  }

  /// Asks the group what is committed, keeps or drops each task's changes accordingly, and goes back there.
  private func resolve() {
    guard let outbox else { return }
    let found: [TopicPartition: CommittedOffset]
    do throws(KafkaError) {
      found = touched.isEmpty ? [:] : try outbox.member.committed(touched.map { $0.source })
    } catch {
      if error.errorClass == .retriable || error.errorClass == .abortable {
        report(.error(error))
        retryAt = clock.monotonic() &+ 100
      } else {
        fail(error.description)
      }
      return
    }
    // What turns out to have committed counts like any other commit; nothing was handled since.
    if isUnknown, !touched.isEmpty, touched.allSatisfy({ resolution($0, found[$0.source]) == .committed }) {
      count(records: outbox.records, milliseconds: max(0, clock.monotonic() &- commitStartedAt))
    }
    for task in touched { resolve(task, found[task.source]) }
    touched.removeAll(keepingCapacity: true)
    isUnknown = false
    outbox.reset()
    move(.resolved)
  }

  private func resolution(_ task: StreamTask, _ committed: CommittedOffset?) -> CommitResolution {
    CommitResolution.decide(
      found: committed.flatMap { try? TaskHeader.parse($0.metadata) }, foundOffset: committed?.offset,
      base: task.base, pending: task.pending, bugs: settings.plantedBugs)
  }

  private func resolve(_ task: StreamTask, _ committed: CommittedOffset?) {
    let bugs = settings.plantedBugs
    let header = committed.flatMap { try? TaskHeader.parse($0.metadata) }
    let resolution = resolution(task, committed)
    if isUnknown || resolution == .foreign { report(.resolved(task.source, resolution)) }
    switch resolution {
    case .committed:
      task.committed(task.pending ?? task.base)
    case .aborted:
      if bugs.contains(.skippedAbort), let pending = task.pending { return task.committed(pending) }
      task.aborted(header ?? task.base, keepState: bugs.contains(.stateOutsideTransaction))
    case .foreign:
      restorer?.cancel(task)
      task.wipe()
    }
    if let reason = task.stopReason {
      task.stopReason = nil
      stop(task, reason)
    }
  }
}
