// Owns the shape of a case id: it begins with the key of its subject, so that an update that names only the
// case reaches the right partition.
import Events

/// Reads case ids. A case id is a subject key (`c-` and 32 hexadecimal digits), a dash, and a suffix of the
/// case's own.
enum CaseIdentifier {
  /// Bytes of a subject key.
  static let subjectKeyLength = 34

  /// The subject key that a case id carries, or nil when the text is no case id.
  static func subjectKey(of caseID: ByteSlice) -> ByteSlice? {
    let bytes = caseID.bytes
    guard bytes.count > subjectKeyLength + 1, bytes[1] == UInt8(ascii: "-"),
      bytes[subjectKeyLength] == UInt8(ascii: "-"), isLetter(bytes[0])
    else { return nil }
    for index in 2..<subjectKeyLength where !isHexadecimal(bytes[index]) { return nil }
    return ByteSlice(UnsafeRawBufferPointer(rebasing: bytes[..<subjectKeyLength]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66
  }
}
