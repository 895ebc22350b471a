// Owns what each role may do on the cluster: the least that it needs, printed as ready-made ACL commands.

/// One permission on one resource.
public struct AccessRule: Sendable, Hashable {
  public enum Resource: String, Sendable, Hashable {
    case topic
    case group
    case transactionalID = "transactional-id"
    case cluster
  }
  public var resource: Resource
  public var name: String
  /// Whether `name` stands for every resource whose name begins with it.
  public var prefixed: Bool
  public var operations: [String]
}

/// Who takes part: the roles of the workers, and the people and systems around them.
public enum Principal: String, Sendable, Hashable, CaseIterable {
  case intake
  case casework
  case delegation
  case eventProducer = "event-producer"
  case signalConsumer = "signal-consumer"
  /// Reads what casework publishes: the truth about cases, and the steps up.
  case caseConsumer = "case-consumer"
  case policyAuthor = "policy-author"
  case operations
}

extension TopicCatalogue {
  /// The least that a principal needs.
  public func accessRules(for principal: Principal) -> [AccessRule] {
    switch principal {
    case .intake: return working(.intake) + [writing(.deadLetters)]
    case .casework: return working(.casework)
    case .delegation: return working(.delegation)
    case .eventProducer:
      // The transactional id is what `answerable send` produces under; other producers may do without.
      return [.feedback, .incidents, .caseUpdates, .remedies].map(writing) + [producing("answerable-send")]
    case .signalConsumer:
      return [reading(.signals)]
    case .caseConsumer:
      return [.assignments, .escalations, .caseJournal, .delegations].map(reading)
    case .policyAuthor:
      return [
        AccessRule(
          resource: .topic, name: Topic.policies.name(prefix: prefix), prefixed: false,
          operations: ["Read", "Write", "Describe"]),
        producing("answerable-policy"),
      ]
    case .operations:
      return [
        AccessRule(
          resource: .topic, name: prefix, prefixed: true,
          operations: ["Read", "Write", "Create", "Describe", "DescribeConfigs", "AlterConfigs"]),
        AccessRule(resource: .group, name: prefix, prefixed: true, operations: ["Read", "Describe"]),
        producing("answerable-"),
        AccessRule(
          resource: .cluster, name: "kafka-cluster", prefixed: false,
          operations: ["Describe", "IdempotentWrite"]),
      ]
    }
  }

  /// What every role does: reads its sources, the policies and the layout, publishes, keeps its state, commits as one
  /// group under transactional ids of its own.
  private func working(_ role: RoleName) -> [AccessRule] {
    let group = role.group(prefix: prefix)
    let state = role.changelog.map { [reading($0), writing($0)] } ?? []
    return (role.sources + [.policies, .layout]).map(reading) + role.outputs.map(writing) + state
      + [
        AccessRule(resource: .group, name: group, prefixed: false, operations: ["Read", "Describe"]),
        producing("answerable-\(role.rawValue)"),
      ]
  }

  /// Transactions under ids that begin so.
  private func producing(_ name: String) -> AccessRule {
    AccessRule(
      resource: .transactionalID, name: prefix + name, prefixed: true, operations: ["Write", "Describe"])
  }

  private func reading(_ topic: Topic) -> AccessRule {
    AccessRule(
      resource: .topic, name: topic.name(prefix: prefix), prefixed: false, operations: ["Read", "Describe"])
  }

  private func writing(_ topic: Topic) -> AccessRule {
    AccessRule(
      resource: .topic, name: topic.name(prefix: prefix), prefixed: false, operations: ["Write", "Describe"])
  }
}

extension AccessRule {
  /// Arguments for Kafka's `kafka-acls.sh`, the principal given by the caller.
  public func command(principal: String) -> String {
    var words = ["kafka-acls.sh", "--bootstrap-server", "BROKERS", "--add", "--allow-principal", principal]
    words += operations.flatMap { ["--operation", $0] }
    switch resource {
    case .cluster: words.append("--cluster")
    case .topic, .group, .transactionalID:
      words += ["--\(resource.rawValue)", name.isEmpty ? "'*'" : name]
    }
    if prefixed && !name.isEmpty { words += ["--resource-pattern-type", "prefixed"] }
    return words.joined(separator: " ")
  }
}
