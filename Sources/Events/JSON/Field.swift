// Owns the field names of the contracts, each once, and sets of them.

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
  case notice, link, hold, incident, by, mark, through, partitions
  case revision, openedAt, at, signals, gathered, edges, promisesBroken, clocks, promises, state
  case climbed, rungs, nextRungAt, code, note
  case rung, skipped, people, standsInFor, canAct, unless, dueBy, retracts, wakeAt, next, ownerGone
  case digest, count, cases, audience
  case task, number, decision, earlier, memory, before, after, edge, from, outputs, heardUntil
  case claim, answer, requester, decider, expiresAt, signedBy, signature, key, ref, remedies
  case format, oldestReader, root, budgets, grant, grantAt, failed, passes, canSayYes, upTo, dutyAt, sum
  case movements, budget, day, limit, held, spent, left, overdrawn, windowFrom, roomAt, roomThen

  /// As it stands on the wire.
  var wireName: String { self == .dataBase64 ? "data_base64" : "\(self)" }

  /// For the cold path.
  static func named(_ name: String) -> Field? { allCases.first { $0.wireName == name } }
}

/// A set of fields; membership of a constant is one instruction.
struct FieldSet: Sendable, ExpressibleByArrayLiteral {
  /// As many names as fit.
  static let room = 192

  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  init() {}
  init(arrayLiteral fields: Field...) { for field in fields { insert(Int(field.rawValue)) } }

  @inline(__always) func contains(_ index: Int) -> Bool {
    ((index < 64 ? low : index < 128 ? middle : high) &>> UInt64(truncatingIfNeeded: index)) & 1 != 0
  }
  @inline(__always) mutating func insert(_ index: Int) {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
    if index < 64 { low |= bit } else if index < 128 { middle |= bit } else { high |= bit }
  }
}
