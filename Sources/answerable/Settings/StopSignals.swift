// Owns SIGTERM and SIGINT: waited for on one thread, a second one ends the process at once.
import Console
import Foundation
import Synchronization

/// Signals that ask the process to stop.
enum StopSignals {
  private static let requested = Atomic<Bool>(false)

  /// Whether somebody asked to stop.
  static var isRequested: Bool { requested.load(ordering: .acquiring) }

  /// Calls `stop` on a thread of its own at the first signal; the second ends the process. Call before any other
  /// thread is made: the signals stay blocked on all of them, so that none is interrupted in the middle of a call.
  static func listen(_ stop: @escaping @Sendable (_ name: String) -> Void) {
    var set = Self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
    Thread.detachNewThread {
      while true {
        var set = Self.set
        var number: Int32 = 0
        guard sigwait(&set, &number) == 0 else { return }
        if requested.exchange(true, ordering: .acquiringAndReleasing) {
          _exit(ExitCode.interrupted.rawValue)
        }
        stop(number == SIGTERM ? "SIGTERM" : "SIGINT")
      }
    }
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    return set
  }
}
