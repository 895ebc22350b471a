// Owns which records `watch` shows: those of an owner, those of a case.
import Events
import Roles

struct RecordFilter {
  var owner: String?
  var caseID: String?
  /// How far intake has read, told every few seconds, says something to few people.
  var showsMarks = false

  func shows(_ record: ScannedRecord) -> Bool {
    if !showsMarks, record.isMark { return false }
    if let owner, record.header("owner") != owner { return false }
    guard let caseID else { return true }
    let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
    // A signal's key is the subject's, which the case's id begins with.
    return key == caseID || (!key.isEmpty && caseID.hasPrefix(key + "-"))
  }
}
