// Owns the check of one event before it is sent: the decoder's own, and the key it will have.
import Events
import Roles

/// Checks events as INTAKE will. One thread.
struct EventCheck {
  private let decoder = EventDecoder()

  /// The record's key, so that all records about one subject keep their order: its id, else the case, the site or
  /// the service.
  func key(of kind: EventKind, _ line: ArraySlice<UInt8>) throws(EventRefusal) -> [UInt8] {
    var result: Result<[UInt8], EventRefusal> = .success([])
    line.withUnsafeBytes { bytes in
      do throws(EventRefusal) {
        let event = try decoder.decode(kind, value: bytes)
        try CaseIdentifier.check(event)
        result = .success(Self.key(of: event))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  private static func key(of event: Event) -> [UInt8] {
    let text: ByteSlice =
      switch event.body {
      case .feedback(let feedback): feedback.subject.id
      case .incident(let incident):
        incident.subject?.id ?? (incident.site.isEmpty ? incident.service : incident.site)
      case .caseUpdate(let update): update.subject?.id ?? update.caseID
      case .remedy(let remedy): remedy.caseID.isEmpty ? remedy.subject?.id ?? ByteSlice() : remedy.caseID
      }
    return Array(text.bytes)
  }
}
