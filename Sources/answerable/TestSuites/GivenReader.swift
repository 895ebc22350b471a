// Owns how a suite's given events are read: the contracts' own fields in YAML, with the short forms that people write.
import Events
import Foundation
import Policy

/// Reads the `given` of one case.
struct GivenReader {
  let findings: Findings
  let policy: PolicyDocument
  /// What relative times count from; set by the first that is given.
  private(set) var origin: Int64?
  private(set) var given: [Given] = []
  private var counts: [EventKind: Int] = [:]

  init(_ findings: Findings, _ policy: PolicyDocument) {
    self.findings = findings
    self.policy = policy
  }

  private static let kinds: [(field: String, kind: EventKind)] = [
    ("feedback", .feedback), ("incident", .incident), ("act", .caseUpdate), ("remedy", .remedy),
  ]
  /// The name of an act in a suite, and what the contract calls it.
  private static let actFields = [
    "id", "occurredAt", "source", "case", "subject", "by", "do", "due", "what", "to", "reason", "for",
    "until", "evidence",
    "text", "claim", "amount",
  ]

  mutating func read(_ cursor: Cursor) {
    let names = ["at", "as"] + Self.kinds.map(\.field)
    guard let fields = cursor.fields(names, findings) else { return }
    let events = Self.kinds.filter { fields[$0.field] != nil }
    guard events.count == 1, let event = events.first, let body = fields[event.field] else {
      findings.error(
        cursor.place, "needs exactly one of \(Suggestion.list(Self.kinds.map(\.field))); has \(events.count)")
      return
    }
    let at = time(fields["at"]) ?? given.last?.at ?? Moment.usualStart
    if origin == nil { origin = at }
    counts[event.kind, default: 0] += 1
    let read: [String: Any]? =
      switch event.kind {
      case .caseUpdate: act(body)
      case .remedy: remedy(body)
      default: object(body, .contract(event.kind))
      }
    guard var value = read else { return }
    let usual = "\(event.field)-\(counts[event.kind] ?? 0)"
    let id = value["id"] as? String ?? usual
    fill(&value, event.kind, id: id, at: at)
    let name = fields["as"]?.text(findings)?.value ?? id
    if let other = given.first(where: { $0.name == name }) {
      findings.error(
        cursor.place,
        "\"\(name)\" is given already (line \(other.place.line)): say `as: NAME` beside one of them, by which the case calls it"
      )
    }
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return }
    given.append(Given(name: name, place: cursor.place, at: at, kind: event.kind, value: [UInt8](data)))
  }

  private mutating func time(_ cursor: Cursor?) -> Int64? {
    guard let text = cursor?.text(findings) else { return nil }
    guard let time = Moment.parse(text.value, origin: origin ?? Moment.usualStart) else {
      findings.error(text.place, "\"\(text.value)\" is not \(Moment.forms)")
      return nil
    }
    if let last = given.last, time < last.at {
      findings.error(
        text.place,
        "is before what is given above it (\(RFC3339.string(last.at))): things are given in the order of time"
      )
    }
    return time
  }

  /// What the contract asks for and nobody wrote.
  private func fill(_ value: inout [String: Any], _ kind: EventKind, id: String, at: Int64) {
    func fill(_ field: String, _ content: Any) { if value[field] == nil { value[field] = content } }
    fill("id", id)
    fill("source", "suite")
    fill("occurredAt", RFC3339.string(at))
    switch kind {
    case .feedback:
      fill("subject", ["kind": "customer", "id": id])
      if value["rating"] == nil { fill("text", "…") }
    case .incident:
      fill("severity", Severity.medium.rawValue)
      fill("status", IncidentStatus.open.rawValue)
    case .caseUpdate, .remedy: break
    }
  }

  // MARK: Acts

  /// `{ case: "@fb-1", by: technician-4, do: acknowledge }` as the contract has it.
  private func act(_ cursor: Cursor) -> [String: Any]? {
    guard let fields = cursor.fields(Self.actFields, required: ["by", "do"], findings) else { return nil }
    let contract = ContractField.contract(.caseUpdate)
    var value: [String: Any] = [:]
    for (name, field) in fields {
      switch name {
      case "by": value["actor"] = actor(field, contract.fields["actor"] ?? contract)
      case "do": value["act"] = word(field, among: Events.Act.Word.allCases.map(\.rawValue))
      default: value[name] = content(field, contract.fields[name], name)
      }
    }
    return value
  }

  /// `{ case: "@fb-1", by: technician-4, action: engage-repair, amount: 120 EUR }` as the contract has it.
  private func remedy(_ cursor: Cursor) -> [String: Any]? {
    let contract = ContractField.contract(.remedy)
    let names = contract.fields.keys.filter { $0 != "actor" }.sorted() + ["actor", "by"]
    guard let fields = cursor.fields(names, findings) else { return nil }
    var value: [String: Any] = [:]
    for (name, field) in fields {
      if name == "by" {
        value["actor"] = actor(field, contract.fields["actor"] ?? contract)
      } else {
        value[name] = content(field, contract.fields[name], name)
      }
    }
    return value
  }

  private func word(_ cursor: Cursor, among allowed: [String]) -> String? {
    guard let text = cursor.text(findings) else { return nil }
    if !allowed.contains(text.value) {
      findings.error(
        text.place,
        "\"\(text.value)\" is no act\(Suggestion.didYouMean(text.value, among: allowed)); allowed: \(Suggestion.list(allowed))"
      )
    }
    return text.value
  }

  /// Somebody of the directory by their id, `ROLE of TEAM`, or the contract's own fields.
  private func actor(_ cursor: Cursor, _ contract: ContractField) -> [String: Any]? {
    if case .mapping = cursor.node.content { return object(cursor, contract) }
    guard let text = cursor.text(findings)?.value else { return nil }
    if let person = policy.people.first(where: { $0.id == text }) {
      var actor = ["id": person.id, "role": person.role, "team": person.team]
      if let site = person.site { actor["site"] = site }
      return actor
    }
    let parts = text.components(separatedBy: " of ")
    if parts.count == 2 { return ["role": parts[0], "team": parts[1]] }
    return ["id": text]
  }

  // MARK: Contents

  private func object(_ cursor: Cursor, _ contract: ContractField) -> [String: Any]? {
    guard let fields = cursor.fields(contract.fields.keys.sorted(), findings) else { return nil }
    var value: [String: Any] = [:]
    for (name, field) in fields { value[name] = content(field, contract.fields[name], name) }
    return value
  }

  /// A value as JSON has it; nil when a finding says why there is none.
  private func content(_ cursor: Cursor, _ field: ContractField?, _ name: String) -> Any? {
    let field = field ?? .text
    switch cursor.node.content {
    case .mapping: return object(cursor, field)
    case .list: return cursor.list(findings)?.compactMap { content($0, .text, name) }
    case .scalar(let scalar):
      if scalar.isNull { return NSNull() }
      if name == "amount" {
        return cursor.money(findings).map { ["minor": $0.value.minor, "currency": $0.value.currency] }
      }
      if let short = short(scalar, field, name) { return short }
      if field.takesNumber, scalar.isPlain {
        if let whole = Int64(scalar.text) { return whole }
        if let number = Double(scalar.text) { return number }
      }
      let isTime = ["occurredAt", "due", "until"].contains(name)
      if isTime, scalar.text.hasPrefix("+") {
        guard let time = Moment.parse(scalar.text, origin: origin ?? Moment.usualStart) else {
          findings.error(cursor.place, "\"\(scalar.text)\" is not \(Moment.forms)")
          return nil
        }
        return RFC3339.string(time)
      }
      return field.takesList ? [scalar.text] : scalar.text
    }
  }

  /// `subject: guest-7` is a customer; `rating: nps 0` a kind and a value.
  private func short(_ scalar: YAMLScalar, _ field: ContractField, _ name: String) -> Any? {
    switch name {
    case "subject" where !field.fields.isEmpty: return ["kind": "customer", "id": scalar.text]
    case "rating":
      let parts = scalar.text.split(separator: " ")
      guard parts.count == 2, let value = Double(parts[1]) else { return nil }
      return ["kind": String(parts[0]), "value": Int64(exactly: value) ?? value as Any]
    default: return nil
    }
  }
}

extension ContractField {
  fileprivate static let text = ContractField()
}
