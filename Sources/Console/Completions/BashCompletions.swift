// Owns the completion script for bash (4 or later; needs no bash-completion package).

struct BashCompletions {
  let root: Command

  var script: String {
    let nodes = CommandNode.walk(root)
    var text = """
      # bash completion for \(root.name): source it, or save it as
      # ~/.local/share/bash-completion/completions/\(root.name)
      _\(root.name)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path=\(root.name) word
        COMPREPLY=()
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "$path $word" in

      """
    for node in nodes.dropFirst() {
      text += "      '\(node.path.joined(separator: " "))') path='\(node.path.joined(separator: " "))' ;;\n"
    }
    text += """
          esac
        done
        case "$previous" in

      """
    text += valueCases(nodes)
    text += """
        esac
        case "$path" in

      """
    for node in nodes {
      let options = (node.options.map { "--\($0.name)" } + ["--help"]).joined(separator: " ")
      text += "    '\(node.path.joined(separator: " "))')\n"
      text += "      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '\(options)' -- \"$current\"))\n"
      if !node.words.isEmpty {
        text +=
          "      else COMPREPLY=($(compgen -W '\(node.words.joined(separator: " "))' -- \"$current\"))\n"
      } else if node.files != .none {
        let kind = node.files == .directory ? "-d" : "-f"
        text += "      else compopt -o filenames; COMPREPLY=($(compgen \(kind) -- \"$current\"))\n"
      }
      text += "      fi ;;\n"
    }
    return text + """
        esac
      }
      complete -F _\(root.name) \(root.name)

      """
  }

  /// What follows an option that takes a value.
  private func valueCases(_ nodes: [CommandNode]) -> String {
    var seen: Set<String> = []
    var text = ""
    for option in nodes.flatMap(\.options) where option.takesValue && seen.insert(option.name).inserted {
      let names = "--\(option.name)" + (option.short.map { " | -\($0)" } ?? "")
      let reply: String
      if !option.allowed.isEmpty {
        reply = "COMPREPLY=($(compgen -W '\(option.allowed.joined(separator: " "))' -- \"$current\")); "
      } else if option.completion != .none {
        let kind = option.completion == .directory ? "-d" : "-f"
        reply = "compopt -o filenames; COMPREPLY=($(compgen \(kind) -- \"$current\")); "
      } else {
        reply = ""
      }
      text += "    \(names)) \(reply)return ;;\n"
    }
    return text
  }
}
