// Owns how a case is named: the key of its subject, a dash, and its number among that subject's cases.
import Events

/// A case id carries its subject key, so that an update that names only the case reaches the right partition.
public struct CaseID {
  public var subjectKey: ByteSlice
  /// From 1, never used twice for a subject while its state lives.
  public var number: UInt32

  public init(subjectKey: ByteSlice, number: UInt32) {
    self.subjectKey = subjectKey
    self.number = number
  }
}
