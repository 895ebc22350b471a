// Owns what is wrong with a configuration: all of it at once, in a fixed order, each with its place.

/// A configuration that cannot be used.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One mistake.
  public struct Mistake: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Where: `producer.transactionTimeout`, `additional["linger.sm"]`.
    public let path: String
    /// What is wrong, with a suggestion where there is one. Never contains a secret.
    public let reason: String

    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    public static func < (a: Self, b: Self) -> Bool { (a.path, a.reason) < (b.path, b.reason) }
    /// `additional["linger.sm"]: no such property (did you mean "linger.ms"?)`
    public var description: String { "\(path): \(reason)" }
  }

  /// All mistakes, sorted; never empty.
  public let mistakes: [Mistake]

  public init(_ mistakes: [Mistake]) { self.mistakes = mistakes.sorted() }

  /// One line for each mistake.
  public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
