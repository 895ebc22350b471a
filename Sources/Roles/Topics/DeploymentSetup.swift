// Owns carrying out a deployment plan on a Kafka cluster, and looking at the cluster before.
import Kafka
import Streams

/// Surveys a cluster and applies plans to it. Calls block.
public struct DeploymentSetup {
  /// Where a role that has never run begins to read.
  public enum Start: Sendable, Hashable {
    case earliest
    case latest
    /// The first record appended at or after this time, milliseconds since 1970.
    case time(Int64)
  }

  private let configuration: Configuration
  private let catalogue: TopicCatalogue

  public init(_ configuration: Configuration, _ catalogue: TopicCatalogue) {
    self.configuration = configuration
    self.catalogue = catalogue
  }

  /// What the cluster has now.
  public func survey() throws -> DeploymentSurvey {
    let admin = try Admin(configuration)
    defer { admin.close() }
    var found = DeploymentSurvey()
    let counts = try admin.topics()
    let ours = catalogue.specifications.map { $0.topic.name(prefix: catalogue.prefix) }
      .filter { counts[$0] != nil }
    let properties = try admin.configuration(of: ours)
    for name in ours {
      found.topics[name] = ExistingTopic(
        partitions: counts[name] ?? 0,
        settings: (properties[name] ?? [:]).compactMapValues(\.value))
    }
    for role in RoleName.allCases {
      let committed = try admin.committed(group: role.group(prefix: catalogue.prefix))
      found.started[role] = Set(committed.keys)
    }
    found.layout = try Layout.recorded(on: KafkaLog(configuration), prefix: catalogue.prefix)
    return found
  }

  /// Carries out a plan. Throws `LayoutError` when it holds a conflict, before anything is changed.
  ///
  /// - Parameters:
  ///   - replicationFactor: of topics created; nil for the broker's default.
  ///   - report: one line for each thing done.
  public func apply(
    _ plan: DeploymentPlan, layout: Layout, from start: Start, replicationFactor: Int32? = nil,
    report: (String) -> Void
  ) throws {
    guard !plan.hasConflicts else {
      throw LayoutError("the plan has conflicts; nothing was changed")
    }
    let admin = try Admin(configuration)
    defer { admin.close() }
    for step in plan.topics.steps {
      switch step {
      case .create(let name, let topic):
        try admin.create([
          NewTopic(
            name: name, partitions: topic.partitions, replicationFactor: replicationFactor,
            configuration: topic.settings)
        ])
        report("created topic \(name) with \(topic.partitions) partition\(topic.partitions == 1 ? "" : "s")")
      case .configure(let name, let changes):
        try admin.alter(
          topic: name, Dictionary(uniqueKeysWithValues: changes.map { ($0.setting, $0.wanted) }))
        for change in changes {
          report("set \(name) \(change.setting)=\(change.wanted) (was \(change.now ?? "unset"))")
        }
      }
    }
    switch plan.layout {
    case .agrees, .conflict: break
    case .record(let layout):
      try layout.record(on: KafkaLog(configuration), prefix: catalogue.prefix)
      report("recorded layout \(layout.fingerprint)")
    case .extend(let layout, let topics):
      try layout.record(on: KafkaLog(configuration), prefix: catalogue.prefix)
      report("recorded \(topics.joined(separator: ", ")) in layout \(layout.fingerprint)")
    }
    for (role, partitions) in plan.starts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try begin(role, partitions, start, layout, admin)
      report("set start positions of \(role.rawValue) on \(partitions.count) partitions")
    }
  }

  /// A start position is a committed offset with a header of its own: the task's history begins there, under
  /// this layout.
  private func begin(
    _ role: RoleName, _ partitions: [TopicPartition], _ start: Start, _ layout: Layout, _ admin: Admin
  ) throws {
    var younger: [TopicPartition: Int64] = [:]
    if case .time(let time) = start {
      younger = try admin.offsets(at: Dictionary(uniqueKeysWithValues: partitions.map { ($0, time) }))
    }
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for partition in partitions {
      let bounds = try admin.watermarks(of: partition)
      let next =
        switch start {
        case .earliest: bounds.lowerBound
        case .latest: bounds.upperBound
        case .time: younger[partition] ?? bounds.upperBound
        }
      offsets[partition] = layout.start(at: next)
    }
    try admin.commit(group: role.group(prefix: catalogue.prefix), offsets)
  }
}
