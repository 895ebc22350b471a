// Owns the difference between the topics a deployment needs and those a cluster has: a pure function.

/// What a cluster says of one of our topics.
public struct ExistingTopic: Sendable, Hashable {
  public var partitions: Int32
  /// Effective topic settings, defaults of the broker included.
  public var settings: [String: String]

  public init(partitions: Int32, settings: [String: String]) {
    self.partitions = partitions
    self.settings = settings
  }
}

/// What has to be done, and what cannot be done without losing something.
public struct TopicPlan: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    case create(name: String, TopicSpecification)
    /// Settings of an existing topic that differ: setting → (now, wanted).
    case configure(name: String, changes: [Change])
  }

  public struct Change: Sendable, Hashable {
    public var setting: String
    public var now: String?
    public var wanted: String

    public init(setting: String, now: String?, wanted: String) {
      self.setting = setting
      self.now = now
      self.wanted = wanted
    }
  }

  /// Something `apply` will not touch, with what a person can do about it.
  public struct Conflict: Sendable, Hashable, CustomStringConvertible {
    public var name: String
    public var description: String
  }

  public var steps: [Step] = []
  public var conflicts: [Conflict] = []

  /// True when the cluster is as the deployment needs it.
  public var isEmpty: Bool { steps.isEmpty && conflicts.isEmpty }

  /// Compares. `existing` is keyed by physical name and holds only the topics that exist.
  public init(catalogue: TopicCatalogue, existing: [String: ExistingTopic]) {
    for wanted in catalogue.specifications {
      let name = wanted.topic.name(prefix: catalogue.prefix)
      guard let found = existing[name] else {
        steps.append(.create(name: name, wanted))
        continue
      }
      if found.partitions != wanted.partitions {
        conflicts.append(
          Conflict(
            name: name,
            description: "has \(found.partitions) partitions, this layout says \(wanted.partitions). "
              + "Keys would move and their order would be lost: keep --partitions \(found.partitions), or use "
              + "another --prefix"))
      }
      let changes = wanted.settings.sorted { $0.key < $1.key }.compactMap { setting, value in
        found.settings[setting] == value
          ? nil : Change(setting: setting, now: found.settings[setting], wanted: value)
      }
      if !changes.isEmpty { steps.append(.configure(name: name, changes: changes)) }
    }
  }
}
