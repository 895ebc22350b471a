// Owns what is known of an option before any value: its names, its kind, what help and completions say of it.

/// An option as help, completions and the parser see it; `Option` adds the type of its value.
public struct OptionSpec: Sendable {
  public enum Kind: Sendable, Hashable {
    /// Present or not; `--no-NAME` takes it back.
    case flag
    /// One value; the last one wins.
    case value
    /// Several values, by repetition or separated by commas.
    case list
    /// `NAME=VALUE` pairs. Given by repetition, by environment variables that start with the option's, and by
    /// `option.NAME = VALUE` lines in the configuration file.
    case pairs
    /// From the environment only, because a command line is readable by everybody on the machine.
    case environmentOnly
  }

  /// What a shell offers after the option.
  public enum Completion: Sendable, Hashable { case none, file, directory }

  /// `brokers`: `--brokers`, `ANSWERABLE_BROKERS`, `brokers = …`.
  public let name: String
  public let short: Character?
  public let kind: Kind
  /// `LIST`, `DIR`; empty for flags.
  public let placeholder: String
  /// One sentence, without the default (which help appends).
  public let summary: String
  /// Shown in help; nil where there is none.
  public let defaultText: String?
  /// The only values allowed, when they can be listed.
  public let allowed: [String]
  public let completion: Completion
  /// Whether the configuration file may set it.
  public let isConfigurable: Bool
  /// Why these texts are no value; nil when they are one.
  let refusal: @Sendable ([String]) -> String?

  /// `ANSWERABLE_SECRET_FILE`
  public var environmentName: String {
    "ANSWERABLE_" + name.uppercased().replacing("-", with: "_")
  }
  public var takesValue: Bool { kind != .flag }
}

/// Why a text is no value of an option. Says what would be one.
public struct BadValue: Error, Sendable, Hashable {
  public let reason: String
  public init(_ reason: String) { self.reason = reason }
}
