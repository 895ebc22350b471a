// Owns why an event is refused: a stable code, the field at fault, one sentence without payload.

/// Why bytes are not an event of their contract.
public struct EventRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable words, for metrics, headers and scripts; documented in the AsyncAPI document.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case empty, tooLarge = "too-large", invalidJSON = "invalid-json", invalidUTF8 = "invalid-utf-8"
    case tooDeep = "too-deep", duplicateField = "duplicate-field", missingField = "missing-field"
    case wrongType = "wrong-type", outOfRange = "out-of-range", unknownValue = "unknown-value"
    case invalidTime = "invalid-time", tooLong = "too-long", controlCharacter = "control-character"
    case cloudEvent = "invalid-cloudevent"
    /// Of a remedy: by a key that the policy does not have, or that is somebody else's, or of another text.
    case badSignature = "bad-signature"
  }
  public var code: Code
  /// `rating.value`, `labels[3]`; empty when the record as a whole is at fault.
  public var field: String
  /// For a person: what is wrong and what is allowed.
  public var reason: String

  public init(_ code: Code, field: String, reason: String) {
    self.code = code
    self.field = field
    self.reason = reason
  }
  public var description: String {
    field.isEmpty ? "\(code.rawValue): \(reason)" : "\(code.rawValue): \(field): \(reason)"
  }
}
