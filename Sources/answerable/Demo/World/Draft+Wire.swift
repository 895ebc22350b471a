// Owns the wire form of the world's events: bare JSON from most systems, CloudEvents from some.
import Events

/// A record as its system produces it: what goes to the input topic.
struct WireRecord: Sendable {
  /// When its system sends it: milliseconds since 1970.
  var sentAt: Int64
  /// The contract it is sent under; names the topic.
  var kind: EventKind
  /// What the producer partitions by.
  var key: [UInt8]
  var headers: [Header]
  var value: [UInt8]
  /// What is wrong with it; nil for one that has to be decoded.
  var mistake: Mistake?

  struct Header: Sendable {
    var name: String
    var value: String
  }
}

extension Draft {
  /// How a system wraps its events.
  enum Form: Sendable { case bare, binary, structured }

  var form: Form {
    switch source {
    case .guestApp: .binary
    case .buildingMonitor: .structured
    default: .bare
    }
  }

  /// The record, under an id unique at its source.
  func record(id: String, caseID: (SubjectDraft) -> String) -> WireRecord {
    let time = WeekTime.text(occurredAt, source.zone)
    var headers: [WireRecord.Header] = []
    let value: JSONText
    switch form {
    case .bare:
      value = JSONText { json in
        json.field("id", id)
        json.field("occurredAt", time)
        json.field("source", source.rawValue)
        fill(&json, caseID)
      }
    case .binary:
      headers = [
        .init(name: "ce_specversion", value: "1.0"), .init(name: "ce_id", value: id),
        .init(name: "ce_source", value: source.rawValue), .init(name: "ce_time", value: time),
        .init(name: "ce_type", value: "com.example.\(kind.rawValue)"),
        .init(name: "content-type", value: "application/json"),
      ]
      value = JSONText { fill(&$0, caseID) }
    case .structured:
      headers = [.init(name: "content-type", value: "application/cloudevents+json")]
      value = JSONText { json in
        json.field("specversion", "1.0")
        json.field("id", id)
        json.field("source", source.rawValue)
        json.field("type", "com.example.\(kind.rawValue)")
        json.field("time", time)
        json.field("data") { fill(&$0, caseID) }
      }
    }
    return WireRecord(
      sentAt: sentAt, kind: kind, key: Array(key.utf8), headers: headers, value: value.bytes, mistake: nil)
  }

  /// Producers partition by whom or what they report on.
  private var key: String {
    switch body {
    case .feedback(let feedback): feedback.subject.id
    case .incident(let incident): incident.site.id
    case .caseUpdate(let update): update.subject.id
    case .remedy(let remedy): remedy.subject.id
    }
  }

  private func fill(_ json: inout JSONText, _ caseID: (SubjectDraft) -> String) {
    switch body {
    case .feedback(let feedback): feedback.fill(&json)
    case .incident(let incident): incident.fill(&json)
    case .caseUpdate(let update): update.fill(&json, caseID(update.subject), source.zone)
    case .remedy(let remedy): remedy.fill(&json, caseID(remedy.subject))
    }
  }
}

extension SubjectDraft {
  fileprivate func fill(_ json: inout JSONText) {
    json.field("kind", kind)
    json.field("id", id)
    json.field("segment", segment)
    json.field("value", value)
  }
}

extension FeedbackDraft {
  fileprivate func fill(_ json: inout JSONText) {
    json.field("subject") { subject.fill(&$0) }
    json.field("respondent", respondent.rawValue)
    json.field("channel", channel)
    json.field("journey", journey.rawValue)
    json.field("touchpoint", touchpoint?.rawValue)
    json.field("site", site.id)
    json.field("entity", entity)
    if let rating {
      json.field("rating") { json in
        json.field("kind", rating.kind.rawValue)
        json.field("value", thousandths: rating.value)
        json.field("scale", thousandths: rating.scale)
      }
    }
    json.field("text", text)
    json.field("language", language?.rawValue)
    json.field("labels", labels)
  }
}

extension IncidentDraft {
  fileprivate func fill(_ json: inout JSONText) {
    json.field("site", site.id)
    json.field("entity", entity)
    json.field("service", service.rawValue)
    json.field("severity", severity.rawValue)
    json.field("status", status.rawValue)
    json.field("affected", affected)
    json.field("title", title)
    json.field("text", text)
    json.field("labels", labels)
  }
}

extension ActorDraft {
  fileprivate func fill(_ json: inout JSONText) {
    json.field("id", id)
    json.field("role", role)
    json.field("team", team)
    json.field("site", site?.id)
  }
}

extension CaseUpdateDraft {
  fileprivate func fill(_ json: inout JSONText, _ caseID: String, _ zone: WeekTime.Zone) {
    json.field("case", caseID)
    json.field("actor") { actor.fill(&$0) }
    switch act {
    case .acknowledge: json.field("act", "acknowledge")
    case .progress: json.field("act", "progress")
    case .respond: json.field("act", "respond")
    case .promise(let due, let what):
      json.field("act", "promise")
      json.field("due", WeekTime.text(due, zone))
      json.field("what", what)
    case .transfer(let team, let reason):
      json.field("act", "transfer")
      json.field("to", team)
      json.field("reason", reason)
    case .wait(let whom, let until):
      json.field("act", "wait")
      json.field("for", whom)
      json.field("until", WeekTime.text(until, zone))
    case .resolve(let evidence):
      json.field("act", "resolve")
      json.field("evidence", evidence)
    case .reopen: json.field("act", "reopen")
    }
    json.field("text", text)
  }
}

extension RemedyDraft {
  fileprivate func fill(_ json: inout JSONText, _ caseID: String) {
    if namesCase {
      json.field("case", caseID)
    } else {
      json.field("subject") { subject.fill(&$0) }
    }
    json.field("actor") { actor.fill(&$0) }
    json.field("action", action)
    json.field("amount") { json in
      json.field("minor", amount)
      json.field("currency", currency)
    }
    json.field("reason", reason)
  }
}
