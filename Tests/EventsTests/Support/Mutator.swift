// Owns seeded events that are almost right: good ones of each contract with a few things changed.
import Events

struct Mutator {
  private var random: SeededGenerator
  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let goodFeedback: JSONValue = [
    "id": "fb-1", "occurredAt": "2026-03-03T09:12:00Z", "source": "survey-tool",
    "subject": ["kind": "customer", "id": "g-1", "segment": "premium", "value": 480000],
    "respondent": "employee", "channel": "e-mail", "journey": "stay", "touchpoint": "room", "site": "lyon-1",
    "entity": "r-214", "rating": ["kind": "csat", "value": 4, "scale": 5], "text": "It leaks.",
    "language": "en",
    "labels": ["leak", "night"],
  ]
  static let goodIncident: JSONValue = [
    "id": "in-1", "occurredAt": "2026-03-03T09:12:00.5+01:00", "source": "lift-monitor",
    "subject": ["kind": "contract", "id": "k-1"], "site": "lyon-1", "entity": "lift-b", "service": "lift",
    "severity": "high", "status": "open", "affected": 14, "title": "Lift", "text": "Door.", "labels": [],
  ]
  static let goodRemedy: JSONValue = [
    "id": "rm-1", "occurredAt": "2026-03-03T09:12:00Z", "source": "desk", "case": "c-1",
    "subject": ["kind": "customer", "id": "g-1"],
    "actor": ["id": "e-9", "role": "housekeeper", "team": "housekeeping", "site": "lyon-1"],
    "action": "engage-repair", "amount": ["minor": 12000, "currency": "EUR"], "reason": "Leak",
    "evidence": ["photo", ["kind": "invoice", "ref": "dam-8812"]],
    "signature": ["key": "e-9-till", "value": .string(Samples.signature)],
  ]
  /// Carries the fields of every act.
  static func goodUpdate(_ act: String) -> JSONValue {
    [
      "id": "cu-1", "occurredAt": "2026-03-03T09:12:00Z", "source": "desk", "case": "c-1",
      "actor": ["id": "e-4", "role": "lead", "team": "housekeeping", "site": "lyon-1"], "act": .string(act),
      "due": "2026-03-04T12:00:00Z", "what": "a plumber", "to": "billing", "reason": "theirs",
      "for": "a part",
      "until": "2026-03-06T08:00:00Z", "evidence": "photo", "text": "Tomorrow.",
      "subject": ["kind": "customer", "id": "g-1"], "claim": "c-1-r1",
      "amount": ["minor": 12000, "currency": "EUR"],
    ]
  }

  mutating func event(_ kind: EventKind) -> JSONValue {
    var value =
      switch kind {
      case .feedback: Self.goodFeedback
      case .incident: Self.goodIncident
      case .remedy: Self.goodRemedy
      case .caseUpdate: Self.goodUpdate(Act.Word.allCases.randomElement(using: &random)!.rawValue)
      }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let node = Int.random(in: 1..<max(2, value.nodes), using: &random)
      value = value.changing(node) { change($0) } ?? value
    }
    return value
  }

  private mutating func change(_ value: JSONValue) -> JSONValue? {
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: return nil
    case 2: return .null
    case 3: return ""
    case 4: return ([.null, .bool(true), 7, "word", [], [:]] as [JSONValue]).randomElement(using: &random)!
    case 5, 6: return .number(Self.numbers.randomElement(using: &random)!)
    case 7:
      if case .object(let members) = value { return .object(members + [("unknown", [1, ["id": 2]])]) }
      return .string(Self.words.randomElement(using: &random)!)
    case 8, 9: return .string(Self.times.randomElement(using: &random)!)
    case 10:
      if case .array = value {
        let count = [15, 16, 17, 63, 64, 65].randomElement(using: &random)!
        return .array((0..<count).map { .string("l\($0)") })
      }
      return .string(Self.words.randomElement(using: &random)!)
    default:
      let length = [35, 36, 64, 65, 128, 129, 256, 257, 1024, 1025, 4096, 4097].randomElement(using: &random)!
      return .string(String(repeating: ["a", "é", "🙂"].randomElement(using: &random)!, count: length))
    }
  }

  private static let numbers = [
    "0", "1", "2.5", "4.9996", "5", "5.0001", "7", "10", "10.0", "1e1", "11", "20", "100", "101", "-1",
    "-0.0",
    "0.9999", "9007199254740991", "9007199254740992", "1e15", "1e16", "12e-1", "18446744073709551615",
    "1e300",
  ]
  private static let words =
    [
      "customer", "Customer", "nps", "csat", "ces", "stars", "critical", "resolved", "EUR", "EURO", "eur",
      "EUR\n", "c-1-r0", "c-1-r1234567890", "-r7", "x-r42", "r1",
    ]
    + Act.Word.allCases.map(\.rawValue)
    + ["a\u{0}b", "a\nb", "tab\t", "\u{7F}", "\u{85}", "e\u{301}", "\u{FEFF}", "2026-03-03"]
  private static let times = [
    "2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2000-02-29T23:59:59.999999999z",
    "2026-04-31T00:00:00Z", "2026-12-31T23:59:60Z", "2026-12-30T23:59:60Z", "2017-01-01T00:59:60+01:00",
    "2026-06-30T12:00:60Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:01", "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-00:01", "2026-03-03 09:12:00Z", "2026-03-03t09:12:00Z",
    "2026-03-03T24:00:00Z", "2026-03-03T09:60:00Z", "2026-03-03T09:12:61Z", "2026-03-03T09:12:00",
    "2026-03-03",
    "2026-03-03T09:12:00.Z", "2026-03-03T09:12:00.1234567890Z", "2026-03-03T09:12:00+0100",
    "2026-03-03T09:12:00+24:00", "2026-03-03T09:12:00-23:59", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z", "2026-03-03T09:12:00Z\n", "02026-03-03T09:12:00Z",
  ]
}
