// Owns events as people jot them down: only what matters, the rest of the contract filled in.
import Events
import Foundation

/// An event in JSON of which only the fields that matter are written, its `kind` among them:
/// `{"kind":"feedback","touchpoint":"invoice"}`. What `check` shows as an example is one.
public struct EventSketch: Sendable {
  public let kind: EventKind
  /// JSON that the contract of `kind` accepts, as far as the sketch itself is right.
  public let bytes: [UInt8]

  /// What stands for a source, an id and a name that nobody wrote.
  static let word = "example"
  static let subjectKind = "customer"
  static let time = "2026-01-01T00:00:00Z"

  /// Nil when the text is no JSON object with a `kind` of `feedback`, `incident` or `remedy`.
  ///
  /// Fills in: `id` and `source` (`example`), `occurredAt`, `subject` (a customer), for feedback without rating and
  /// text a text without words, for an incident `severity` (medium), `status` (open) and, without a site, `service`, for a
  /// remedy without a case its subject, and the role that nobody asks an event for.
  /// Nothing that is written is changed.
  public init?(_ text: [UInt8]) {
    guard let json = try? JSONSerialization.jsonObject(with: Data(text)), var event = json as? [String: Any],
      let kind = (event["kind"] as? String).flatMap(EventKind.init(rawValue:)),
      kind != .caseUpdate
    else { return nil }
    func fill(_ field: String, _ value: Any) { if event[field] == nil { event[field] = value } }
    fill("id", Self.word)
    fill("source", Self.word)
    fill("occurredAt", Self.time)
    if var subject = event["subject"] as? [String: Any] {
      for (field, value) in [("kind", Self.subjectKind), ("id", Self.word)] where subject[field] == nil {
        subject[field] = value
      }
      event["subject"] = subject
    } else if kind == .feedback || kind == .remedy && event["case"] == nil {
      fill("subject", ["kind": Self.subjectKind, "id": Self.word])
    }
    switch kind {
    case .feedback: if event["rating"] == nil { fill("text", "…") }
    case .caseUpdate: break
    case .remedy:
      // Who somebody is says the directory.
      var actor = event["actor"] as? [String: Any] ?? [:]
      if actor["role"] == nil { actor["role"] = Self.word }
      event["actor"] = actor
    case .incident:
      fill("severity", Severity.medium.rawValue)
      fill("status", IncidentStatus.open.rawValue)
      if event["site"] == nil { fill("service", Self.word) }
    }
    guard let data = try? JSONSerialization.data(withJSONObject: event, options: .sortedKeys) else {
      return nil
    }
    self.kind = kind
    bytes = [UInt8](data)
  }
}
