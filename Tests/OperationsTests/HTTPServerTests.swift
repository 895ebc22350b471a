// Owns the guarantees of the server towards clients that behave, and towards those that do not.
import Glibc
import Streams
import Synchronization
import Testing

@testable import Operations

@Suite(.serialized) struct HTTPServerTests {
  /// Any port, on loopback.
  private static let anywhere = ListenAddress(host: "127.0.0.1", port: 0)

  /// Workers that a test changes while they are served.
  private final class Stage: Sendable {
    private let state = Mutex<[String: [WorkerSnapshot]]>(["intake": [.of(.running)]])
    var workers: [String: [WorkerSnapshot]] { state.withLock { $0 } }
    func show(_ workers: WorkerSnapshot...) { state.withLock { $0 = ["intake": workers] } }
  }

  private func serving(
    _ limits: HTTPServer.Limits = HTTPServer.Limits(), _ body: (HTTPServer, Stage) throws -> Void
  ) throws {
    let stage = Stage()
    let pages = OperationsPages(.init(version: "1", stuckAfter: 60_000) { stage.workers })
    let server = try HTTPServer(Self.anywhere, limits: limits) { pages.answer($0) }
    defer { server.stop() }
    try body(server, stage)
  }

  @Test func eachPageIsServedAtItsPath() throws {
    try serving { server, _ in
      #expect(server.address.port != 0)
      for (path, body) in [("/live", "live\n"), ("/ready", "ready\n")] {
        let answer = try HTTPProbe.get(path, at: server.address)
        #expect(answer.status == 200)
        #expect(answer.body == body)
      }
      let metrics = try HTTPProbe.get("/metrics", at: server.address)
      #expect(metrics.status == 200)
      #expect(Exposition(metrics.body).mistakes == [])
      #expect(try HTTPProbe.get("/ready?verbose=1", at: server.address).status == 200)
    }
  }

