// Owns the turn of a worker's loop: follow, recover, restore, poll, fire, commit.
import Kafka

extension Worker {
  /// One turn of a running worker:
  ///
  /// 1. follow the broadcast;
  /// 2. recover from an abort or a broken producer, adopt a new value between transactions, and put every position
  ///    right;
  /// 3. start tasks: read their offsets, restore one slice of their state;
  /// 4. poll: records are processed inside the poll, while their memory is borrowed;
  /// 5. fire timers of tasks at the end of their log or flooded with them, tell progress, and commit when the rule says so.
  func turn(wait: Int) {
    let now = clock.monotonic()
    turnTimers = 0
    if now >= followAt {
      followAt = now &+ settings.followInterval
      guard follow(wait: 0) else { return }
    }
    if !transaction.accepts { recover() }
    if state.isFinal { return }
    // After a recovery too: what was read meanwhile decides the first transaction after it.
    if transaction == .idle || settings.plantedBugs.contains(.broadcastSwitchedMidTransaction) { adopt() }
    startTasks()
    restore(wait: wait)
    stopStrays()
    align()
    poll(wait: wait)
    if state.isFinal { return }
    if transaction.accepts { fireAtEnd(wall: polledAt) }
    if transaction.accepts { tellProgress() }
    if transaction == .open, case .commit = decision() { commit() }
    if transaction == .idle { commitGaps() }
  }

  /// Reads the broadcast topic. Returns false when the worker had to halt.
  func follow(wait: Int) -> Bool {
    do throws(FollowerError) {
      try follower?.follow(milliseconds: wait)
      return true
    } catch {
      if case .log(let cause) = error, cause.errorClass == .retriable {
        report(.error(cause))
        return true
      }
      fail(error.reason)
      return false
    }
  }

  /// The latest broadcast decides from the next transaction on: one transaction, one epoch.
  func adopt() {
    guard let latest = follower?.latest, latest.epoch != broadcast?.epoch else { return }
    broadcast = (latest.value, latest.epoch)
    report(.broadcast(epoch: latest.epoch))
  }

  /// When the open transaction should be committed.
  private func decision() -> CommitRule.Decision {
    if let outbox, outbox.timers >= settings.timersPerTransaction { return .commit }
    if streak.isSearching { return .commit }
    return rule.decide(
      opened: openedAt, produced: outbox?.bytes ?? 0, drained: isDrained, now: clock.monotonic())
  }

  private func poll(wait: Int) {
    guard let outbox else { return }
    var milliseconds = wait
    if wait > 0 {
      if transaction == .open, case .wait(let left) = decision() {
        // Once the last poll came back empty, the rest of the wait for the commit is spent here.
        milliseconds = isDrained ? min(wait, Int(clamping: max(1, left))) : 0
      }
      if transaction == .open, case .commit = decision() { milliseconds = 0 }
      if restorer?.isIdle == false || !transaction.accepts { milliseconds = min(milliseconds, 1) }
      if let due = nextTimer() { milliseconds = min(milliseconds, Int(clamping: max(0, due))) }
    }
    var events = WorkerEvents(worker: self)
    let wall = clock.wall()
    let allowance = role.definition.progress?.allowance ?? 0
    // Who stood still has fetched nothing meanwhile: an empty queue says something only once there was time to fill it,
    // and of one long gap between two polls, before which nobody may have polled at all, only a little counts.
    if polledAt == .min || wall < polledAt || wall &- polledAt > allowance {
      polledFor = 0
    } else {
      polledFor = min(allowance, polledFor &+ min(wall &- polledAt, max(1, allowance / 8)))
    }
    polledAt = wall
    let count = outbox.member.poll(
      milliseconds: milliseconds, limit: settings.pollLimit, &events)
    isDrained = count == 0
    leftSome = count >= settings.pollLimit
    if count < settings.pollLimit, polledFor >= allowance { drainedAt = wall }
    if let fatal { fail(fatal.description) }
  }

  /// Milliseconds until the first timer of a task at the end of its log; nil when there is none.
  private func nextTimer() -> Int64? {
    if !transaction.accepts { return nil }
    var first: Int64?
    for task in tasks where task.isRunning && (task.clock.isAtEnd || task.isFlooded) {
      if let due = task.timers?.firstDue { first = min(first ?? .max, due) }
    }
    return first.map { $0.subtractingReportingOverflow(clock.wall()).partialValue }
  }

  /// When the first timer of any running task is due, milliseconds since 1970; nil when there is none. Only on the
  /// worker's own thread: for who moves its clock by hand.
  public var firstTimer: Int64? {
    var first: Int64?
    for task in tasks where task.isRunning {
      if let due = task.timers?.firstDue { first = min(first ?? .max, due) }
    }
    return first
  }

  /// Fires what is due by wall time, in tasks that have nothing left to read. That time is the one before the poll that
  /// found nothing left: a worker that froze after it knows nothing of the time since, and a record that moves a
  /// timer may have come. In a task that is flooded, what is due by its clock, wherever it is in its log.
  ///
  /// A poll that gave as many records as it may has left others for the next one. Those of a task whose log is known to go
  /// on were there before its timers were due, so its clock waits for them; who has none waits for nobody.
  func fireAtEnd(wall: Int64) {
    let first = firstToFire < tasks.count ? firstToFire : 0
    firstToFire = 0
    for offset in tasks.indices {
      let index = (first &+ offset) % tasks.count
      let task = tasks[index]
      guard task.isRunning, !task.isDisplaced, task.clock.isAtEnd || task.isFlooded else { continue }
      if !leftSome || !isBehind(task, wall: wall) { task.clock.tick(wall: wall) }
      guard fireDue(task) else { return }
      if task.isFlooded && firstToFire == 0 { firstToFire = (index &+ 1) % tasks.count }
    }
  }

  /// Whether records of a task are known to wait while one of its timers is due.
  private func isBehind(_ task: StreamTask, wall: Int64) -> Bool {
    guard let due = task.timers?.firstDue, due <= wall, let member = outbox?.member,
      let end = member.knownEnd(of: task.source)
    else { return false }
    return end > task.next
  }

  /// Commits positions that only control records lie behind, so that an idle partition shows no lag.
  private func commitGaps() {
    let now = clock.monotonic()
    for task in tasks where task.isRunning && task.next > task.base.next {
      guard let since = task.gapSince else {
        task.gapSince = now
        continue
      }
      if now &- since >= settings.gapInterval && open() { touch(task) }
    }
    if transaction == .open { commit() }
  }
}
