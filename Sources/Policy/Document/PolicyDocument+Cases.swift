// Owns the numbers of casework once they are sound.
import Events

extension PolicyDocument {
  /// Of cases.yaml, every default filled.
  public struct Cases: Codable, Sendable, Hashable {
    public var rules = CaseRules()
    public var memory = MemoryRules()
    public init() {}
  }
}

/// As its number: 1 for P1.
extension Priority: Codable {}
