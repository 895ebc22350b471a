// Owns operating system threads: librdkafka's calls block, so they stay off the cooperative pool.
import Glibc
import Synchronization

/// A thread of the operating system that runs one body and can be waited for.
public final class OSThread: Sendable {
  private let done = Atomic<Bool>(false)
  private let lock = Mutex<pthread_t?>(nil)

  /// Starts a thread. The name is cut to 15 bytes, which is what Linux shows.
  ///
  /// - Returns: Nil when the system refuses another thread.
  public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> OSThread? {
    let thread = OSThread()
    let box = Box(name: name, thread: thread, body: body)
    var id = pthread_t()
    let code = pthread_create(
      &id, nil,
      { context in
        // Retained just below, for exactly this thread.
        let box = Unmanaged<Box>.fromOpaque(context.unsafelyUnwrapped).takeRetainedValue()
        OSThread.setName(box.name)
        box.body()
        box.thread.done.store(true, ordering: .releasing)
        return nil
      }, Unmanaged.passRetained(box).toOpaque())
    if code != 0 {
      Unmanaged.passUnretained(box).release()
      return nil
    }
    thread.lock.withLock { $0 = id }
    return thread
  }

  /// True once the body has returned.
  public var isDone: Bool { done.load(ordering: .acquiring) }

  /// Waits for the body to return. The first call joins the thread; others wait until it is done.
  public func join() {
    let id = lock.withLock { id -> pthread_t? in
      defer { id = nil }
      return id
    }
    if let id {
      pthread_join(id, nil)
    } else {
      while !isDone { OSThread.sleep(milliseconds: 1) }
    }
  }

  public static func sleep(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
    nanosleep(&time, nil)
  }

  /// Through /proc, because Swift sees neither `prctl` (variadic) nor `pthread_setname_np` (a GNU extension).
  private static func setName(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    if file < 0 { return }
    let bytes = Array(name.utf8.prefix(15))
    // A name that cannot be set is only missing in listings.
    _ = write(file, bytes, bytes.count)
    _ = close(file)
  }

  private final class Box {
    let name: String
    let thread: OSThread
    let body: @Sendable () -> Void

    init(name: String, thread: OSThread, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.thread = thread
      self.body = body
    }
  }
}
