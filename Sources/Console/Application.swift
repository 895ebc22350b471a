// Owns a run from the words to the exit code: parse, resolve, help, errors. The one entry of a program.

/// A program made of commands.
public struct Application: Sendable {
  public let root: Command
  public let environment: [String: String]

  /// The option that names the configuration file; every program has it.
  public static let configuration = Option<String?>.text(
    "config", nil, "FILE",
    "Configuration file; without this, answerable.conf in the current folder if it exists.",
    completion: .file, isConfigurable: false)
  /// When to use colour; every program has it.
  public static let color = Option<ColorChoice>.choice(
    "color", nil, "WHEN", "Colour in what is printed; auto: on a terminal, unless NO_COLOR is set.",
    default: .auto)

  static let defaultFile = "answerable.conf"

  public init(root: Command, environment: [String: String]) {
    self.root = root
    self.environment = environment
  }

  /// Runs what `words` (without the program's name) ask for. Every error ends as a line on standard error.
  public func run(_ words: [String], _ terminal: Terminal) -> ExitCode {
    var terminal = terminal.with(color: earlyColor(words), environment)
    defer { terminal.flush() }
    do {
      let parsed = try Parser(root: root).parse(words)
      guard !parsed.wantsHelp, let body = parsed.command.body else {
        let page = HelpPage(parsed, root)
        if parsed.wantsHelp || parsed.path.count == 1 && words.isEmpty {
          page.print(to: terminal.out)
          return parsed.wantsHelp ? .success : .usage
        }
        page.print(to: terminal.err)
        return .usage
      }
      let file = try configurationFile(parsed)
      let invocation = try Resolution(root: root, environment: environment).resolve(parsed, file: file)
      terminal = terminal.with(color: invocation[Self.color], environment)
      return try body(invocation, terminal)
    } catch let error as UsageError {
      report(error.message, terminal)
      if error.code == .usage, !error.command.isEmpty {
        terminal.err.line("Try: \(error.command) --help")
      }
      return error.code
    } catch let failure as Failure {
      report(failure.message, terminal)
      if !failure.advice.isEmpty { terminal.err.line(failure.advice) }
      return failure.code
    } catch {
      report("\(error)", terminal)
      return .software
    }
  }

  /// Every configuration mistake at once, each with its place.
  private func configurationFile(_ words: Parser.Words) throws(UsageError) -> ConfigurationFile? {
    let named =
      words.given[Self.configuration.spec.name]?.texts.last
      ?? environment[Self.configuration.spec.environmentName].flatMap { $0.isEmpty ? nil : $0 }
    let path = named ?? Self.defaultFile
    guard let text = TextFile.read(path) else {
      if named == nil { return nil }
      throw UsageError("\(path): the configuration file cannot be read", code: .noInput)
    }
    var file = ConfigurationFile(parsing: text, path: path)
    file.check(against: root.allOptions)
    guard file.mistakes.isEmpty else {
      // Help, which tells how to repair the file, must not need it to be in order.
      if words.command.options.isEmpty { return nil }
      throw UsageError(file.mistakes.map(\.description).joined(separator: "\n"), code: .configuration)
    }
    return file
  }

  /// The colour that mistakes and help are shown in, before the command line is known to be right.
  private func earlyColor(_ words: [String]) -> ColorChoice {
    let option = "--\(Self.color.spec.name)"
    var given = environment[Self.color.spec.environmentName]
    for (index, word) in words.enumerated() {
      if word.hasPrefix(option + "=") { given = String(word.dropFirst(option.count + 1)) }
      if word == option, index + 1 < words.count { given = words[index + 1] }
    }
    return given.flatMap(ColorChoice.init(rawValue:)) ?? .auto
  }

  /// Messages repeat words and lines from outside: none of them may move the cursor.
  private func report(_ message: String, _ terminal: Terminal) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(TextWidth.printable)
    terminal.err.line(
      "\(terminal.err.styled("\(root.name):", .red, .bold)) \(lines.joined(separator: "\n"))")
  }
}
