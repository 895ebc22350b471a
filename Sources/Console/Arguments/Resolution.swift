// Owns what the words do not say: values from the environment and the file, and the checks of all of them.

/// Completes a parsed command line: command line, then environment, then file, then default.
struct Resolution {
  let root: Command
  let environment: [String: String]

  func resolve(
    _ words: Parser.Words, file: ConfigurationFile?
  ) throws(UsageError) -> Invocation {
    var given = words.given
    for option in words.options where given[option.name] == nil {
      if let found = fromEnvironment(option) ?? fromFile(option, file) { given[option.name] = found }
    }
    // Pairs add up: each name has its own precedence.
    for option in words.options where option.kind == .pairs {
      merge(option, file, &given)
    }
    let command = words.path.joined(separator: " ")
    for option in words.options {
      guard let value = given[option.name], let refusal = option.refusal(value.texts) else { continue }
      throw UsageError(
        "\(value.source): \(refusal)", command: command, code: isWords(value.source) ? .usage : .configuration
      )
    }
    try checkArguments(words, command)
    return Invocation(path: words.path, arguments: words.arguments, given: given)
  }

  private func isWords(_ source: ValueSource) -> Bool {
    if case .commandLine = source { true } else { false }
  }

  private func fromEnvironment(_ option: OptionSpec) -> Invocation.Given? {
    guard option.kind != .pairs, let text = environment[option.environmentName], !text.isEmpty else {
      return nil
    }
    return .init(texts: [text], source: .environment(option.environmentName))
  }

  private func fromFile(_ option: OptionSpec, _ file: ConfigurationFile?) -> Invocation.Given? {
    guard let file, option.kind != .pairs, option.isConfigurable else { return nil }
    let entries = file.entries.filter { $0.key == option.name }
    guard let first = entries.first else { return nil }
    return .init(
      texts: entries.map(\.value),
      source: .file(path: file.path, line: first.line, column: first.valueColumn, key: first.key))
  }

  private func merge(
    _ option: OptionSpec, _ file: ConfigurationFile?, _ given: inout [String: Invocation.Given]
  ) {
    var texts: [String] = []
    var source: ValueSource?
    for entry in file?.entries ?? [] where entry.key.hasPrefix(option.name + ".") {
      texts.append("\(entry.key.dropFirst(option.name.count + 1))=\(entry.value)")
      source = .file(path: file?.path ?? "", line: entry.line, column: entry.valueColumn, key: entry.key)
    }
    let prefix = option.environmentName + "_"
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(prefix) {
      texts.append("\(name.dropFirst(prefix.count).lowercased().replacing("_", with: "."))=\(value)")
      source = .environment(name)
    }
    if let words = given[option.name] {
      texts += words.texts
      source = words.source
    }
    if let source { given[option.name] = .init(texts: texts, source: source) }
  }

  private func checkArguments(_ words: Parser.Words, _ command: String) throws(UsageError) {
    let positionals = words.command.positionals
    var rest = words.arguments[...]
    for positional in positionals {
      let taken: ArraySlice<String>
      switch positional.arity {
      case .one, .optional: taken = rest.prefix(1)
      case .any, .many: taken = rest
      }
      rest = rest.dropFirst(taken.count)
      if taken.isEmpty, positional.arity == .one || positional.arity == .many {
        throw UsageError("\(positional.name) is missing: \(positional.summary)", command: command)
      }
      if !positional.allowed.isEmpty, let wrong = taken.first(where: { !positional.allowed.contains($0) }) {
        throw UsageError(
          "\(positional.name): \(Suggestion.refusal(of: wrong, among: positional.allowed))", command: command)
      }
    }
    if let extra = rest.first {
      throw UsageError("unexpected argument \"\(extra)\"", command: command)
    }
  }
}
