// Owns how a claim is named: its case, `-r`, and its number among that case's remedies.
import Events

enum ClaimID {
  /// The number in a claim's id; nil for a claim of another case or a text that is none.
  static func number(_ claim: ByteSlice, of caseID: ByteSlice) -> UInt32? {
    let bytes = claim.bytes
    guard bytes.count > caseID.count &+ 2, bytes[caseID.count] == UInt8(ascii: "-"),
      bytes[caseID.count &+ 1] == UInt8(ascii: "r"),
      ByteSlice(UnsafeRawBufferPointer(rebasing: bytes[..<caseID.count])) == caseID
    else { return nil }
    return CaseID.number(bytes[(caseID.count &+ 2)...])
  }
}
