// Owns the event that shows what a finding says: confirmed by the evaluator before it is told.

/// An event as an author would jot it down, and what becomes of it.
public struct FindingExample: Codable, Sendable, Hashable {
  /// JSON with its `kind` and the fields that matter; `EventSketch` makes a whole event of it.
  public var event: String
  /// The rule that takes it: `ownership.rules[2]`, or `ownership.unrouted`.
  public var rule: String
  /// The team that owns it.
  public var owner: String
}
