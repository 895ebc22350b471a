// Owns a stage for casework's tests: all roles in memory under the shipped policy, events in, records out.
import Events
import Foundation
import Policy
import Privacy
import Roles
import Secrets
import Signatures
import Streams

/// Events go in at times told from the start; what was published comes out as JSON objects.
struct CaseworkStage {
  static let secret = Secret("a secret for tests only, long enough")
  /// A Monday, 09:00 in Paris.
  static let start: Int64 = 1_772_438_400_000
  let theatre: Theatre
  private let keys: SubjectKeyMaker

  init(signingKey: SigningKey? = nil, _ change: (inout PolicyDocument) -> Void = { _ in }) throws {
    theatre = try Theatre(at: Self.start - 60_000, secret: Self.secret, signingKey: signingKey)
    keys = try SubjectKeyMaker(secret: Self.secret)
    var record = try IntakeWorld.policy()
    change(&record.document)
    try theatre.publish(
      PolicyRecord(record.document, files: [], publishedAt: 0, by: "tests", note: ""))
    try theatre.advance(to: Self.start)
  }

  /// Goes on with the deployment that another stage's was moved to.
  init(moving theatre: Theatre, to catalogue: TopicCatalogue) throws {
    self.theatre = try Theatre(after: theatre, catalogue, secret: Self.secret)
    keys = try SubjectKeyMaker(secret: Self.secret)
    try self.theatre.advance(to: theatre.now)
  }

  func key(_ kind: String, _ id: String) throws -> String {
    var key: [UInt8] = []
    try Array(kind.utf8).withUnsafeBytes { kind in
      try Array(id.utf8).withUnsafeBytes { id in try keys.key(kind: kind, id: id, into: &key) }
    }
    return String(decoding: key, as: UTF8.self)
  }

  private func send(_ kind: EventKind, _ key: String, _ fields: [String: Any], minutes: Int64) throws {
    let time = Self.start + minutes * 60_000
    try theatre.advance(to: time)
    var fields = fields
    fields["source"] = "tests"
    fields["occurredAt"] =
      fields["occurredAt"]
      ?? ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(time) / 1_000))
    let value = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
    try theatre.send(kind, key: Array(key.utf8), value: Array(value))
  }

  /// A guest with a leak in room 214 of Lyon 1, unless told otherwise.
  func feedback(
    _ id: String, guest: String = "guest-1", minutes: Int64 = 0, rating: Int = 0,
    touchpoint: String = "room-comfort", site: String = "lyon-1"
  ) throws {
    try send(
      .feedback, "customer-\(guest)",
      [
        "id": id, "subject": ["kind": "customer", "id": guest], "journey": "stay", "touchpoint": touchpoint,
        "site": site, "rating": ["kind": "nps", "value": rating],
      ], minutes: minutes)
  }

  func incident(
    _ id: String, service: String, status: String = "open", minutes: Int64 = 0, site: String = "lyon-1"
  ) throws {
    try send(
      .incident, "site-\(site)",
      [
        "id": id, "site": site, "service": service, "entity": "\(service)-1", "severity": "critical",
        "status": status, "title": "\(service) out of service",
      ], minutes: minutes)
  }

  func act(
    _ id: String, _ act: String, case caseID: String, by actor: [String: String], minutes: Int64,
    _ more: [String: Any] = [:]
  ) throws {
    var fields: [String: Any] = ["id": id, "case": caseID, "actor": actor, "act": act]
    fields.merge(more) { _, new in new }
    try send(.caseUpdate, caseID, fields, minutes: minutes)
  }

  /// Somebody asks for something for a case, or for a guest whose case it is to find.
  func remedy(
    _ id: String, _ action: String, _ minor: Int, for target: [String: Any], by person: String, role: String,
    minutes: Int64, evidence: [String] = []
  ) throws {
    var fields: [String: Any] = [
      "id": id, "actor": ["id": person, "role": role], "action": action,
      "amount": ["minor": minor, "currency": "EUR"],
    ]
    if !evidence.isEmpty { fields["evidence"] = evidence }
    fields.merge(target) { _, new in new }
    try send(.remedy, "remedies", fields, minutes: minutes)
  }

  /// `answer reason.code` of everything on `delegations`.
  func answers() throws -> [String] {
    try records(.delegations).map {
      "\($0["answer"] ?? "-") \(($0["reason"] as? [String: Any])?["code"] ?? "-")"
    }
  }

  /// How a case's remedies stand by its latest assignment.
  func remedies(of caseID: String) throws -> [String] {
    let latest = try records(.assignments).last { $0["case"] as? String == caseID }
    let remedies = latest?["remedies"] as? [[String: Any]] ?? []
    return remedies.map { "\($0["claim"] ?? "-") \($0["state"] ?? "-")" }
  }

  func erase(_ id: String, guest: String, minutes: Int64) throws {
    try send(
      .caseUpdate, "customer-\(guest)",
      [
        "id": id, "subject": ["kind": "customer", "id": guest], "act": "erase", "reason": "asked for",
        "actor": Self.technician,
      ], minutes: minutes)
  }

  static let technician = [
    "id": "technician-4", "role": "technician", "team": "building-technique", "site": "lyon-1",
  ]

  func advance(minutes: Int64) throws { try theatre.advance(to: Self.start + minutes * 60_000) }

  func records(_ topic: Topic) throws -> [[String: Any]] {
    theatre.log.settle()
    return try theatre.log.records(topic.name(prefix: theatre.catalogue.prefix)).compactMap { record in
      try record.value.map { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] ?? [:] }
    }
  }

  /// The journal's records, by number.
  func journal() throws -> [[String: Any]] {
    try records(.caseJournal).sorted { ($0["number"] as? Int ?? 0) < ($1["number"] as? Int ?? 0) }
  }

  /// `decision/reason.code` of each.
  func decisions() throws -> [String] {
    try journal().map { "\($0["decision"] ?? "-")/\(($0["reason"] as? [String: Any])?["code"] ?? "-")" }
  }
}
