// Owns the worker threads of one role in one process: start, drain, wait, health, and their watchdog.
import Synchronization

/// Runs a role on N threads.
///
/// ```swift
/// let pool = WorkerPool(log: log, role: role, threads: 2, identity: identity) { print($0) }
/// pool.start()
/// …                         // SIGTERM:
/// pool.drain()              // commits, leaves the group: well below a second
/// let exits = pool.wait()   // .stopped, or .failed(reason)
/// ```
public final class WorkerPool<L: Log, P: Processor>: Sendable {
  private let log: L
  private let role: Role<P>
  private let identity: WorkerIdentity
  private let settings: WorkerSettings
  private let clock: WorkerClock
  private let listener: RuntimeListener
  private let statuses: [WorkerStatus]
  private let threads = Mutex<[OSThread]>([])

  /// - Parameters:
  ///   - threads: Worker threads, at least 1. More than partitions are of no use.
  ///   - listener: Called on the thread where it happens; must be quick.
  public init(
    log: L, role: Role<P>, threads: Int, identity: WorkerIdentity,
    settings: WorkerSettings = WorkerSettings(), clock: WorkerClock = .system,
    listener: @escaping RuntimeListener = { _ in }
  ) {
    self.log = log
    self.role = role
    self.identity = identity
    self.settings = settings
    self.clock = clock
    self.listener = listener
    statuses = (0..<max(1, threads)).map { _ in WorkerStatus() }
  }

  /// Starts the threads, and one more that watches them. A second call does nothing.
  public func start() {
    threads.withLock { threads in
      guard threads.isEmpty else { return }
      for (index, status) in statuses.enumerated() {
        status.beat(clock.monotonic())
        let thread = OSThread.start("\(role.definition.name)-\(index)") { [self] in
          Worker(
            log: log, role: role, identity: identity, index: index, settings: settings, clock: clock,
            status: status, listener: listener
          ).run()
        }
        guard let thread else {
          refused(index)
          continue
        }
        threads.append(thread)
      }
      if let watcher = OSThread.start("watchdog", { [self] in watch() }) { threads.append(watcher) }
    }
  }

  /// Asks every worker to commit, leave its group and stop. Returns at once.
  public func drain() {
    for status in statuses { status.requestDrain() }
  }

  /// Waits until every worker has ended, and says how each of them did.
  public func wait() -> [WorkerState] {
    let all = threads.withLock { $0 }
    // The watchdog is last and ends once the workers have.
    for thread in all { thread.join() }
    return statuses.map { $0.current.state }
  }

  /// What every worker is doing, as published a few times a second.
  public func snapshot() -> [WorkerSnapshot] {
    let now = clock.monotonic()
    return statuses.map { status in
      var snapshot = status.current
      snapshot.silence = max(0, now &- status.lastBeat)
      return snapshot
    }
  }

  /// True when every worker takes part and none of its tasks waits for a person.
  public var isReady: Bool { snapshot().allSatisfy { $0.isReady } }

  /// True when no worker has failed or is stuck: what a liveness probe asks.
  public var isAlive: Bool {
    snapshot().allSatisfy { snapshot in
      if case .failed = snapshot.state { return false }
      return snapshot.state.isFinal || snapshot.silence < settings.stuckAfter
    }
  }

  private func refused(_ index: Int) {
    var snapshot = WorkerSnapshot()
    snapshot.state = .failed("the system refuses another thread")
    statuses[index].publish(snapshot)
    report(index, .state(snapshot.state))
  }

  private func watch() {
    var dogs = statuses.map { _ in Watchdog(limit: settings.stuckAfter) }
    while true {
      var isOver = true
      for (index, status) in statuses.enumerated() where !status.current.state.isFinal {
        isOver = false
        switch dogs[index].look(lastBeat: status.lastBeat, now: clock.monotonic()) {
        case .stuck(let milliseconds): report(index, .stuck(milliseconds: milliseconds))
        case .unstuck: report(index, .unstuck)
        case nil: break
        }
      }
      if isOver { return }
      OSThread.sleep(milliseconds: 20)
    }
  }

  private func report(_ worker: Int, _ event: RuntimeEvent) {
    listener(RuntimeReport(role: role.definition.name, worker: worker, event: event))
  }
}
