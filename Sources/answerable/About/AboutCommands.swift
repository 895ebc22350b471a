// Owns what the program says about itself: version, completions, help.
import Console
import Kafka
import Policy
import Privacy

enum VersionCommand {
  static let command = Command(
    "version", "print the version, and those of the libraries in use",
    body: { _, terminal in
      terminal.out.line("\(Program.name) \(Program.version)")
      terminal.out.line("librdkafka \(ClientLibrary.version)")
      terminal.out.line(CryptoVersion.text)
      terminal.out.line("policy format \(PolicyRecord.format), subject keys \(SubjectKeyMaker.keyVersion)")
      return .success
    })
}

enum CompletionsCommand {
  static let command = Command(
    "completions", "print the completions of a shell",
    positionals: [Positional("SHELL", "Which shell.", .one, allowed: Shell.allCases.map(\.rawValue))],
    examples: [
      Example("source <(answerable completions bash)", "For this shell."),
      Example(
        "answerable completions fish > ~/.config/fish/completions/answerable.fish", "For every new fish."),
    ],
    body: { invocation, terminal in
      guard let shell = Shell(rawValue: invocation.arguments[0]) else { return .usage }
      terminal.out.write(Program.root.completions(for: shell))
      return .success
    })
}

enum HelpCommand {
  static let command = Command(
    "help", "show the help of a command; configuration, exit codes",
    positionals: [
      Positional("WORD", "A command and its subcommand, or configuration, or exit-codes.", .any)
    ],
    examples: [
      Example("answerable help topics apply", "The same as answerable topics apply --help."),
      Example("answerable help configuration", "How options are set by environment and file."),
      Example("answerable help exit-codes", "What scripts can tell from how a command ends."),
    ],
    body: { invocation, terminal in
      switch invocation.arguments {
      case ["exit-codes"]: ExitCodePage.print(to: terminal.out)
      case ["configuration"]: ConfigurationPage.print(to: terminal.out)
      default: try HelpPage(of: Program.root, words: invocation.arguments).print(to: terminal.out)
      }
      return .success
    })
}
