// Owns the reading of a command line: words to a command, its options as texts and its arguments.

/// Reads a command line; decides nothing that needs more than its words.
struct Parser {
  let root: Command

  private struct State {
    var command: Command
    var path: [String]
    /// Options in reach: those of every command on the path.
    var options: [OptionSpec]
    var given: [String: Invocation.Given] = [:]
    var arguments: [String] = []
    var wantsHelp = false
  }

  /// What was read: values are texts still, and nothing but the command line was looked at.
  struct Words {
    var command: Command
    var path: [String]
    var options: [OptionSpec]
    var given: [String: Invocation.Given]
    var arguments: [String]
    var wantsHelp: Bool
  }

  /// `words` without the program's own name.
  func parse(_ words: [String]) throws(UsageError) -> Words {
    var state = State(command: root, path: [root.name], options: root.options)
    var index = 0
    var onlyArguments = false
    while index < words.count {
      let word = words[index]
      index += 1
      if onlyArguments || !word.hasPrefix("-") || word == "-" {
        try take(word, &state)
      } else if word == "--" {
        onlyArguments = true
      } else if word == "--help" || word == "-h" {
        state.wantsHelp = true
      } else if word == "--version", isVersionWanted(state) {
        try take("version", &state)
      } else if word.hasPrefix("--") {
        try takeLong(word, words, &index, &state)
      } else {
        try takeShort(word, words, &index, &state)
      }
    }
    return Words(
      command: state.command, path: state.path, options: state.options, given: state.given,
      arguments: state.arguments, wantsHelp: state.wantsHelp)
  }

  /// What every other program answers to is understood, though it is a command here.
  private func isVersionWanted(_ state: State) -> Bool {
    state.path.count == 1 && root.subcommands.contains { $0.name == "version" }
  }

  private func take(_ word: String, _ state: inout State) throws(UsageError) {
    guard !state.command.subcommands.isEmpty else {
      state.arguments.append(word)
      return
    }
    guard let next = state.command.subcommands.first(where: { $0.name == word }) else {
      let names = state.command.subcommands.map(\.name)
      throw error("unknown command \"\(word)\"\(Suggestion.hint(for: word, among: names))", state)
    }
    state.command = next
    state.path.append(next.name)
    state.options += next.options
  }

  private func takeLong(
    _ word: String, _ words: [String], _ index: inout Int, _ state: inout State
  ) throws(UsageError) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if let option = state.options.first(where: { $0.name == name }) {
      return try set(option, "--\(name)", attached, words, &index, &state)
    }
    if name.hasPrefix("no-"), attached == nil,
      let option = state.options.first(where: { $0.name == name.dropFirst(3) && $0.kind == .flag })
    {
      state.given[option.name] = .init(texts: ["off"], source: .commandLine("--\(name)"))
      return
    }
    throw unknown(name, state)
  }

  private func takeShort(
    _ word: String, _ words: [String], _ index: inout Int, _ state: inout State
  ) throws(UsageError) {
    var letters = Substring(word).dropFirst()
    while let letter = letters.popFirst() {
      guard let option = state.options.first(where: { $0.short == letter }) else {
        throw error("unknown option -\(letter)", state)
      }
      if option.takesValue {
        var attached: String?
        if !letters.isEmpty { attached = String(letters.first == "=" ? letters.dropFirst() : letters) }
        return try set(option, "-\(letter)", attached, words, &index, &state)
      }
      state.given[option.name] = .init(texts: ["on"], source: .commandLine("-\(letter)"))
    }
  }

  private func set(
    _ option: OptionSpec, _ written: String, _ attached: String?, _ words: [String], _ index: inout Int,
    _ state: inout State
  ) throws(UsageError) {
    var text = attached
    switch option.kind {
    case .flag:
      text = attached ?? "on"
    case .environmentOnly:
      throw error(
        "\(written) would show the secret to everybody on this machine: set \(option.environmentName) instead",
        state)
    case .value, .list, .pairs:
      if text == nil, index < words.count, !words[index].hasPrefix("--") || words[index].contains(" ") {
        text = words[index]
        index += 1
      }
    }
    guard let text else { throw error("\(written) needs a value: \(option.placeholder)", state) }
    if option.kind == .pairs, let name = text.split(separator: "=").first, SecretNames.contains(String(name))
    {
      throw error(
        "\(written) \(name) would show a secret to everybody on this machine: put it into the configuration file "
          + "(\(option.name).\(name) = …) or set \(option.environmentName)_"
          + name.uppercased().replacing(".", with: "_"), state)
    }
    if option.kind == .list || option.kind == .pairs {
      state.given[option.name, default: .init(texts: [], source: .commandLine(written))].texts.append(text)
    } else {
      state.given[option.name] = .init(texts: [text], source: .commandLine(written))
    }
  }

  private func unknown(_ name: String, _ state: State) -> UsageError {
    let reachable = state.options.filter { $0.kind != .environmentOnly }.map(\.name)
    if let near = Suggestion.nearest(to: name, among: reachable) {
      return error("unknown option --\(name) (did you mean --\(near)?)", state)
    }
    let below = state.command.subcommands.filter { $0.allOptions.contains { $0.name == name } }.map(\.name)
    if !below.isEmpty {
      return error(
        "--\(name) is an option of \(below.joined(separator: ", ")): write it after the command", state)
    }
    let takers = root.subcommands.filter { $0.allOptions.contains { $0.name == name } }.map(\.name)
    let hint =
      takers.isEmpty
      ? "" : " (only \(takers.joined(separator: ", ")) \(takers.count == 1 ? "takes" : "take") it)"
    return error("unknown option --\(name)\(hint)", state)
  }

  private func error(_ message: String, _ state: State) -> UsageError {
    UsageError(message, command: state.path.joined(separator: " "))
  }
}

/// Names of properties whose value is a secret.
public enum SecretNames {
  /// `sasl.password`, `ssl.key.pem`, `sasl.oauthbearer.config` …
  public static func contains(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["password", "secret", "key.pem", "jaas", "oauthbearer.config", "passphrase", "token"]
      .contains { name.contains($0) }
  }
}
