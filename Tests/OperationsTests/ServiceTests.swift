// Owns what systemd is told, and that it arrives.
import Glibc
import Streams
import Testing

@testable import Operations

@Suite(.serialized) struct ServiceTests {
  private let good = Health(isGood: true, text: "ready")
  private let bad = Health(isGood: false, text: "intake-0 waits for a policy")

  @Test func theProcessHasStartedAtTheFirstLookAndSaysWhatItWaitsFor() {
    var report = ServiceReport()
    #expect(
      report.next(ready: bad, live: good, watched: false) == [
        "READY=1", "STATUS=intake-0 waits for a policy",
      ])
    #expect(report.next(ready: bad, live: good, watched: false) == [])
    #expect(report.next(ready: good, live: good, watched: false) == ["STATUS=ready"])
  }

  @Test func signsOfLifeEndWithLife() {
    var report = ServiceReport()
    _ = report.next(ready: good, live: good, watched: true)
    #expect(report.next(ready: good, live: good, watched: true) == ["WATCHDOG=1"])
    #expect(report.next(ready: bad, live: good, watched: true).first == "WATCHDOG=1")
    #expect(report.next(ready: bad, live: bad, watched: true) == [])
  }

  @Test func nobodyListensWithoutASocket() {
    #expect(ServiceManager([:]) == nil)
    #expect(ServiceManager(["NOTIFY_SOCKET": ""]) == nil)
    #expect(ServiceManager(["NOTIFY_SOCKET": "relative"]) == nil)
  }

  @Test func theWatchdogIsForTheProcessItNames() {
    let environment = ["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"]
    #expect(ServiceManager(environment, processID: 7)?.watchdog == .seconds(30))
    #expect(ServiceManager(environment, processID: 8)?.watchdog == nil)
    #expect(ServiceManager(["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "x"])?.watchdog == nil)
  }

  @Test(arguments: ["/tmp/answerable-notify-\(getpid())", "@answerable-notify-\(getpid())"])
  func whatIsToldArrives(_ name: String) throws {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(name.replacing("@", with: "\0").utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sa_family_t>.size + bytes.count))
      }
    }
    try #require(bound == 0)
    defer { unlink(name) }
    try #require(ServiceManager(["NOTIFY_SOCKET": name])).tell(["READY=1", "STATUS=ready"])
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = recv(socket, &buffer, buffer.count, 0)
    try #require(count > 0)
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == "READY=1\nSTATUS=ready")
  }

  @Test func aManagerThatIsGoneHarmsNobody() {
    ServiceManager(["NOTIFY_SOCKET": "/tmp/no/such/socket"])?.tell(["READY=1"])
    ServiceManager(["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 300)])?.tell(["READY=1"])
    #expect(ServiceManager(["NOTIFY_SOCKET": "/tmp/no/such/socket"]) != nil)
  }
}
