// Owns why a key cannot be used or nothing can be signed; never with anything of the key in it.

/// None of them goes away by trying again: the key, or the library, is another than it has to be.
public struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Neither PEM nor 32 bytes in base64url, or an encrypted PEM.
    case unreadableKey = "unreadable-key"
    /// A key, but of another algorithm.
    case wrongAlgorithm = "wrong-algorithm"
    /// The file cannot be read.
    case unreadableFile = "unreadable-file"
    /// libcrypto cannot do it: one without Ed25519, or out of memory.
    case unavailable
  }
  public let code: Code
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = "\(code.rawValue): \(description)"
  }
}
