// Owns the shape of a case id at the door: it begins with the key of its subject, so that an update that names only the
// case reaches the right partition.
import Casework
import Events

/// Reads case ids that come from outside. A case id is a subject key (a letter, a dash and 32 hexadecimal digits), a dash,
/// and the case's number.
public enum CaseIdentifier {
  /// Bytes of a subject key.
  private static let subjectKeyLength = 34

  /// Reads an id as CASEWORK does. Throws `unknown-value` for a text that is none.
  static func read(_ caseID: ByteSlice) throws(EventRefusal) -> CaseID {
    guard let id = CaseID(caseID), isKey(id.subjectKey) else {
      throw EventRefusal(
        .unknownValue, field: "case",
        reason: "is not a case id, which is its subject's key (a letter, a dash, 32 hexadecimal digits), "
          + "a dash and a number from 1: take it from the signal or the assignment")
    }
    return id
  }

  private static func isKey(_ text: ByteSlice) -> Bool {
    let bytes = text.bytes
    return bytes.count == subjectKeyLength && isLetter(bytes[0]) && bytes[1] == UInt8(ascii: "-")
      && bytes[2...].allSatisfy(isHexadecimal)
  }

  /// The case by which INTAKE knows whose an event is; nil of one that names its subject.
  static func naming(_ event: Event) -> ByteSlice? {
    switch event.body {
    case .feedback, .incident: nil
    case .caseUpdate(let update): update.subject == nil ? update.caseID : nil
    case .remedy(let remedy): remedy.subject == nil || !remedy.caseID.isEmpty ? remedy.caseID : nil
    }
  }

  /// Throws what INTAKE refuses an event for that names its case by what is no case id.
  public static func check(_ event: Event) throws(EventRefusal) {
    if let caseID = naming(event) { _ = try read(caseID) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66
  }
}
