// Owns how a case's id reads.
import Events
import StateBytes

extension Texts {
  /// `KEY-NUMBER`.
  func caseID(_ id: CaseID) -> ByteSlice {
    make {
      $0.add(id.subjectKey)
      $0.add("-")
      $0.add(Int64(id.number))
    }
  }
}
