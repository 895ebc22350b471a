// Owns reading a journal as simulations need it: what was decided, when, about what.
import Foundation
import Streams

/// The records of `case-journal`, by task and number.
struct CaseJournal {
  struct Entry {
    var decision: JournalledDecision
    var caseID: String
    /// Whose case it is; empty for an owner's account.
    var subject: String
    var word: String
    var reason: String
    var act: String
    var outputs: [String]
  }

  private(set) var tasks: [Int32: [Entry]] = [:]
  /// Where in a task's entries those stand that are about a record, by its offset.
  private var places: [Int32: [Int64: [Int]]] = [:]

  init(_ records: [MemoryRecord]) throws(Finding) {
    for record in records {
      guard let value = record.value,
        let fields = try? JSONSerialization.jsonObject(with: Data(value)) as? [String: Any],
        let task = fields["task"] as? Int, let number = fields["number"] as? Int,
        let at = (fields["at"] as? String).flatMap(Self.time), let epoch = fields["epoch"] as? Int,
        let cause = fields["cause"] as? [String: Any], let made = Self.cause(cause)
      else { throw Finding(.differs, "a journal record that cannot be read: \(record)") }
      let decision = JournalledDecision(number: Int64(number), at: at, epoch: Int64(epoch), cause: made)
      tasks[Int32(task), default: []].append(
        Entry(
          decision: decision, caseID: fields["case"] as? String ?? "",
          subject: fields["subjectKey"] as? String ?? "",
          word: fields["decision"] as? String ?? "",
          reason: (fields["reason"] as? [String: Any])?["code"] as? String ?? "",
          act: fields["act"] as? String ?? "", outputs: fields["outputs"] as? [String] ?? []))
    }
    for task in tasks.keys { tasks[task]?.sort { $0.decision.number < $1.decision.number } }
    for (task, entries) in tasks {
      for (place, entry) in entries.enumerated() {
        guard case .record(let offset) = entry.decision.cause else { continue }
        places[task, default: [:]][offset, default: []].append(place)
      }
    }
  }

  /// The one entry about a signal.
  func entry(about signal: MemoryRecord) throws(Finding) -> Entry {
    let places = places[signal.partition]?[signal.offset] ?? []
    guard places.count == 1, let entry = tasks[signal.partition]?[places[0]] else {
      throw Finding(
        places.isEmpty ? .lost : .doubled, "a signal with \(places.count) journal records: \(signal)")
    }
    return entry
  }

  func decisions(of task: Int32) -> [JournalledDecision] { (tasks[task] ?? []).map(\.decision) }

  private static func cause(_ cause: [String: Any]) -> JournalledDecision.Cause? {
    if let due = (cause["due"] as? String).flatMap(time) {
      return .timer(due: due, heardUntil: (cause["heardUntil"] as? String).flatMap(time))
    }
    return (cause["offset"] as? Int).map { .record(offset: Int64($0)) }
  }

  static func time(_ text: String) -> Int64? {
    // `2026-03-02T09:12:04.000Z`: whole seconds by the formatter, milliseconds by hand, so that nothing is rounded.
    let parts = text.dropLast().split(separator: ".")
    guard parts.count == 2, let rest = Int64(parts[1]), let date = formatter.date(from: parts[0] + "Z") else {
      return formatter.date(from: text).map { Int64($0.timeIntervalSince1970) * 1_000 }
    }
    return Int64(date.timeIntervalSince1970) * 1_000 + rest
  }

  // Never changed after it is made, and reading does not change it either.
  nonisolated(unsafe) private static let formatter = ISO8601DateFormatter()
}
