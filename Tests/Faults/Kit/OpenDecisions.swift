// Owns which events still wait for a decision, by what is committed: a signal for casework, a claim for delegation.
import DecisionKit
import Foundation
import Roles
import Streams

/// What was read of a deployment's topics, as far as it tells what waits. A signal waits until it is journalled, a claim
/// until it is answered; an event waits until it has a signal.
package struct OpenDecisions {
  /// The topics that it has to be shown.
  package static let topics: [Topic] = [.signals, .caseJournal, .claims, .delegations]

  /// What ids of events begin with that are counted apart, because they come in all the time.
  private let others: [String]
  private var causes: Set<String> = []
  private var open: Set<String> = []
  private var openOthers: Set<String> = []
  /// Decided, though perhaps what it was decided about has not been read yet.
  private var decided: Set<String> = []
  /// How many signals and claims of no others were read.
  package private(set) var count = 0

  package init(others: [String] = []) { self.others = others }

  /// Whether each of these events has a signal, and nothing that was read waits. Others may wait.
  package func isDecided(_ ids: some Collection<String>) -> Bool {
    open.isEmpty && ids.allSatisfy { causes.contains($0) }
  }

  /// Whether nothing at all waits.
  package var isEmpty: Bool { open.isEmpty && openOthers.isEmpty }

  /// How many wait, and of which events there is no signal; for a failure's text.
  package func story(_ ids: some Collection<String>) -> String {
    "without a signal \(ids.filter { !causes.contains($0) }), without a decision \(open.sorted())"
  }

  /// Reads one record, that is no mark; those of two topics in any order.
  package mutating func see(
    _ topic: Topic, at partition: TopicPartition, offset: Int64, value: [UInt8]?
  ) {
    guard let json = value.flatMap(jsonObject) else { return }
    switch topic {
    case .signals:
      let id = json["causeId"] as? String ?? ""
      causes.insert(id)
      wait(for: "\(partition)@\(offset)", isOther: others.contains { id.hasPrefix($0) })
    case .claims:
      wait(for: "\(partition)@\(offset)", isOther: false)
    default:
      if let place = Self.cause(json) { decide(place) }
    }
  }

  private mutating func wait(for what: String, isOther: Bool) {
    if !isOther { count += 1 }
    if decided.contains(what) { return }
    if isOther { openOthers.insert(what) } else { open.insert(what) }
  }

  private mutating func decide(_ what: String) {
    decided.insert(what)
    open.remove(what)
    openOthers.remove(what)
  }

  /// Where it stands what was decided about; nil of a timer.
  private static func cause(_ json: [String: Any]) -> String? {
    guard let cause = json["cause"] as? [String: Any], let topic = cause["topic"] as? String,
      let partition = cause["partition"] as? Int, let offset = cause["offset"] as? Int
    else { return nil }
    return "\(TopicPartition(topic: topic, partition: Int32(clamping: partition)))@\(offset)"
  }
}
