// Owns the help page of a command: usage, what it does, arguments, options, examples.

public struct HelpPage {
  private let command: Command
  private let path: [String]
  private let inherited: [OptionGroup]

  /// The page that words lead to: none to the program's own, `["topics", "apply"]` to a command's.
  public init(of root: Command, words: [String]) throws(UsageError) {
    let parsed = try Parser(root: root).parse(words)
    guard parsed.arguments.isEmpty else {
      throw UsageError("there is no command \"\(words.joined(separator: " "))\"", command: root.name)
    }
    self.init(parsed, root)
  }

  init(_ parsed: Parser.Words, _ root: Command) {
    self.init(parsed.command, path: parsed.path, inherited: parsed.path.count > 1 ? root.groups : [])
  }

  private init(_ command: Command, path: [String], inherited: [OptionGroup]) {
    self.command = command
    self.path = path
    self.inherited = inherited
  }

  public func print(to stream: TextStream) {
    let name = path.joined(separator: " ")
    for line in TextWidth.wrap("\(name): \(command.summary)", to: min(stream.width, 100)) {
      stream.line(line.hasPrefix(name) ? stream.styled(name, .bold) + line.dropFirst(name.count) : line)
    }
    stream.line()
    let usage = command.subcommands.isEmpty ? command.positionals.map(\.usage) : ["COMMAND"]
    let words = ([name] + usage + ["[OPTION…]"]).joined(separator: " ")
    for (index, line) in TextWidth.wrap(words, to: stream.width - 7).enumerated() {
      stream.line("\(index == 0 ? heading("Usage", stream) : "      ") \(line)")
    }
    for paragraph in command.details {
      stream.line()
      for line in TextWidth.wrap(paragraph, to: min(stream.width, 100)) { stream.line(line) }
    }
    if !command.subcommands.isEmpty {
      stream.line()
      stream.line(heading("Commands", stream))
      entries(command.subcommands.map { ($0.name, $0.summary) }, stream)
    }
    if !command.positionals.isEmpty {
      stream.line()
      stream.line(heading("Arguments", stream))
      entries(command.positionals.map { ($0.usage, $0.summary + Self.list($0.allowed)) }, stream)
    }
    for group in command.groups + inherited where !group.options.isEmpty {
      stream.line()
      stream.line(heading(group.title, stream))
      entries(group.options.map { (Self.term($0), Self.definition($0)) }, stream)
    }
    if !command.examples.isEmpty {
      stream.line()
      stream.line(heading("Examples", stream))
      for example in command.examples {
        stream.line("  \(stream.styled(example.line, .cyan))")
        for line in TextWidth.wrap(example.says, to: min(stream.width, 100) - 6) {
          stream.line("      \(line)")
        }
      }
    }
    // A program that is one command has no `help` command; it says in its details what its exit codes are.
    if path.count == 1 && command.subcommands.isEmpty { return }
    stream.line()
    let more = "See also: \(path[0]) help configuration, \(path[0]) help exit-codes"
    for line in TextWidth.wrap(more, to: stream.width) { stream.line(line) }
  }

  private func heading(_ text: String, _ stream: TextStream) -> String { stream.styled("\(text):", .bold) }

  /// Terms in a column of their own; a long one pushes its definition to the next line, and a narrow terminal all.
  private func entries(_ entries: [(term: String, definition: String)], _ stream: TextStream) {
    let width = min(stream.width, 110)
    let widest =
      width < 60 ? 2 : entries.map { TextWidth.columns($0.term) }.filter { $0 <= 28 }.max() ?? 28
    let indent = widest + 4
    for (term, definition) in entries {
      let lines = TextWidth.wrap(definition, to: width - indent)
      var first = "  " + TextWidth.pad(term, to: widest) + "  "
      var rest = lines[...]
      if TextWidth.columns(term) > widest {
        stream.line("  \(term)")
        first = String(repeating: " ", count: indent)
      }
      stream.line(first + (rest.popFirst() ?? ""))
      for line in rest { stream.line(String(repeating: " ", count: indent) + line) }
    }
  }

  static func term(_ option: OptionSpec) -> String {
    if option.kind == .environmentOnly { return option.environmentName }
    let short = option.short.map { "-\($0), " } ?? "    "
    return "\(short)--\(option.name)\(option.takesValue ? " \(option.placeholder)" : "")"
  }

  static func definition(_ option: OptionSpec) -> String {
    var text = option.summary + list(option.allowed)
    if option.kind == .list { text += " Several: repeat it, or separate with commas." }
    if let value = option.defaultText { text += " Default: \(value)." }
    switch option.kind {
    case .environmentOnly: text += " Only from the environment."
    case .pairs: text += " [\(option.environmentName)_NAME]"
    default: text += " [\(option.environmentName)]"
    }
    return text
  }

  private static func list(_ allowed: [String]) -> String {
    allowed.isEmpty ? "" : " One of \(allowed.joined(separator: ", "))."
  }
}
