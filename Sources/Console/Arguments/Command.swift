// Owns the tree of commands: names, options, arguments, examples, and what runs.

/// What stands on a command line without a dash.
public struct Positional: Sendable {
  public enum Arity: Sendable, Hashable { case one, optional, any, many }
  /// `FILE`
  public let name: String
  public let summary: String
  public let arity: Arity
  /// The only words allowed; empty where anything goes.
  public let allowed: [String]
  public let completion: OptionSpec.Completion

  public init(
    _ name: String, _ summary: String, _ arity: Arity = .one, allowed: [String] = [],
    completion: OptionSpec.Completion = .none
  ) {
    self.name = name
    self.summary = summary
    self.arity = arity
    self.allowed = allowed
    self.completion = completion
  }

  /// `FILE…`, `[ROLE…]`
  var usage: String {
    switch arity {
    case .one: name
    case .optional: "[\(name)]"
    case .any: "[\(name)…]"
    case .many: "\(name)…"
    }
  }
}

/// A line that works, and what it does.
public struct Example: Sendable {
  public let line: String
  public let says: String
  public init(_ line: String, _ says: String) {
    self.line = line
    self.says = says
  }
}

/// Options under one heading of the help page.
public struct OptionGroup: Sendable {
  public let title: String
  public let options: [OptionSpec]
  public init(_ title: String = "Options", _ options: [OptionSpec]) {
    self.title = title
    self.options = options
  }
}

/// A command with its subcommands. A command that has some runs nothing itself.
public struct Command: Sendable {
  public typealias Body = @Sendable (Invocation, Terminal) throws -> ExitCode

  public let name: String
  /// One line, lower case, without a full stop.
  public let summary: String
  /// Paragraphs for the help page; each is wrapped to the terminal's width.
  public let details: [String]
  public let groups: [OptionGroup]
  public let positionals: [Positional]
  public let examples: [Example]
  public let subcommands: [Command]
  let body: Body?

  /// A command that does something.
  public init(
    _ name: String, _ summary: String, details: [String] = [], options: [OptionGroup] = [],
    positionals: [Positional] = [], examples: [Example] = [], body: @escaping Body
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.groups = options
    self.positionals = positionals
    self.examples = examples
    subcommands = []
    self.body = body
  }

  /// A command that only holds others.
  public init(
    _ name: String, _ summary: String, details: [String] = [], options: [OptionGroup] = [],
    examples: [Example] = [], subcommands: [Command]
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.groups = options
    positionals = []
    self.examples = examples
    self.subcommands = subcommands
    body = nil
  }

  var options: [OptionSpec] { groups.flatMap(\.options) }

  /// Every option of this command and of all below it. Commands may share a name.
  var allOptions: [OptionSpec] { options + subcommands.flatMap(\.allOptions) }
}
