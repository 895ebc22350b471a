// Owns a small program to test with, and one run of it with everything it printed.
import Foundation
import Secrets

@testable import Console

/// A program with every kind of option.
enum Sample {
  static let threads = Option<Int>.integer("threads", "t", "N", "Worker threads.", in: 1...64, default: 2)
  static let brokers = Option<[String]>.list("brokers", "b", "LIST", "Brokers.", default: ["here:9092"])
  static let name = Option<String?>.text(
    "name", nil, "NAME", "A name, with 'quotes' and [brackets]: why not.")
  static let json = Option<Bool>.flag("json", "j", "Print JSON.")
  static let verbose = Option<Bool>.flag("verbose", "v", "Say more.")
  static let mode = Option<Mode>.choice("mode", "m", "MODE", "How.", default: .slow)
  static let kafka = Option<[String: String]>.pairs("kafka", "k", "NAME=VALUE", "Properties.")
  static let secret = Option<Secret?>.secret("secret", "The secret.")
  static let secretFile = Option<String?>.text("secret-file", nil, "FILE", "Holds it.", completion: .file)
  /// The same name in two commands, with values of its own in each.
  static let wideCount = Option<Int>.integer("count", "n", "N", "How many.", in: 1...1_000, default: 5)
  static let narrowCount = Option<Int>.integer("count", "n", "N", "How many.", in: 1...10, default: 1)

  enum Mode: String, Sendable, CaseIterable { case slow, fast }

  static let options = [
    threads.spec, brokers.spec, name.spec, json.spec, verbose.spec, mode.spec, kafka.spec, secret.spec,
    secretFile.spec, wideCount.spec,
  ]

  /// `show` prints what it was given; `group` holds `inner`; `broken` throws what it is named after.
  static let root = Command(
    "sample", "a program to test with", details: ["It tells in one paragraph what it is for."],
    options: [OptionGroup("Everywhere", [Application.configuration.spec, Application.color.spec])],
    examples: [Example("sample show --threads 4", "Four threads.")],
    subcommands: [
      Command(
        "show", "print what was given", options: [OptionGroup("Options", options)],
        positionals: [Positional("WORD", "Words.", .any)], body: show),
      Command(
        "group", "hold commands",
        subcommands: [
          Command(
            "inner", "take few", options: [OptionGroup("Options", [narrowCount.spec])],
            positionals: [
              Positional("ROLE", "Which.", .one, allowed: ["intake", "casework"]),
              Positional("FILE", "Where.", .optional, completion: .file),
            ]
          ) { invocation, terminal in
            terminal.out.line("\(invocation.arguments) \(invocation[narrowCount])")
            return .negative
          }
        ]),
      Command("broken", "fail", positionals: [Positional("HOW", "How.", .optional)]) { invocation, _ in
        guard invocation.arguments.isEmpty else { throw CancellationError() }
        throw Failure("it is broken", advice: "Repair it.", code: .unavailable)
      },
    ])

  @Sendable private static func show(_ invocation: Invocation, _ terminal: Terminal) throws -> ExitCode {
    let secret = try invocation.secret(secret, file: secretFile)
    let rows: [(String, String)] = [
      ("threads", "\(invocation[threads])"), ("brokers", invocation[brokers].joined(separator: "+")),
      ("name", invocation[name] ?? "-"), ("json", "\(invocation[json])"),
      ("verbose", "\(invocation[verbose])"),
      ("mode", invocation[mode].rawValue), ("count", "\(invocation[wideCount])"),
      (
        "kafka",
        invocation[kafka].sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "+")
      ),
      ("secret", secret.map { $0.reveal() } ?? "-"), ("words", invocation.arguments.joined(separator: "+")),
    ]
    for (name, value) in rows { terminal.out.line("\(name) \(value)") }
    return .success
  }
}

/// One run of a program in memory.
struct Run {
  let code: ExitCode
  let out: String
  let err: String

  init(
    _ words: [String], environment: [String: String] = [:], file: String? = nil,
    of root: Command = Sample.root,
    isTerminal: Bool = false, width: Int = 100
  ) throws {
    let out = TextStream.memory(isTerminal: isTerminal, width: width)
    let err = TextStream.memory(isTerminal: isTerminal, width: width)
    var environment = environment
    var path: String?
    if let file {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "console-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      path = folder.appendingPathComponent("sample.conf").path
      try Data(file.utf8).write(to: URL(fileURLWithPath: path ?? ""))
      environment["ANSWERABLE_CONFIG"] = path
    }
    code = Application(root: root, environment: environment).run(words, Terminal(out: out, err: err))
    if let path {
      try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }
    self.out = out.text
    // The file's folder is another one each time.
    self.err = path.map { err.text.replacing($0, with: "sample.conf") } ?? err.text
  }

  /// What `show` printed of an option.
  func value(_ name: String) -> String? {
    out.split(separator: "\n").first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
  }
}
