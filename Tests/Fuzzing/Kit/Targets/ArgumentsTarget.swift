// Owns the target `arguments`: command lines, environments and configuration files for a program of every option.
import Console
import Foundation
import Secrets

final class ArgumentsTarget: FuzzTarget {
  static let name = "arguments"
  static let summary =
    "command lines, environments and configuration files: an answer or a message, never both"
  static let share = 10
  static let batch = 10_000

  private let plain = ByteMutator(tokens: ArgumentsTarget.lines)
  private let file = FileManager.default.temporaryDirectory.appendingPathComponent(
    "answerable-fuzz-\(UUID().uuidString).conf")

  init() {}
  deinit { try? FileManager.default.removeItem(at: file) }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var input = FuzzInput()
    for word in random.pick(Self.beginnings) { input.add("word", word) }
    for _ in 0..<(random.once(in: 2) ? 1 : random.below(7)) {
      var word = Array(random.pick(Self.words).utf8)
      if random.once(in: 6) { word += Array(random.pick(Self.words).utf8) }
      if random.once(in: 6) { plain.mutate(&word, with: Array(random.pick(Self.words).utf8), &random) }
      input.add("word", word)
    }
    while random.once(in: 2) {
      input.add("variable", random.pick(Self.variables))
      input.add("content", random.pick(Self.words + Edges.numbers + Edges.characters))
    }
    if random.once(in: 2) {
      var text: [UInt8] = []
      for _ in 0..<random.below(9) { text += Array("\(random.pick(Self.lines))\n".utf8) }
      if random.once(in: 2) { plain.mutate(&text, with: Array(random.pick(Self.lines).utf8), &random) }
      input.add("configuration", text)
    }
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    var environment = Dictionary(
      zip(input.all("variable"), input.all("content")).map { name, value in
        (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
      }, uniquingKeysWith: { $1 })
    environment["ANSWERABLE_SECRET"] = Self.secret
    if let bytes = input.first("configuration") {
      do { try Data(bytes).write(to: file) } catch { throw Violation("the file cannot be written: \(error)") }
      environment["ANSWERABLE_CONFIG"] = file.path
    }
    let terminal = Terminal(out: .memory(), err: .memory())
    let words = input.all("word").map { String(decoding: $0, as: UTF8.self) }
    let code = Application(root: Self.root, environment: environment).run(words, terminal)
    let (out, err) = (terminal.out.text, terminal.err.text)
    if code == .software { throw Violation("ended as a mistake of its own: \(err)") }
    if out.isEmpty == err.isEmpty { throw Violation("an answer and a message, or neither: \(out)\(err)") }
    if (out + err).contains(Self.secret) { throw Violation("the secret is shown") }
    let isColored =
      words.contains { $0.contains("always") } || environment.values.contains { $0.contains("always") }
    if !isColored, err.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F }) {
      throw Violation("a control character in: \(err.debugDescription)")
    }
    if code == .success, !err.isEmpty { throw Violation("success with a message: \(err)") }
    return "\(code)"
  }

  // MARK: The program

  private static let secret = "hunter22-of-the-environment"
  private enum Mode: String, Sendable, CaseIterable { case slow, fast }

  private static let threads = Option<Int>.integer("threads", "t", "N", "Threads.", in: 1...64, default: 2)
  private static let brokers = Option<[String]>.list(
    "brokers", "b", "LIST", "Brokers.", default: ["here:9092"])
  private static let title = Option<String?>.text("title", nil, "NAME", "A name.")
  private static let json = Option<Bool>.flag("json", "j", "Print JSON.")
  private static let mode = Option<Mode>.choice("mode", "m", "MODE", "How.", default: .slow)
  private static let kafka = Option<[String: String]>.pairs("kafka", "k", "NAME=VALUE", "Properties.")
  private static let hidden = Option<Secret?>.secret("secret", "The secret.")
  private static let hiddenFile = Option<String?>.text(
    "secret-file", nil, "FILE", "Holds it.", completion: .file)

  private static let root = Command(
    "sample", "a program to test with",
    options: [OptionGroup("Everywhere", [Application.color.spec, Application.configuration.spec])],
    subcommands: [
      Command(
        "show", "print what was given",
        options: [
          OptionGroup(
            "Options",
            [
              threads.spec, brokers.spec, title.spec, json.spec, mode.spec, kafka.spec, hidden.spec,
              hiddenFile.spec,
            ])
        ],
        positionals: [Positional("WORD", "Words.", .any)]
      ) { invocation, terminal in
        let pairs = invocation[kafka].sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        terminal.out.line(
          "\(invocation[threads]) \(invocation[brokers]) \(invocation[title] ?? "-") \(invocation[json]) "
            + "\(invocation[mode].rawValue) \(pairs) \(invocation.arguments)")
        return .success
      },
      Command(
        "group", "hold commands",
        subcommands: [
          Command(
            "inner", "take few", options: [OptionGroup("Options", [threads.spec])],
            positionals: [
              Positional("ROLE", "Which.", .one, allowed: ["intake", "casework"]),
              Positional("FILE", "Where.", .optional),
            ]
          ) { invocation, terminal in
            terminal.out.line("\(invocation.arguments) \(invocation[threads])")
            return .negative
          }
        ]),
    ])

  private static let beginnings = [
    [], ["show"], ["show"], ["show"], ["show", "--json", "-t", "4"], ["group"], ["group", "inner"],
    ["group", "inner", "intake"], ["show", "--kafka", "a.b=c", "--"],
  ]

  private static let words =
    [
      "show", "group", "inner", "intake", "--", "-", "", "=", "--threads", "-t", "-t=", "4", "-jt4", "--json",
      "--no-json", "--no-", "--no-threads", "--=x", "--brokers=", "--brokers", "a:1,,b:2", "--title",
      "--mode",
      "fast", "fats", "--kafka", "a=b", "=b", "sasl.password=hunter22", "a.b=c=d", "--secret",
      "--secret-file",
      "-h", "--help", "--version", "--color", "always", "never", "--color=", "--config", "/nonexistent",
      "show --x",
      "-é", "--é", "a b", "help", "\u{1B}[2J", "--\u{1B}[31m",
    ] + Edges.characters.map { "--\($0)" }

  private static let variables = [
    "ANSWERABLE_THREADS", "ANSWERABLE_BROKERS", "ANSWERABLE_TITLE", "ANSWERABLE_JSON", "ANSWERABLE_MODE",
    "ANSWERABLE_KAFKA", "ANSWERABLE_KAFKA_A_B", "ANSWERABLE_KAFKA_", "ANSWERABLE_COLOR", "NO_COLOR", "TERM",
    "ANSWERABLE_SECRET_FILE", "ANSWERABLE_CONFIG",
  ]

  private static let lines =
    [
      "threads = 3", "threads=many", "threads = 99999999999999999999", "brokers = a:1", "json = on",
      "json = maybe",
      "kafka.a = b", "kafka. = b", "kafka = b", ".a = b", "secret = hunter22", "secret-file = /nonexistent",
      "config = x", "title = \"a # b\"", "title = \"a", "title = \"\\q\"", "title = \"a\" b", "= b", "=",
      "threads",
      "# comment", "title = # none", "mode = fats", "mdoe = fast", "\u{FEFF}threads = 3", "\"", "\\",
    ] + Edges.characters.map { "title = a\($0)b" } + Edges.characters.map { "\($0) = 1" }
}
