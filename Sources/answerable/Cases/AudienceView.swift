// Owns what an audience is shown of casework's and delegation's records as JSON: the fields that their schemas say are for it.
import Events
import Roles

struct AudienceView {
  private let audience: Audience
  private let projections: [Topic: Projection]

  init(_ audience: Audience) throws(EventRefusal) {
    self.audience = audience
    projections = [
      .assignments: try Projection(.assignment), .escalations: try Projection(.escalation),
      .caseJournal: try Projection(.journal), .delegations: try Projection(.delegation),
    ]
  }

  /// One JSON object: coordinates, key, and the value as far as it is shown. Headers are the owner's.
  func text(_ record: ScannedRecord, _ topic: Topic) throws -> String {
    var shown = record
    shown.headers = []
    guard let value = record.value, let projection = projections[topic] else {
      return try RecordJSON.text(shown)
    }
    shown.value = try value.withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in try projection.project(bytes, for: audience) }
    }.get()
    return try RecordJSON.text(shown)
  }
}
