// Owns what the process does about its workers: it logs what happens, drains when one has failed, and ends when
// one is stuck.
import Console
import Foundation
import Roles
import Streams
import Synchronization

/// Listens to every worker of the process.
final class Supervisor: Sendable {
  private let log: RunLog
  private let stop: StopRequest
  /// Workers that are stuck now.
  private let stuck = Mutex<Set<String>>([])

  /// A process that was frozen as a whole looks stuck for a moment when it wakes; only one that stays so ends.
  static let patience = 5.0

  init(_ log: RunLog, _ stop: StopRequest) {
    self.log = log
    self.stop = stop
  }

  func take(_ report: RuntimeReport) {
    log.line(.worker(report))
    let name = "\(report.role)-\(report.worker)"
    switch report.event {
    case .state(.failed):
      // The others would carry on with less; whoever restarts the process brings all of them back.
      stop.request()
    case .stuck:
      stuck.withLock { _ = $0.insert(name) }
      Thread.detachNewThread { [self] in
        Thread.sleep(forTimeInterval: Self.patience)
        guard stuck.withLock({ $0.contains(name) }) else { return }
        log.line(.note("\(name) is stuck: ending the process, so that its partitions go to others"))
        _exit(ExitCode.software.rawValue)
      }
    case .unstuck:
      stuck.withLock { _ = $0.remove(name) }
    default: break
    }
  }
}
