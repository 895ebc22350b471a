// Owns how the bytes of events are made: from the samples by changes to trees and bytes, and out of nothing.
import Events

/// Makes values of records. Holds the samples as trees and as bytes.
struct EventInputs {
  private let samples: [EventKind: [(bytes: [UInt8], tree: JSONTree)]]
  let json = JSONMutator(names: EventInputs.names, words: EventInputs.words)
  let plain = ByteMutator(tokens: EventInputs.tokens)

  init() {
    samples = Dictionary(
      uniqueKeysWithValues: EventKind.allCases.map { kind in
        (kind, Corpus.events(kind).compactMap { bytes in JSONTree(bytes).map { (bytes, $0) } })
      })
  }

  /// The kind that a record's topic stands for, and a value that is mostly of that kind.
  func event(_ random: inout FuzzRandom) -> (kind: EventKind, value: [UInt8]) {
    let kind = random.pick(EventKind.allCases)
    return (kind, value(random.once(in: 30) ? random.pick(EventKind.allCases) : kind, &random))
  }

  func value(_ kind: EventKind, _ random: inout FuzzRandom) -> [UInt8] {
    let chance = random.below(20)
    if chance == 0 {
      return plain.invent(likely: Array("{}[]\",:\\ue+-.0123456789truefalsn \n".utf8), &random)
    }
    var bytes: [UInt8]
    if chance < 14 {
      bytes = json.bytes(tree(kind, &random), &random)
    } else {
      bytes = sample(kind, &random).bytes
    }
    if chance > 10 {
      plain.mutate(&bytes, with: sample(random.pick(EventKind.allCases), &random).bytes, &random)
    }
    return bytes
  }

  /// A sample with up to four changes.
  func tree(_ kind: EventKind, _ random: inout FuzzRandom) -> JSONTree {
    var tree = sample(kind, &random).tree
    json.mutate(&tree, with: sample(random.pick(EventKind.allCases), &random).tree, &random)
    return tree
  }

  func sample(_ kind: EventKind, _ random: inout FuzzRandom) -> (bytes: [UInt8], tree: JSONTree) {
    let all = samples[kind] ?? []
    return all.isEmpty ? (Array("{}".utf8), .object([])) : random.pick(all)
  }

  /// Every member that the contracts know.
  static let names = [
    "id", "occurredAt", "source", "subject", "kind", "segment", "value", "respondent", "channel", "journey",
    "touchpoint", "site", "entity", "rating", "scale", "text", "language", "labels", "service", "severity",
    "status", "affected", "title", "case", "actor", "team", "role", "act", "due", "what", "to", "reason",
    "for", "until", "evidence", "action", "amount", "minor", "currency", "specversion", "type", "time",
    "data", "data_base64", "datacontenttype", "traceparent", "causeId", "cause", "topic", "partition",
    "offset", "subjectKey", "owner", "worker", "witness", "priority", "score", "contributions", "name",
    "points", "because", "rule", "ruleAt", "alsoMatched", "epoch", "redactions", "textTruncated", "event",
    "notice", "link", "hold", "answer", "mark", "through", "partitions", "incident", "by", "claim",
    "requester", "decider", "expiresAt",
    "signedBy",
    "signature", "key", "ref", "format", "oldestReader", "root", "budgets", "grant", "grantAt", "failed",
    "passes",
    "canSayYes", "upTo", "dutyAt", "sum", "movements", "budget", "day", "limit", "held", "spent", "left",
    "overdrawn", "windowFrom", "roomAt", "roomThen", "people", "standsInFor", "note", "code", "at", "from",
    "",
    "ID", "unknown",
  ]

  /// Members of what roles publish that no input has: a path may name them all the same.
  static let outputNames = [
    "revision", "openedAt", "signals", "gathered", "edges", "promisesBroken", "clocks", "promises", "state",
    "climbed", "rungs", "nextRungAt", "rung", "skipped", "canAct", "unless", "dueBy", "retracts", "wakeAt",
    "next",
    "ownerGone", "digest", "count", "cases", "audience", "task", "number", "decision", "memory", "before",
    "after",
    "edge", "outputs", "remedies", "heardUntil",
  ]

  /// Words of the closed sets and texts that a reader of free text looks at.
  static let words =
    SignalKind.allCases.map(\.rawValue) + Respondent.allCases.map(\.rawValue)
    + Rating.Kind.allCases.map(\.rawValue) + Severity.allCases.map(\.rawValue)
    + IncidentStatus.allCases.map(\.rawValue) + Act.Word.allCases.map(\.rawValue)
    + Priority.Word.allCases.map(\.rawValue) + CaseStatus.allCases.map(\.wire.string)
    + Claim.Kind.allCases.map(\.wire.string) + Delegation.Answer.allCases.map(\.wire.string)
    + Delegation.Movement.Account.allCases.map(\.wire.string) + [
      "1.0", "EUR", "eur", "EURO", "lyon-1", "Customer", "critcal", "application/json", "text/json",
      "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1", "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-",
      "é-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1", "-", "c-", "Call me on 06 12 34 56 78 or marie@example.fr",
      "4111 1111 1111 1111", "FR14 2004 1010 0505 0001 3M02 606", "@", "0000000",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "eyJpZCI6IjEifQ==", "e30=", "====", "A",
    ]

  private static let tokens =
    [
      "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "null", "true", "false", "{}", "[]", "-",
      ".", "e", "0", "\u{FEFF}", "\"\":", "//", "/*", "'", "NaN", "{\"a\":", "\"id\":\"x\"",
    ] + names.map { "\"\($0)\":" } + words + Edges.numbers + Edges.times.map { "\"\($0)\"" }
}