  @Test func otherPathsAndMethodsAreRefusedAndSayWhatThereIs() throws {
    try serving { server, _ in
      for path in ["/", "/metrics/", "/METRICS", "/../etc/passwd", "/%2e%2e/metrics"] {
        let answer = try HTTPProbe.get(path, at: server.address)
        #expect(answer.status == 404, "\(path)")
        #expect(answer.body == "there are /metrics, /live and /ready\n")
      }
      for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let client = try RawClient(port: server.address.port)
        client.send("\(method) /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = client.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 405 "), "\(method)")
        #expect(answer.contains("\r\nAllow: GET, HEAD\r\n"))
      }
    }
  }

  @Test func aHeadRequestGetsTheHeadOfItsPage() throws {
    try serving { server, _ in
      let client = try RawClient(port: server.address.port)
      client.send("HEAD /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      let answer = client.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
      #expect(answer.contains("\r\nContent-Length: 5\r\n"))
      #expect(answer.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func aConnectionServesOneRequestAfterTheOther() throws {
    try serving { server, _ in
      let client = try RawClient(port: server.address.port)
      client.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\nGET /ready HTTP/1.1\r\nHost: x\r\n\r\n")
      client.send("GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(client.readToEnd().components(of: "HTTP/1.1 200 ") == 3)
    }
  }

  @Test func readinessFlipsWhenAWorkerFailsOrWaitsAndBackAgain() throws {
    try serving { server, stage in
      stage.show(.of(.running), .of(.waiting))
      var answer = try HTTPProbe.get("/ready", at: server.address)
      #expect(answer.status == 503)
      #expect(answer.body.hasPrefix("intake-1 waits for a policy"))
      #expect(try HTTPProbe.get("/live", at: server.address).status == 200)
      stage.show(.of(.failed("fenced")), .of(.running))
      answer = try HTTPProbe.get("/ready", at: server.address)
      #expect(answer.status == 503)
      #expect(answer.body == "intake-0 failed: fenced\n")
      #expect(try HTTPProbe.get("/live", at: server.address).status == 503)
      stage.show(.of(.running), .of(.running))
      #expect(try HTTPProbe.get("/ready", at: server.address).status == 200)
    }
  }

  @Test func aSlowClientHoldsUpNobody() throws {
    try serving { server, _ in
      let slow = try (0..<8).map { _ in try RawClient(port: server.address.port) }
      for client in slow { client.send("GET /metr") }
      // It asks for everything and reads nothing.
      let deaf = try RawClient(port: server.address.port)
      for _ in 0..<50 { deaf.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n") }
      for _ in 0..<20 { #expect(try HTTPProbe.get("/live", at: server.address).status == 200) }
      for client in slow {
        client.send("ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(client.status() == 200)
      }
    }
  }

  @Test func aClientThatSaysNothingIsSentAway() throws {
    var limits = HTTPServer.Limits()
    limits.idleSeconds = 1
    try serving(limits) { server, _ in
      let client = try RawClient(port: server.address.port)
      client.send("GET /live HTTP/1.1\r\n")
      #expect(!client.readToEnd().hasPrefix("HTTP/1.1 200"), "it ends at all, and without a page")
    }
  }

  @Test func noAddressTakesAllConnections() throws {
    var limits = HTTPServer.Limits()
    limits.connectionsPerAddress = 3
    try serving(limits) { server, _ in
      let held = try (0..<3).map { _ in try RawClient(port: server.address.port) }
      for client in held {
        client.send("GET /live HTTP/1.1\r\nHost: x\r\n")
      }
      // Connected by the system, closed by the server.
      let fourth = try RawClient(port: server.address.port)
      #expect(fourth.readToEnd() == "")
      for client in held {
        client.send("Connection: close\r\n\r\n")
        #expect(client.status() == 200)
      }
    }
  }

  @Test(arguments: [
    "GARBAGE\r\n\r\n", "GET /live\r\n\r\n", "GET /live HTTP/1.1\r\n\r\n", "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /live HTTP/9.9\r\nHost: x\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
    "GET /live HTTP/1.1\r\nno colon\r\n\r\n",
  ])
  func aRequestThatIsNotHTTPGetsNoPageAndHarmsNobody(_ request: String) throws {
    var limits = HTTPServer.Limits()
    limits.idleSeconds = 1
    try serving(limits) { server, _ in
      let client = try RawClient(port: server.address.port)
      client.send(request)
      client.shutdownWriting()
      let status = client.status()
      #expect(status != 200, "\(String(describing: status))")
      #expect(try HTTPProbe.get("/live", at: server.address).status == 200)
    }
  }

  @Test func aHugeRequestIsRefused() throws {
    try serving { server, _ in
      let path = try RawClient(port: server.address.port)
      path.send("GET /\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect([nil, 413, 414, 431, 400].contains(path.status()))
      let headers = try RawClient(port: server.address.port)
      headers.send("GET /live HTTP/1.1\r\nHost: x\r\n")
      for number in 0..<10_000 {
        guard headers.send("X-\(number): \(String(repeating: "b", count: 100))\r\n") else { break }
      }
      headers.send("\r\n")
      #expect([nil, 413, 431, 400].contains(headers.status()))
      #expect(try HTTPProbe.get("/live", at: server.address).status == 200)
    }
  }

  @Test func aBodyIsRefusedUnread() throws {
    try serving { server, _ in
      let get = try RawClient(port: server.address.port)
      get.send("GET /live HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\nabc")
      #expect(get.status() == 413)
      let post = try RawClient(port: server.address.port)
      post.send("POST /live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
      #expect(post.status() == 405)
    }
  }

  @Test func aPortThatIsTakenIsSaidSo() throws {
    try serving { server, _ in
      let error = #expect(throws: ListenError.self) {
        _ = try HTTPServer(server.address) { _ in HTTPResponse(200, "") }
      }
      #expect(error?.reason == .taken)
      #expect(error?.description == "\(server.address): the port is taken: another process listens there")
    }
  }

  @Test func aHostThatIsNotKnownIsSaidSo() {
    let error = #expect(throws: ListenError.self) {
      _ = try HTTPServer(ListenAddress(host: "no-such-host.invalid", port: 0)) { _ in HTTPResponse(200, "") }
    }
    #expect(error?.reason == .other)
    #expect(error?.description.hasPrefix("no-such-host.invalid:0: the host is not known") == true)
  }

  @Test func aStoppedServerAnswersNobodyAndFreesItsPort() throws {
    var address = Self.anywhere
    try serving { server, _ in address = server.address }
    #expect(throws: ListenError.self) { try HTTPProbe.get("/live", at: address, milliseconds: 500) }
    let next = try HTTPServer(address) { _ in HTTPResponse(200, "again") }
    #expect(try HTTPProbe.get("/", at: address).body == "again")
    next.stop()
    next.stop()
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
