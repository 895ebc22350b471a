// Owns the thread that tells the service manager how the process is, where one wants to know.
import Dispatch
import Foundation
import Operations
import Streams

/// Tells systemd until it is stopped; does nothing where nobody listens.
final class ServiceReporter: Sendable {
  private let manager: ServiceManager?
  private let ended = DispatchSemaphore(value: 0)

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    manager = ServiceManager(environment)
  }

  /// - Parameter workers: By role.
  func start(stuckAfter: Int64, workers: @escaping @Sendable () -> [String: [WorkerSnapshot]]) {
    guard let manager else { return }
    // Twice as often as is asked for, as sd_watchdog_enabled(3) advises.
    let pause = min(1_000, (manager.watchdog?.milliseconds ?? 2_000) / 2)
    Thread.detachNewThread { [self] in
      var report = ServiceReport()
      repeat {
        let now = workers()
        manager.tell(
          report.next(
            ready: .ready(now, stuckAfter: stuckAfter), live: .live(now, stuckAfter: stuckAfter),
            watched: manager.watchdog != nil))
      } while ended.wait(timeout: .now() + .milliseconds(Int(max(10, pause)))) == .timedOut
    }
  }

  /// The process begins to stop; signs of life go on.
  func stopping() { manager?.tell(ServiceReport.stopping) }
  func stop() { ended.signal() }
}
