// Owns everything that stands between a cluster and `run`: topics, the recorded layout, start positions. A
// pure function of what was found.
import Kafka
import Streams

/// What was found on a cluster.
public struct DeploymentSurvey: Sendable, Hashable {
  /// By physical name.
  public var topics: [String: ExistingTopic] = [:]
  public var layout: Layout?
  /// Source partitions each role's group has a committed offset for.
  public var started: [RoleName: Set<TopicPartition>] = [:]

  public init() {}
}

/// What `topics apply` does, in this order.
public struct DeploymentPlan: Sendable, Hashable {
  /// What becomes of the recorded layout.
  public enum LayoutStep: Sendable, Hashable {
    case agrees
    case record(Layout)
    /// The recorded one with the topics that this version brings.
    case extend(Layout, with: [String])
    /// Nothing is touched; each difference is a sentence.
    case conflict([String])
  }

  public var topics: TopicPlan
  public var layout: LayoutStep
  /// Source partitions that get a start position, by role.
  public var starts: [RoleName: [TopicPartition]]

  /// True when `run` needs nothing more.
  public var isEmpty: Bool { topics.isEmpty && layout == .agrees && starts.isEmpty }
  /// True when something found cannot be reconciled.
  public var hasConflicts: Bool {
    if case .conflict = layout { return true }
    return !topics.conflicts.isEmpty
  }

  public init(catalogue: TopicCatalogue, layout wanted: Layout, found: DeploymentSurvey) {
    topics = TopicPlan(catalogue: catalogue, existing: found.topics)
    if let recorded = found.layout {
      let differences = wanted.differences(from: recorded)
      let additions = wanted.additions(to: recorded)
      if !differences.isEmpty {
        layout = .conflict(differences)
      } else if additions.isEmpty {
        layout = .agrees
      } else {
        layout = .extend(recorded.adding(additions, of: wanted), with: additions)
      }
    } else {
      layout = .record(wanted)
    }
    starts = [:]
    for role in RoleName.allCases {
      let started = found.started[role] ?? []
      let missing = role.sources.flatMap { topic in
        let name = topic.name(prefix: catalogue.prefix)
        // Of a topic that exists, its own partitions: a conflict has been reported, not papered over.
        let count = found.topics[name]?.partitions ?? catalogue.partitions
        return (0..<count).map { TopicPartition(topic: name, partition: $0) }
      }.filter { !started.contains($0) }
      if !missing.isEmpty { starts[role] = missing }
    }
  }
}
