// Owns what this process takes of its machine, read from /proc.
import Glibc

/// Memory, processor time and files of a process.
public struct ProcessUsage: Sendable, Hashable {
  /// Processor time of all threads, user and system, in seconds.
  public var cpuSeconds = 0.0
  /// In seconds since 1970.
  public var startTime = 0.0
  public var residentBytes: Int64 = 0
  public var virtualBytes: Int64 = 0
  public var threads: Int64 = 0
  public var openFiles: Int64 = 0
  public var openFilesLimit: Int64 = 0

  public init() {}

  /// This process now; nil where there is no /proc.
  public static func current() -> ProcessUsage? {
    guard let stat = read("/proc/self/stat") else { return nil }
    var usage = ProcessUsage(
      stat: stat, bootTime: bootTime, ticks: Double(max(1, sysconf(Int32(_SC_CLK_TCK)))),
      page: Int64(sysconf(Int32(_SC_PAGESIZE))))
    usage?.openFiles = count("/proc/self/fd")
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      usage?.openFilesLimit = Int64(clamping: limit.rlim_cur)
    }
    return usage
  }

  /// - Parameters:
  ///   - stat: `/proc/PID/stat`, described in proc(5).
  ///   - bootTime: When the machine started, in seconds since 1970.
  init?(stat: String, bootTime: Double, ticks: Double, page: Int64) {
    // The second field is the name in parentheses, which may hold spaces and parentheses of its own.
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(separator: " ").map { Double($0) }
    // Field 3 is the first after the name.
    func field(_ number: Int) -> Double? { fields.indices.contains(number - 3) ? fields[number - 3] : nil }
    guard let user = field(14), let kernel = field(15), let threads = field(20), let start = field(22),
      let size = field(23), let pages = field(24)
    else { return nil }
    cpuSeconds = (user + kernel) / ticks
    startTime = bootTime + start / ticks
    virtualBytes = Int64(exactly: size) ?? 0
    residentBytes = (Int64(exactly: pages) ?? 0) &* page
    self.threads = Int64(exactly: threads) ?? 0
  }

  /// Looked at once, so that what is counted from it does not move with the clock. `/proc/stat` has it as well, but is
  /// hidden from a process that may see only itself.
  private static let bootTime: Double = {
    func seconds(_ clock: clockid_t) -> Double {
      var time = timespec()
      clock_gettime(clock, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return seconds(CLOCK_REALTIME) - seconds(CLOCK_BOOTTIME)
  }()

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return count == 0 ? String(decoding: text, as: UTF8.self) : nil }
      text += chunk[..<count]
    }
  }

  private static func count(_ folder: String) -> Int64 {
    guard let handle = opendir(folder) else { return 0 }
    defer { closedir(handle) }
    // Itself, its parent, and the file that reads it are not among those open.
    var count: Int64 = -3
    while readdir(handle) != nil { count += 1 }
    return max(0, count)
  }
}
