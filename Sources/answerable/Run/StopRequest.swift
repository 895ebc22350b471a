// Owns the one wish to stop that signals and failures share.
import Dispatch

/// Set once; waited for by the thread that drains.
final class StopRequest: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func request() { semaphore.signal() }
  /// Blocks until somebody asked.
  func wait() { semaphore.wait() }
}
