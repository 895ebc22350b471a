// Owns what went wrong before anything ran: one line for a person, and which exit code it means.

/// A mistake on the command line, in the environment or in the configuration file.
public struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let message: String
  /// The command whose help page says more; empty when that would not help.
  public let command: String
  public let code: ExitCode

  public init(_ message: String, command: String = "", code: ExitCode = .usage) {
    self.message = message
    self.command = command
    self.code = code
  }
  public var description: String { message }
}

/// An error that a command ends with: what to print, and the exit code.
public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
  public let message: String
  /// What to do about it, on a line of its own; empty when nothing can be said.
  public let advice: String
  public let code: ExitCode

  public init(_ message: String, advice: String = "", code: ExitCode) {
    self.message = message
    self.advice = advice
    self.code = code
  }
  public var description: String { message }
}
