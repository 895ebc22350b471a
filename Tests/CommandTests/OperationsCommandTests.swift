// Owns the guarantees of `health` and `metrics`, and of `--listen` wherever it is written.
import Console
import Operations
import Testing

@testable import answerable

@Suite(.serialized) struct OperationsCommandTests {
  private struct Ended {
    var code: ExitCode
    var out: String
    var err: String
  }

  private func run(_ words: String..., environment: [String: String] = [:]) -> Ended {
    let terminal = Terminal(out: .memory(width: 100), err: .memory(width: 100))
    let code = Application(root: Program.root, environment: environment).run(words, terminal)
    return Ended(code: code, out: terminal.out.text, err: terminal.err.text)
  }

  /// A process whose pages say this.
  private func serving<R>(_ status: Int, _ body: String, _ use: (ListenAddress) throws -> R) throws -> R {
    let server = try HTTPServer(ListenAddress(host: "127.0.0.1", port: 0)) { request in
      HTTPResponse(request.path == "/ready" ? status : 200, request.path == "/ready" ? body : "live\n")
    }
    defer { server.stop() }
    return try use(server.address)
  }

  @Test func healthSaysWhatThePageSaysAndEndsAsItAnswers() throws {
    try serving(200, "ready\n") { address in
      let yes = run("health", "--listen", "\(address)")
      #expect(yes.code == .success)
      #expect(yes.out == "ready\n")
    }
    try serving(503, "intake-0 waits for a policy\n") { address in
      let no = run("health", environment: ["ANSWERABLE_LISTEN": "\(address)"])
      #expect(no.code == .negative)
      #expect(no.out == "intake-0 waits for a policy\n")
      #expect(run("health", "live", "--listen", "\(address)").code == .success)
    }
  }

  @Test func healthReachesAProcessThatListensEverywhere() throws {
    try serving(200, "ready\n") { address in
      #expect(run("health", "--listen", "0.0.0.0:\(address.port)").code == .success)
    }
  }

  @Test func healthOfNobodyIsUnavailable() throws {
    let gone = try serving(200, "ready\n") { $0 }
    let ended = run("health", "--listen", "\(gone)")
    #expect(ended.code == .unavailable)
    #expect(ended.err.contains("\(gone): cannot be reached: Connection refused"))
    #expect(run("health", "--listen", "off").code == .usage)
  }

  @Test func whatAProcessSaysCannotSteerTheTerminal() throws {
    try serving(503, "\u{1B}[31mred\u{7}\n") { address in
      let ended = run("health", "--listen", "\(address)")
      #expect(!ended.out.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test(arguments: ["9464", "localhost", "localhost:http", "on", ""])
  func anAddressThatIsNoneIsRefusedWithWhatWouldBeOne(_ text: String) {
    let ended = run("run", "--listen", text)
    #expect(ended.code == .usage)
    #expect(ended.err.contains("--listen"))
    if !text.isEmpty {
      #expect(
        ended.err.contains("neither off nor HOST:PORT, like 127.0.0.1:9464, 0.0.0.0:9464 or [::1]:9464"))
    }
  }

  @Test func everyMetricIsListedInBothForms() {
    let (plain, table) = (run("metrics"), run("metrics", "--markdown"))
    #expect(plain.code == .success)
    #expect(table.code == .success)
    for metric in Metric.all {
      #expect(plain.out.contains(metric.help))
      #expect(table.out.contains("| `\(metric.name)` | \(metric.kind.rawValue) |"))
    }
    #expect(table.out.split(separator: "\n").allSatisfy { $0.hasPrefix("| ") || $0.hasPrefix("|-") })
  }
}
