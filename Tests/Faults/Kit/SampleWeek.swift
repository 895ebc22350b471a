// Owns the sample events as a play: what may happen at the same time, and what only after something else was decided.
import Events
import Foundation
import Privacy
import Roles
import Secrets

/// The events of `Config/events` in the order of their times, as waves. Events of one wave touch nothing in common, so
/// that what is decided about them does not depend on which comes first; a wave begins when the one before is decided.
package struct SampleWeek {
  package struct Event: Sendable {
    package var id: String
    package var topic: Topic
    package var key: [UInt8]
    package var value: [UInt8]
    /// Subject keys of whatever a decision about it may read or change.
    var touches: Set<String>
    /// Whether it may touch cases that nobody can name before: an incident that begins gathers what was felt.
    var isAlone = false
  }

  /// The secret that the case ids in `Config/events` were made with.
  package static let secret = "answerable-demo-secret"

  package let waves: [[Event]]
  /// The week's feedback once more, each of a customer of its own.
  package let evening: [[Event]]

  /// Reads a folder of events. What people put off or promise until a day of the week is moved to `until`, so that it is
  /// not over before it is said; everything else stays as it stands in the files.
  package init(_ folder: String, until: Date) throws {
    let keys = try SubjectKeyMaker(secret: Secret(Self.secret))
    let files: [(String, Topic)] = [
      ("feedback", .feedback), ("incidents", .incidents), ("case-updates", .caseUpdates),
      ("remedies", .remedies),
    ]
    var events: [(time: Date, event: Event)] = []
    var others: [Event] = []
    for (file, topic) in files {
      let text = try String(contentsOfFile: "\(folder)/\(file).ndjson", encoding: .utf8)
      for (number, line) in text.split(separator: "\n").enumerated() {
        var draft = try EventDraft(line)
        draft.move(to: until)
        events.append((draft.time, try draft.event(topic, keys)))
        guard topic == .feedback else { continue }
        draft.rename(id: "evening-\(number)", subject: "evening-guest-\(number)")
        others.append(try draft.event(topic, keys))
      }
    }
    // Stable: of the same time, feedback first.
    let order = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    waves = Self.waves(Self.payingTogether(order.map(\.element.event)))
    evening = Self.waves(others)
  }

  /// Cases that have remedies share their budgets, and what is over gives its money back: whatever happens to one of them
  /// touches the budgets, and so all others.
  static func payingTogether(_ events: [Event]) -> [Event] {
    let paid = Set(events.filter { $0.topic == .remedies }.flatMap(\.touches))
    return events.map { event in
      var event = event
      if !event.touches.isDisjoint(with: paid) { event.touches.insert("budgets") }
      return event
    }
  }

  /// Each event as early as what it touches lets it.
  static func waves(_ events: [Event]) -> [[Event]] {
    var waves: [[Event]] = []
    var next: [String: Int] = [:]
    var least = 0
    for event in events {
      let wave =
        event.isAlone ? waves.count : event.touches.reduce(least) { max($0, next[$1] ?? 0) }
      if wave == waves.count { waves.append([]) }
      waves[wave].append(event)
      for touched in event.touches { next[touched] = wave + 1 }
      if event.isAlone { least = wave + 1 }
    }
    return waves
  }
}

/// One line of a file of events.
private struct EventDraft {
  private var json: [String: Any]
  private(set) var time: Date

  init(_ line: Substring) throws {
    guard let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let text = (json["occurredAt"] ?? json["time"]) as? String,
      let time = try? Date(text, strategy: .iso8601)
    else { throw WeekFailure("no event: \(line.prefix(80))") }
    self.json = json
    self.time = time
  }

  /// What the event says; of a CloudEvent, its data.
  private var body: [String: Any] { json["data"] as? [String: Any] ?? json }

  mutating func move(to until: Date) {
    for field in ["due", "until"] where json[field] != nil { json[field] = until.formatted(.iso8601) }
  }

  mutating func rename(id: String, subject: String) {
    json["id"] = id
    var body = body
    var person = body["subject"] as? [String: Any] ?? [:]
    person["id"] = subject
    body["subject"] = person
    if json["data"] != nil { json["data"] = body } else { json["subject"] = person }
  }

  func event(_ topic: Topic, _ keys: SubjectKeyMaker) throws -> SampleWeek.Event {
    let body = body
    var touches: Set<String> = []
    func touch(_ kind: String, _ id: String) throws {
      var key: [UInt8] = []
      try Array(kind.utf8).withUnsafeBytes { kind in
        try Array(id.utf8).withUnsafeBytes { try keys.key(kind: kind, id: $0, into: &key) }
      }
      touches.insert(String(decoding: key, as: UTF8.self))
    }
    if let subject = body["subject"] as? [String: Any], let kind = subject["kind"] as? String,
      let id = subject["id"] as? String
    {
      try touch(kind, id)
    }
    if let name = body["case"] as? String, let dash = name.lastIndex(of: "-") {
      touches.insert(String(name[..<dash]))
    }
    if let site = body["site"] as? String { try touch("site", site) }
    for place in ["service", "touchpoint"] {
      if let name = body[place] as? String, body["site"] == nil { try touch("service", name) }
    }
    guard let id = json["id"] as? String, let first = touches.min() else {
      throw WeekFailure("an event that touches nobody")
    }
    return SampleWeek.Event(
      id: id, topic: topic, key: Array(first.utf8),
      value: Array(try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys])),
      touches: touches, isAlone: topic == .incidents && body["status"] as? String == "open")
  }
}

/// Why the week could not be played.
package struct WeekFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
