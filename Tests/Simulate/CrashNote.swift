// Owns the last words of a process that traps: which seeds were at hand.
import Foundation
import Synchronization

/// A trap in the runtime ends the process before anybody can say where. This says it: the seeds that were running.
enum CrashNote {
  static let places = 256
  /// The seed of each thread plus one, 0 for none. A signal's handler may read atomics and write, and not much else.
  private static let seeds: [Cell] = (0..<places).map { _ in Cell() }

  private final class Cell: Sendable { let seed = Atomic<UInt64>(0) }

  static func install() {
    _ = seeds
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS] {
      signal(number) { number in
        CrashNote.write("\nA trap. Seeds at hand:")
        for cell in CrashNote.seeds {
          let seed = cell.seed.load(ordering: .relaxed)
          if seed > 0 { CrashNote.write(seed &- 1) }
        }
        CrashNote.write(". Repeat them with --threads 1 --seed SEED.\n")
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  static func begin(_ seed: UInt64, thread: Int) {
    seeds[thread % places].seed.store(seed &+ 1, ordering: .relaxed)
  }
  static func end(thread: Int) { seeds[thread % places].seed.store(0, ordering: .relaxed) }

  private static func write(_ text: StaticString) {
    _ = Glibc.write(2, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func write(_ number: UInt64) {
    withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { digits in
      var at = digits.count
      var rest = number
      repeat {
        at -= 1
        digits[at] = UInt8(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
      } while rest > 0
      at -= 1
      digits[at] = 32
      _ = Glibc.write(2, digits.baseAddress.map { $0 + at }, digits.count - at)
    }
  }
}
