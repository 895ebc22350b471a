// Owns how a case is named: the key of its subject, a dash, and its number among that subject's cases.
import Events

/// A case id carries its subject key, so that an update that names only the case reaches the right partition.
public struct CaseID {
  public var subjectKey: ByteSlice
  /// From 1, never used twice for a subject while anything may be kept that names the first one.
  public var number: UInt32

  public init(subjectKey: ByteSlice, number: UInt32) {
    self.subjectKey = subjectKey
    self.number = number
  }

  /// Reads an id, to the letter: all before its last dash, and a number. Nil for a text that is none.
  public init?(_ id: ByteSlice) {
    guard let dash = id.bytes.lastIndex(of: UInt8(ascii: "-")), dash > 0,
      let number = Self.number(id.bytes[(dash &+ 1)...])
    else { return nil }
    self.init(
      subjectKey: ByteSlice(UnsafeRawBufferPointer(rebasing: id.bytes[..<dash])), number: number)
  }

  /// A number as it stands at the end of an id: from 1, digits, the first of them no zero; nil for anything else.
  static func number(_ digits: UnsafeRawBufferPointer.SubSequence) -> UInt32? {
    // As many as the largest number has.
    guard (1...10).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
    var number: UInt64 = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      number = number &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
    }
    return UInt32(exactly: number)
  }

  /// The subject's key that an id carries: all before its last dash.
  static func subjectKey(of id: ByteSlice) -> ByteSlice {
    guard let dash = id.bytes.lastIndex(of: UInt8(ascii: "-")) else { return id }
    return ByteSlice(UnsafeRawBufferPointer(rebasing: id.bytes[..<dash]))
  }
}
