// Owns the completion script for fish.

struct FishCompletions {
  let root: Command

  var script: String {
    var text = """
      # fish completion for \(root.name): save it as ~/.config/fish/completions/\(root.name).fish
      complete -c \(root.name) -f
      complete -c \(root.name) -s h -l help -d 'Show the help of a command'

      """
    for node in CommandNode.walk(root) {
      let condition = Self.condition(node)
      for command in node.command.subcommands {
        text +=
          "complete -c \(root.name) -n \(condition) -a \(command.name) -d \(Self.quoted(command.summary))\n"
      }
      let seen = Self.seen(node.path)
      for option in node.command.options where option.kind != .environmentOnly {
        text += "complete -c \(root.name)\(seen.isEmpty ? "" : " -n \(seen)")\(self.option(option))\n"
      }
      for positional in node.command.positionals
      where !positional.allowed.isEmpty || positional.completion != .none {
        let words =
          positional.allowed.isEmpty ? " -F" : " -a \(Self.quoted(positional.allowed.joined(separator: " ")))"
        text += "complete -c \(root.name) -n \(condition)\(words)\n"
      }
    }
    return text
  }

  private func option(_ option: OptionSpec) -> String {
    var text = option.short.map { " -s \($0)" } ?? ""
    text += " -l \(option.name)"
    if option.takesValue {
      text += " -r"
      if !option.allowed.isEmpty {
        text += " -a \(Self.quoted(option.allowed.joined(separator: " ")))"
      } else if option.completion != .none {
        text += " -F"
      }
    }
    return text + " -d \(Self.quoted(option.summary))"
  }

  /// True while this command is the one being written: its path was seen, none of its subcommands yet.
  private static func condition(_ node: CommandNode) -> String {
    let words = node.path.dropFirst().map { "__fish_seen_subcommand_from \($0)" }
    let next = node.command.subcommands.map(\.name).joined(separator: " ")
    let none = next.isEmpty ? [] : ["not __fish_seen_subcommand_from \(next)"]
    return "'\((words + none).joined(separator: "; and "))'"
  }

  private static func seen(_ path: [String]) -> String {
    let words = path.dropFirst().map { "__fish_seen_subcommand_from \($0)" }
    return words.isEmpty ? "" : "'\(words.joined(separator: "; and "))'"
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }
}
