// Owns what the service manager is told: systemd's notification protocol, sd_notify(3), over its datagram socket.
import Glibc

/// The service manager that started this process and wants to hear of it.
public struct ServiceManager: Sendable {
  private let path: String
  /// How often it wants a sign of life; nil when it does not.
  public let watchdog: Duration?

  /// Nil where nobody listens: `NOTIFY_SOCKET` is not set.
  public init?(_ environment: [String: String], processID: Int32 = getpid()) {
    guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@") else {
      return nil
    }
    self.path = path
    // WATCHDOG_PID says whom the watchdog is meant for; a child inherits the variables.
    let isMeant = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
    let period = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
    watchdog = isMeant && period > 0 ? .microseconds(period) : nil
  }

  /// Sends these lines. What cannot be sent is lost: the manager's time-outs decide then.
  public func tell(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    // An abstract name begins with a zero, which is written as @.
    if name[0] == UInt8(ascii: "@") { name[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let text = Array(lines.joined(separator: "\n").utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}

/// What there is to tell, from one look at the workers to the next.
public struct ServiceReport: Sendable, Hashable {
  private var hasBegun = false
  private var status = ""

  public init() {}

  /// Started at the first look: the process then runs and says itself what it waits for. A sign of life as long as it
  /// is alive. The status line when it changes.
  public mutating func next(ready: Health, live: Health, watched: Bool) -> [String] {
    var lines: [String] = []
    if !hasBegun { lines.append("READY=1") }
    hasBegun = true
    if watched && live.isGood { lines.append("WATCHDOG=1") }
    if ready.text != status { lines.append("STATUS=\(ready.text)") }
    status = ready.text
    return lines
  }

  /// What is told when the process begins to stop.
  public static let stopping = ["STOPPING=1"]
}
