// Owns mutual exclusion with waiting: one lock, one condition, and the state they protect.
import Glibc

/// A state that one thread at a time may touch, and that others can wait on.
///
/// `@unchecked Sendable`: `state` is private and reached only between lock and unlock of `mutex`.
final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func withLock<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Wakes every thread that waits.
  func wake() { pthread_cond_broadcast(condition) }

  /// Waits until `ready` holds or the time has passed, whichever is first.
  func wait(milliseconds: Int64, until ready: (State) -> Bool) {
    guard milliseconds > 0 else { return }
    var limit = timespec()
    clock_gettime(CLOCK_MONOTONIC, &limit)
    let nanoseconds = Int64(limit.tv_nsec) &+ (milliseconds % 1000) &* 1_000_000
    limit.tv_sec += Int(clamping: milliseconds / 1000 &+ nanoseconds / 1_000_000_000)
    limit.tv_nsec = Int(clamping: nanoseconds % 1_000_000_000)
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !ready(state) {
      if pthread_cond_timedwait(condition, mutex, &limit) != 0 { return }
    }
  }
}
