// Owns work on a thread of its own that somebody waits for: what it throws is thrown there.
import Foundation

/// Begins at once. What it is given is used by no other thread until it has ended.
package final class Errand: @unchecked Sendable {
  // Unchecked: `failure` and `hasEnded` are read and written under `lock`; the body is called once.
  private let lock = NSLock()
  private let done = DispatchSemaphore(value: 0)
  private var failure: (any Error)?
  private var hasEnded = false

  package init(_ body: @escaping @Sendable () throws -> Void) {
    Thread.detachNewThread { [self] in
      do {
        try body()
      } catch {
        lock.withLock { failure = error }
      }
      lock.withLock { hasEnded = true }
      done.signal()
    }
  }

  package var isDone: Bool { lock.withLock { hasEnded } }

  /// Waits for its end, once.
  package func wait() throws {
    done.wait()
    if let failure = lock.withLock({ failure }) { throw failure }
  }
}
