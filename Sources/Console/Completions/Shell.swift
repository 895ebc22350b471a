// Owns the choice of a shell, and the walk over the tree that all completions are made from.

/// A shell that completions can be made for.
public enum Shell: String, Sendable, Hashable, CaseIterable { case bash, zsh, fish }

extension Command {
  /// The script that teaches a shell this program's commands, options and words.
  public func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: BashCompletions(root: self).script
    case .zsh: ZshCompletions(root: self).script
    case .fish: FishCompletions(root: self).script
    }
  }
}

/// A command with the words that lead to it, the program's name first, and every option in reach.
struct CommandNode {
  let path: [String]
  let command: Command
  let options: [OptionSpec]

  /// All commands, outer ones before their subcommands.
  static func walk(_ root: Command) -> [CommandNode] {
    func visit(_ command: Command, _ path: [String], _ options: [OptionSpec]) -> [CommandNode] {
      let path = path + [command.name]
      let options = options + command.options.filter { $0.kind != .environmentOnly }
      return [CommandNode(path: path, command: command, options: options)]
        + command.subcommands.flatMap { visit($0, path, options) }
    }
    return visit(root, [], [])
  }

  /// Words that may follow: subcommands, or the words an argument allows.
  var words: [String] {
    command.subcommands.map(\.name) + command.positionals.flatMap(\.allowed)
  }
  /// What files an argument takes.
  var files: OptionSpec.Completion {
    command.positionals.first { $0.completion != .none }?.completion ?? .none
  }
}
