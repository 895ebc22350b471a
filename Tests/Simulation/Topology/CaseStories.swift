// Owns the events that a topology is fed with: guests who complain, incidents, and people who act, late or wrongly or not.
import Foundation
import Privacy
import Secrets
import Streams

/// Draws events about few subjects and sites, so that they meet in cases.
struct CaseStories: Sendable {
  let keys: [String: String]
  static let start: Int64 = 1_767_861_600_000

  init(secret: Secret) throws {
    let maker = try SubjectKeyMaker(secret: secret)
    var keys: [String: String] = [:]
    func key(_ kind: String, _ id: String) throws {
      var key: [UInt8] = []
      try Array(kind.utf8).withUnsafeBytes { kind in
        try Array(id.utf8).withUnsafeBytes { id in try maker.key(kind: kind, id: id, into: &key) }
      }
      keys["\(kind) \(id)"] = String(decoding: key, as: UTF8.self)
    }
    for guest in 0..<8 { try key("customer", "guest-\(guest)") }
    for site in Self.sites { try key("site", site) }
    self.keys = keys
  }

  private static let sites = ["lyon-1", "paris-3"]
  private static let touchpoints = ["room-comfort", "invoice", "lift", "wifi", "check-in", "breakfast"]
  private static let people = [
    ("technician-4", "building-technique"), ("receptionist-7", "front-desk"), ("billing-clerk-2", "billing"),
    ("chief-engineer-1", "building-technique"), ("nobody-1", "nowhere"),
  ]

  /// `number` makes ids; `time` is about when it will be sent.
  func draw(_ number: Int, keys count: Int, at time: Int64, _ random: inout SeededRandom)
    -> (topic: String, key: String, value: [UInt8])
  {
    switch random.below(8) {
    case 0..<4: feedback(number, count, time, &random)
    case 4: incident(number, time, &random)
    case 5 where random.below(6) == 0: erase(number, count, time, &random)
    default: act(number, count, time, &random)
    }
  }

  private func feedback(_ number: Int, _ count: Int, _ time: Int64, _ random: inout SeededRandom)
    -> (topic: String, key: String, value: [UInt8])
  {
    let guest = "guest-\(random.below(count))"
    let rating = random.pick([0, 0, 1, 3, 5, 9, 10])
    let text = random.pick(["", "nobody answers", "Water is leaking", "call me, urgent"])
    return (
      "feedback", guest,
      Self.json(
        [
          ("id", "fb-\(number)"), ("occurredAt", Self.time(time - Int64(random.below(4_000)))),
          ("source", "survey"),
          ("touchpoint", random.pick(Self.touchpoints)), ("site", random.pick(Self.sites)),
          ("journey", "stay"),
          ("text", text),
        ], #""subject":{"kind":"customer","id":"\#(guest)"},"rating":{"kind":"nps","value":\#(rating)}"#)
    )
  }

  private func incident(_ number: Int, _ time: Int64, _ random: inout SeededRandom)
    -> (topic: String, key: String, value: [UInt8])
  {
    let site = random.pick(Self.sites)
    let service = random.pick(["lift", "wifi"])
    return (
      "incidents", site,
      Self.json(
        [
          ("id", "inc-\(number)"), ("occurredAt", Self.time(time - Int64(random.below(4_000)))),
          ("source", "monitor"), ("site", site), ("service", service), ("entity", "\(service)-1"),
          ("severity", random.pick(["high", "critical"])),
          ("status", random.pick(["open", "open", "update", "resolved"])),
          ("title", "out of service"),
        ], "")
    )
  }

  private func caseID(_ count: Int, _ random: inout SeededRandom) -> String {
    let name =
      random.below(6) == 0
      ? "site \(random.pick(Self.sites))" : "customer guest-\(random.below(count))"
    return "\(keys[name] ?? "")-\(1 + random.below(3))"
  }

  private func act(_ number: Int, _ count: Int, _ time: Int64, _ random: inout SeededRandom)
    -> (topic: String, key: String, value: [UInt8])
  {
    let caseID = caseID(count, &random)
    let (id, team) = random.pick(Self.people)
    // Late, on time, or from a clock that runs ahead.
    let happened =
      time - Int64(random.pick([0, 100, 2_000, 20_000])) + Int64(random.pick([0, 0, 0, 900_000]))
    var fields = [
      ("id", "act-\(number)"), ("occurredAt", Self.time(happened)), ("source", "desk"), ("case", caseID),
    ]
    let until = Self.time(time + Int64(1 + random.below(60_000)))
    switch random.below(12) {
    case 0...2: fields.append(("act", "acknowledge"))
    case 3...4: fields.append(("act", "respond"))
    case 5: fields.append(("act", "progress"))
    case 6: fields += [("act", "promise"), ("due", until), ("what", "a call back")]
    case 7:
      fields += [
        ("act", "transfer"), ("to", random.pick(["billing", "front-desk", "lift-service", "nowhere"])),
        ("reason", "not ours"),
      ]
    case 8: fields += [("act", "wait"), ("for", "a part"), ("until", until)]
    case 9: fields += [("act", "resolve"), ("evidence", "seen on site")]
    case 10: fields += [("act", random.pick(["snooze", "silence"])), ("until", until), ("reason", "night")]
    default: fields.append(("act", "reopen"))
    }
    return (
      "case-updates", caseID,
      Self.json(fields, #""actor":{"id":"\#(id)","role":"someone","team":"\#(team)"}"#)
    )
  }

  private func erase(_ number: Int, _ count: Int, _ time: Int64, _ random: inout SeededRandom)
    -> (topic: String, key: String, value: [UInt8])
  {
    let guest = "guest-\(random.below(count))"
    return (
      "case-updates", guest,
      Self.json(
        [
          ("id", "erase-\(number)"), ("occurredAt", Self.time(time)), ("source", "desk"), ("act", "erase"),
          ("reason", "asked for"),
        ],
        #""subject":{"kind":"customer","id":"\#(guest)"},"actor":{"id":"technician-4","team":"building-technique"}"#
      )
    )
  }

  static func json(_ fields: [(String, String)], _ more: String) -> [UInt8] {
    let texts = fields.filter { !$0.1.isEmpty }.map { "\"\($0.0)\":\"\($0.1)\"" }
    return Array("{\((texts + (more.isEmpty ? [] : [more])).joined(separator: ","))}".utf8)
  }

  static func time(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1_000
    let rest = milliseconds % 1_000
    let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
    return text.dropLast() + ".\(rest < 10 ? "00" : rest < 100 ? "0" : "")\(rest)Z"
  }

  // Never changed after it is made, and formatting does not change it either.
  nonisolated(unsafe) private static let formatter = ISO8601DateFormatter()
}
