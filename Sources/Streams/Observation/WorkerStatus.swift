// Owns what crosses threads between a worker and those who watch it: heartbeat, drain request, snapshot.
import Synchronization

/// The shared face of one worker. The worker's thread writes the heartbeat and the snapshot; any thread
/// reads them and may ask to drain.
public final class WorkerStatus: Sendable {
  private let heartbeat = Atomic<Int64>(0)
  private let drain = Atomic<Bool>(false)
  private let snapshot = Mutex(WorkerSnapshot())

  public init() {}

  /// Asks the worker to commit what it has processed, to leave its group and to stop.
  public func requestDrain() { drain.store(true, ordering: .releasing) }

  var isDrainRequested: Bool { drain.load(ordering: .acquiring) }

  /// The loop turned, at this monotonic time in milliseconds.
  func beat(_ now: Int64) { heartbeat.store(now, ordering: .relaxed) }

  var lastBeat: Int64 { heartbeat.load(ordering: .relaxed) }

  func publish(_ value: WorkerSnapshot) { snapshot.withLock { $0 = value } }

  /// The worker as it was last published.
  public var current: WorkerSnapshot { snapshot.withLock { $0 } }
}
