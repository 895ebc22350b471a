// Owns the completion script for zsh.

struct ZshCompletions {
  let root: Command

  var script: String {
    var text = """
      #compdef \(root.name)
      # zsh completion for \(root.name): save it as _\(root.name) in a folder of $fpath.

      """
    for node in CommandNode.walk(root) { text += function(node) }
    return text + """
      if [ "$funcstack[1]" = "_\(root.name)" ]; then _\(root.name) "$@"; else compdef _\(root.name) \(root.name); fi

      """
  }

  private func function(_ node: CommandNode) -> String {
    let name = Self.functionName(node.path)
    var text = "\(name)() {\n"
    if node.command.subcommands.isEmpty {
      text += "  _arguments -s"
    } else {
      text += "  local line state\n  _arguments -C -s"
    }
    for option in node.options { text += " \\\n    \(argument(option))" }
    text += " \\\n    '(-h --help)'{-h,--help}'[show this command'\\''s help]'"
    if !node.command.subcommands.isEmpty {
      text += " \\\n    '1: :->command' \\\n    '*::argument:->argument'\n"
      text += "  case $state in\n    command)\n      local -a commands=(\n"
      for command in node.command.subcommands {
        text += "        '\(command.name):\(Self.quoted(command.summary))'\n"
      }
      text += "      )\n      _describe command commands ;;\n    argument)\n      case $line[1] in\n"
      for command in node.command.subcommands {
        text += "        \(command.name)) \(Self.functionName(node.path + [command.name])) ;;\n"
      }
      text += "      esac ;;\n  esac\n"
    } else {
      for (index, positional) in node.command.positionals.enumerated() {
        let place = positional.arity == .any || positional.arity == .many ? "*" : "\(index + 1)"
        text +=
          " \\\n    '\(place):\(positional.name.lowercased()):\(Self.action(positional.allowed, positional.completion))'"
      }
      text += "\n"
    }
    return text + "}\n"
  }

  private func argument(_ option: OptionSpec) -> String {
    let summary = Self.quoted(option.summary)
    let several = option.kind == .list || option.kind == .pairs ? "*" : ""
    let value =
      option.takesValue
      ? ":\(option.placeholder.lowercased()):\(Self.action(option.allowed, option.completion))" : ""
    let equals = option.takesValue ? "=" : ""
    guard let short = option.short else { return "'\(several)--\(option.name)\(equals)[\(summary)]\(value)'" }
    let plus = option.takesValue ? "+" : ""
    return "'\(several)'{-\(short)\(plus),--\(option.name)\(equals)}'[\(summary)]\(value)'"
  }

  private static func action(_ allowed: [String], _ completion: OptionSpec.Completion) -> String {
    if !allowed.isEmpty { return "(\(allowed.joined(separator: " ")))" }
    switch completion {
    case .none: return " "
    case .file: return "_files"
    case .directory: return "_files -/"
    }
  }

  private static func functionName(_ path: [String]) -> String {
    "_" + path.map { $0.replacing("-", with: "_") }.joined(separator: "__")
  }

  /// Inside of single quotes and of `_arguments`' own syntax.
  private static func quoted(_ text: String) -> String {
    text.replacing("'", with: "'\\''").replacing("[", with: "(").replacing("]", with: ")")
      .replacing(":", with: "\\:")
  }
}
