// Owns what a deployment has decided, in the form in which two deployments are compared.
import Foundation
import Roles
import Streams

/// Everything that is committed on signals, dead letters, assignments, escalations, the journal, claims and answers, as one
/// sequence for each topic and key: the records of one case, and of one root of budgets, are in the order in which they
/// were decided.
package struct Decisions: Sendable {
  package struct Sequence: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var topic: Topic
    package var key: String
    package var description: String { "\(topic.rawValue) \(key)" }
    package static func < (a: Self, b: Self) -> Bool { a.description < b.description }
  }

  package private(set) var sequences: [Sequence: [String]] = [:]
  /// Numbers of the journal, by task, in the order in which they were read.
  package private(set) var numbers: [Int: [Int64]] = [:]
  /// Timers that only waited for what is on its way: how often depends on when, and nothing was decided.
  package private(set) var waits = 0

  package static let topics: [Topic] = [
    .signals, .deadLetters, .assignments, .escalations, .caseJournal, .claims, .delegations,
  ]

  package init() {}

  /// Reads everything.
  package init<L: Log>(_ log: L, prefix: String) throws {
    var found: [ScannedRecord] = []
    try RecordScan(log).read(Self.topics.map { $0.name(prefix: prefix) }) { record in
      found.append(record)
      return true
    }
    // Records of one key stand in one partition.
    for record in found {
      guard let topic = Topic(rawValue: String(record.partition.topic.dropFirst(prefix.count))) else {
        continue
      }
      add(topic, key: record.key, value: record.value, headers: record.headers, prefix: prefix)
    }
  }

  package func count(_ topic: Topic) -> Int {
    sequences.reduce(0) { $0 + ($1.key.topic == topic ? $1.value.count : 0) }
  }

  /// Adds a committed record of a deployment, after those of its key that stand before it.
  package mutating func add(
    _ topic: Topic, key: [UInt8]?, value: [UInt8]?, headers: [ScannedRecord.Header], prefix: String
  ) {
    // How far intake has read depends on when, and is no decision.
    if headers.contains(where: { $0.name == "ce_id" && $0.value?.starts(with: "mark-".utf8) == true }) {
      return
    }
    let json = topic == .deadLetters ? nil : value.flatMap(jsonObject)
    if topic == .caseJournal, let json, let task = json["task"] as? Int, let number = json["number"] as? Int {
      numbers[task, default: []].append(Int64(number))
      if json["decision"] as? String == "rearmed" {
        waits += 1
        return
      }
    }
    let sequence = Sequence(topic: topic, key: String(decoding: key ?? [], as: UTF8.self))
    sequences[sequence, default: []].append(
      Canonical(topic: topic, prefix: prefix, json).text(value, headers))
  }

  /// What is wrong with the numbers of the journal: each task counts from 1, without a gap and without a double.
  package var gaps: [String] {
    numbers.sorted { $0.key < $1.key }.compactMap { task, numbers in
      let sorted = numbers.sorted()
      guard let wrong = sorted.indices.first(where: { sorted[$0] != Int64($0) + 1 }) else { return nil }
      return "task \(task): number \(sorted[wrong]) in place \(wrong + 1) of \(sorted.count)"
    }
  }
}

/// A record without what differs by nature from run to run.
///
/// Times stand where they stood, so that one too many or too few is seen; their values are those of a clock that went on
/// meanwhile. Offsets count what was aborted too, and what is numbered by them goes with them: the ids of signals and of
/// dead letters, and the number and so the id of a journal record, in which independent cases of a task are counted
/// together, and of a claim, which is named by it.
struct Canonical {
  let topic: Topic
  let prefix: String
  private let json: [String: Any]?
  /// Whether no event of the world stands behind it, so that it happened when it was decided: an answer to a claim, and what
  /// a case takes back by itself.
  private let happensAsDecided: Bool

  init(topic: Topic, prefix: String, _ json: [String: Any]?) {
    (self.topic, self.prefix, self.json) = (topic, prefix, json)
    let kind = json?["kind"] as? String
    happensAsDecided =
      topic == .claims ? kind == "cancel" && json?["causeId"] == nil : kind == "answer"
  }

  /// Fields that hold a time of the clock that decides. `occurredAt` is the event's own, and is compared.
  static let times: Set<String> = [
    "at", "openedAt", "due", "nextRungAt", "wakeAt", "heardUntil", "expiresAt", "windowFrom", "roomAt",
    "dutyAt",
  ]

  func text(_ bytes: [UInt8]?, _ list: [ScannedRecord.Header]) -> String {
    var headers: [String: String] = [:]
    for header in list where !isCounted(header.name) {
      headers[header.name] = physical(String(decoding: header.value ?? [], as: UTF8.self))
    }
    if happensAsDecided, headers["ce_time"] != nil { headers["ce_time"] = "a time" }
    var parts: [String: Any] = ["headers": headers]
    if let json {
      parts["value"] = canonical(json, within: "")
    } else {
      parts["value"] = bytes.map { String(decoding: $0, as: UTF8.self) } ?? NSNull()
    }
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: parts, options: options) else {
      return "\(parts)"
    }
    return String(decoding: data, as: UTF8.self)
  }

  private func isCounted(_ header: String) -> Bool {
    header == "cause-offset" || header == "cause-timestamp" || header == "ce_id" && isNumbered
  }

  /// Whether the record's id is made of an offset or a number of the journal.
  private var isNumbered: Bool {
    switch topic {
    case .signals, .deadLetters, .caseJournal, .claims: true
    default: false
    }
  }

  /// What led to a message from role to role is named by its signal: kind, partition, offset, and an index where the
  /// signal is a message itself.
  private func nameless(_ id: String) -> String {
    id.replacing(/^(notice|link|feedback|incident|case-update|remedy)-([0-9]+)-[0-9]+(-[0-9]+)?$/) {
      "\($0.1)-\($0.2)\($0.3 ?? "")"
    }
  }

  private func canonical(_ value: Any, within field: String) -> Any {
    if let list = value as? [Any] { return list.map { canonical($0, within: field) } }
    guard let object = value as? [String: Any] else {
      guard let text = value as? String else { return value }
      return field == "topic" ? physical(text) : field == "causeId" ? nameless(text) : text
    }
    var result: [String: Any] = [:]
    for (name, value) in object {
      if isLeftOut(name, within: field) { continue }
      let isTime = value is String && field != "event" && isTime(name)
      result[name] = isTime ? "a time" : canonical(value, within: name)
    }
    return result
  }

  private func isTime(_ name: String) -> Bool {
    Self.times.contains(name) || happensAsDecided && name == "occurredAt"
  }

  private func isLeftOut(_ name: String, within field: String) -> Bool {
    switch field {
    case "": isNumbered && name == "id" || topic == .caseJournal && name == "number"
    case "cause": name == "offset" || name == "id"
    default: false
    }
  }

  /// A topic's name without the deployment's prefix.
  private func physical(_ text: String) -> String {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }
}

/// The JSON object that bytes are; nil when they are none.
package func jsonObject(_ bytes: [UInt8]) -> [String: Any]? {
  try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
}
