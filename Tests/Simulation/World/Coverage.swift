// Owns what runs met, as numbers: a simulation that meets nothing proves nothing.
import Streams
import Synchronization

/// Counts what happened.
package struct Coverage: Sendable, Hashable, CustomStringConvertible {
  package enum Item: String, Sendable, Hashable, CaseIterable {
    case records, commits, kills, zombies, freezes, restores, tornRestores = "torn restores", aborts
    case fencings, unknownApplied = "unknown commits done", unknownDropped = "unknown commits not done"
    case lostPartitions = "lost partitions", rebalances, policies
    // What the laws of answers judged.
    case remedies = "remedies taken up", declinedRemedies = "remedies declined at once", claims
    case settledClaims = "claims settled", returnedClaims = "claims returned", lapsedClaims = "claims lapsed"
    case expiredClaims = "claims expired", cancelledClaims = "claims cancelled"
    case crossedPolicies = "claims asked and answered under different policies"
    case writtenAnswers = "answers written down", closingAnswers = "answers that closed their case"
    case lateAnswers = "answers to cases that had left", shownRemedies = "remedies shown"

    /// What a world of cases and budgets meets beside what every world meets.
    package static let ofAnswers: [Self] = [
      .remedies, .declinedRemedies, .claims, .settledClaims, .returnedClaims, .lapsedClaims, .expiredClaims,
      .cancelledClaims, .crossedPolicies, .writtenAnswers, .closingAnswers, .lateAnswers,
      .shownRemedies,
    ]
    package static let ofWorlds = allCases.filter { !ofAnswers.contains($0) }
  }

  package private(set) var counts: [Item: Int] = [:]
  /// Of a workload with remedies: what became of them.
  package private(set) var remedies: [RemedyStory: Int] = [:]

  package init() {}

  init(remedies: [RemedyStory: Int]) { self.remedies = remedies }

  package subscript(_ item: Item) -> Int { counts[item] ?? 0 }

  mutating func add(_ item: Item, _ number: Int = 1) { counts[item, default: 0] += number }

  package mutating func add(_ other: Coverage) {
    for (item, number) in other.counts { counts[item, default: 0] += number }
    for (story, number) in other.remedies { remedies[story, default: 0] += number }
  }

  package var description: String {
    let met = Item.allCases.filter { Item.ofWorlds.contains($0) || self[$0] > 0 }
      .map { "\(self[$0]) \($0.rawValue)" }.joined(separator: ", ")
    if remedies.isEmpty { return met }
    let told = RemedyStory.allCases.map { "\(remedies[$0] ?? 0) \($0.rawValue)" }
    return "\(met); of remedies: \(told.joined(separator: ", "))"
  }
}

/// What the workers of a world reported.
///
/// `@unchecked Sendable`: what hears the trace is called on the one thread of the world.
final class Reports: @unchecked Sendable {
  private struct Heard {
    var coverage = Coverage()
    var stopped: [String] = []
    var failures: [String] = []
  }
  private let heard = Mutex(Heard())
  private let trace: ((String) -> Void)?

  init(trace: ((String) -> Void)? = nil) { self.trace = trace }

  var coverage: Coverage { heard.withLock { $0.coverage } }
  /// Tasks that failed or refused to start: nothing in a scenario is a reason for that.
  var stopped: [String] { heard.withLock { $0.stopped } }
  /// Why workers gave up; others came after them.
  var failures: [String] { heard.withLock { $0.failures } }

  func count(_ item: Coverage.Item) { heard.withLock { $0.coverage.add(item) } }
  func add(_ coverage: Coverage) { heard.withLock { $0.coverage.add(coverage) } }

  /// Hears what one process reports while it lives.
  func listener(_ gate: Gate) -> RuntimeListener {
    { report in if !gate.isDead { self.hear(report) } }
  }

  private func hear(_ report: RuntimeReport) {
    trace?("  worker \(report.worker) says \(report.event)")
    heard.withLock { heard in
      switch report.event {
      case .committed(_, let records, _):
        heard.coverage.add(.commits)
        heard.coverage.add(.records, records)
      case .aborted: heard.coverage.add(.aborts)
      case .fenced: heard.coverage.add(.fencings)
      case .restored(_, let records, _) where records > 0: heard.coverage.add(.restores)
      case .lost: heard.coverage.add(.lostPartitions)
      case .assigned, .revoked: heard.coverage.add(.rebalances)
      case .broadcast: heard.coverage.add(.policies)
      case .resolved(_, .committed): heard.coverage.add(.unknownApplied)
      case .resolved(_, .aborted): heard.coverage.add(.unknownDropped)
      case .taskFailed(let source, let reason):
        heard.stopped.append("worker \(report.worker): task \(source) failed: \(reason)")
      case .taskRefused(let source, let reason):
        heard.stopped.append("worker \(report.worker): task \(source) refused to start: \(reason)")
      case .state(.failed(let reason)): heard.failures.append("worker \(report.worker): \(reason)")
      default: break
      }
    }
  }
}
