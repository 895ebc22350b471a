// Owns how commands end that cannot reach Kafka, or are told wrongly how to.
import BrokerSupport
import Console
import Foundation
import Testing

@Suite struct UnreachableTests {
  private static let secret = ["ANSWERABLE_SECRET": "a secret for tests only"]

  private static let commands: [[String]] = [
    ["topics", "plan"], ["topics", "apply"], ["policy", "publish", Shipped.policy], ["policy", "show"],
    ["policy", "history"], ["run"], ["run", "--policy", Shipped.policy], ["send", Shipped.events], ["watch"],
    ["watch", "--no-follow"], ["dead-letters", "list"], ["dead-letters", "show", "0:0"],
    ["dead-letters", "replay", "--all"], ["explain", "feedback-0-1"], ["audit"], ["case", "c-1-1"],
    ["case", "--subject", "customer:guest-1"], ["hold", "--all", "--until", "2h", "--reason", "a move"],
    ["hold", "list"], ["release", "--all"],
    ["erase", "--subject", "customer:guest-1", "--reason", "asked for"],
  ]

  @Test(arguments: commands)
  func aCommandThatReachesNoBrokerEndsSoonAndSaysWhy(words: [String]) throws {
    let scratch = try Scratch()
    // Nobody listens on this port: it was free a moment ago and is bound by nobody.
    let brokers = "127.0.0.1:\(try Ports.free(1)[0])"
    let tool = try Tool(
      Tool.answerable, words + ["--brokers", brokers, "--request-timeout", "2s"], environment: Self.secret,
      folder: URL(fileURLWithPath: scratch.path), seconds: 20)
    #expect(tool.status == ExitCode.unavailable.rawValue, "\(tool.story)")
    #expect(tool.err.contains("answerable: no broker of \(brokers) answered within 2 s: "), "\(tool.story)")
    #expect(
      tool.err.contains("Connection refused\nIs Kafka up there (--brokers, ANSWERABLE_BROKERS)?"),
      "\(tool.story)")
    #expect(!tool.err.contains("guest-") && !tool.err.contains("secret for tests"))
    #expect(tool.out == "")
  }

  @Test func aNameThatDoesNotResolveIsSaid() throws {
    let run = CommandRun(
      "watch", "--no-follow", "--brokers", "no-such-host.invalid:9092", "--request-timeout", "2s")
    #expect(run.code == .unavailable)
    #expect(run.err.contains("no broker of no-such-host.invalid:9092 answered"), "\(run.err)")
  }

  private static let mistakes: [(words: [String], environment: [String: String], message: String)] = [
    (["--brokers", "kafka"], [:], "--brokers: "),
    (["--kafka", "enable.auto.commit=true"], [:], "--kafka: enable.auto.commit: "),
    (["--kafka", "linger.msx=5"], [:], "--kafka: linger.msx: "),
    (
      [], ["ANSWERABLE_KAFKA_SOCKET_TIMEOUT": "5"],
      "ANSWERABLE_KAFKA_SOCKET_TIMEOUT: socket.timeout: "
    ),
    (
      ["--sasl", "plain"], [:],
      "--sasl plain needs --sasl-username and ANSWERABLE_SASL_PASSWORD or --sasl-password-file"
    ),
    (["--sasl", "plane"], [:], "--sasl: \"plane\" is none of none, plain, "),
    (["--request-timeout", "1s"], [:], "--request-timeout: \"1s\" is too short: 2s or more\n"),
    (
      ["--request-timeout", "10"], [:],
      "--request-timeout: \"10\" is no duration: a number and ms, s, m, h or d, like 500ms or 6s"
    ),
  ]

  @Test(arguments: mistakes)
  func aWrongOptionIsToldWhereItWasWritten(words: [String], environment: [String: String], message: String) {
    let run = CommandRun(["policy", "history"] + words, environment: environment)
    #expect(run.err.hasPrefix("answerable: \(message)"), "\(run.err)")
    #expect(run.code == .configuration || run.code == .usage)
  }

  @Test func aPropertyThatHoldsASecretIsRefusedOnTheCommandLine() {
    let run = CommandRun("policy", "history", "--kafka", "ssl.key.password=hunter22")
    #expect(run.code == .usage)
    #expect(run.err.contains("ANSWERABLE_KAFKA_SSL_KEY_PASSWORD") && !run.err.contains("hunter22"))
  }
}
