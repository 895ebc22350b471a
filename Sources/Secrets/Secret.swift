// Owns text that cannot print itself: passwords, key passphrases, the subject-key secret.

/// A secret. Descriptions, mirrors and interpolations show `<secret>`; only `reveal` gives the text, and a
/// search for that word finds every place that does.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  public init(_ text: String) { self.text = text }

  /// The text itself, for the one call that needs it.
  public func reveal() -> String { text }
  public var isEmpty: Bool { text.isEmpty }

  public var description: String { "<secret>" }
  public var debugDescription: String { "<secret>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
