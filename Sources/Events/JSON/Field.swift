// Owns the vocabulary of the contracts: each field name once, and which names each object knows.

/// A field name of any contract. A name means one thing wherever it stands.
enum Field: UInt8, CaseIterable, Sendable {
  case id, occurredAt, source, traceparent
  case subject, kind, segment, value
  case respondent, channel, journey, touchpoint, site, entity
  case rating, scale, text, language, labels
  case service, severity, status, affected, title
  case `case`, actor, team, role, act
  case due, what, to, reason, `for`, until, evidence
  case action, amount, minor, currency
  case specversion, type, time, data, dataBase64, datacontenttype
  case causeId, cause, topic, partition, offset, subjectKey
  case owner, worker, witness, priority, score, contributions, name, points, because
  case rule, ruleAt, alsoMatched, epoch, redactions, textTruncated, event

  /// As it stands on the wire.
  var wireName: String { self == .dataBase64 ? "data_base64" : "\(self)" }

  static let table = NameTable(allCases.map(\.wireName))

  /// For the cold path.
  static func named(_ name: String) -> Field? { allCases.first { $0.wireName == name } }
}

/// A set of fields; membership of a constant is one instruction.
struct FieldSet: Sendable, ExpressibleByArrayLiteral {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}
  init(arrayLiteral fields: Field...) { for field in fields { insert(Int(field.rawValue)) } }

  @inline(__always) func contains(_ index: Int) -> Bool {
    ((index < 64 ? low : high) &>> UInt64(truncatingIfNeeded: index)) & 1 != 0
  }
  @inline(__always) mutating func insert(_ index: Int) {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
    if index < 64 { low |= bit } else { high |= bit }
  }
}

extension FieldSet {
  static let feedback: FieldSet = [
    .id, .occurredAt, .source, .subject, .respondent, .channel, .journey, .touchpoint, .site, .entity,
    .rating,
    .text, .language, .labels, .specversion,
  ]
  static let subject: FieldSet = [.kind, .id, .segment, .value]
  static let rating: FieldSet = [.kind, .value, .scale]
  static let incident: FieldSet = [
    .id, .occurredAt, .source, .subject, .site, .entity, .service, .severity, .status, .affected, .title,
    .text,
    .labels, .specversion,
  ]
  static let caseUpdate: FieldSet = [
    .id, .occurredAt, .source, .case, .actor, .act, .due, .what, .to, .reason, .for, .until, .evidence, .text,
    .specversion,
  ]
  static let actor: FieldSet = [.id, .role, .team, .site]
  static let remedy: FieldSet = [
    .id, .occurredAt, .source, .case, .subject, .actor, .action, .amount, .reason, .specversion,
  ]
  static let amount: FieldSet = [.minor, .currency]
  static let cloudEvent: FieldSet = [
    .specversion, .id, .source, .type, .time, .data, .dataBase64, .datacontenttype, .traceparent,
  ]
  static let signal: FieldSet = [
    .id, .causeId, .cause, .kind, .subjectKey, .occurredAt, .owner, .worker, .witness, .priority, .score,
    .contributions, .rule, .ruleAt, .alsoMatched, .epoch, .redactions, .textTruncated, .traceparent, .event,
  ]
  static let coordinates: FieldSet = [.topic, .partition, .offset]
  static let contribution: FieldSet = [.name, .points, .because]
}
