// Owns one file of a policy as it was written.

/// A file's name within the policy's folder and its text.
public struct SourceFile: Codable, Sendable, Hashable {
  public var name: String
  public var text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
