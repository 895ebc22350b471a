// Owns what the system says about this process and thread: processor time and peak memory.
import Foundation

enum ProcessFigures {
  /// User and system time of the whole process, microseconds.
  static var cpuMicroseconds: Int64 {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return (Int64(usage.ru_utime.tv_sec) + Int64(usage.ru_stime.tv_sec)) * 1_000_000
      + Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec)
  }

  /// User and system time of another process, microseconds; 0 when there is none.
  static func cpuMicroseconds(of process: Int32) -> Int64 {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    // The name, in parentheses, may contain anything.
    let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Int64(fields[12]), let system = Int64(fields[13]) else { return 0 }
    return (user + system) * 1_000_000 / Int64(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }

  /// The largest resident set of this program image, bytes. Not `ru_maxrss`, which a child inherits from the
  /// process that forked it.
  static var peakBytes: Int64 { memory("VmHWM:") }
  /// What is resident now, bytes.
  static var heldBytes: Int64 { memory("VmRSS:") }

  private static func memory(_ name: String) -> Int64 {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in status.split(separator: "\n") where line.hasPrefix(name) {
      return (line.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0) * 1024
    }
    return 0
  }

  /// Processor time of this thread, nanoseconds: what others do on the machine counts less than by the clock.
  static var threadNanoseconds: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }
  static var monotonicMicroseconds: Int64 { read(CLOCK_MONOTONIC) / 1000 }
  /// Since 1970.
  static var wallMicroseconds: Int64 { read(CLOCK_REALTIME) / 1000 }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
