// Owns why a grant holds for somebody and a case, or does not: each thing it asks for, beside what there is.
import Events

/// A grant, looked at for one remedy.
public struct ExplainedGrant: Sendable, Hashable, Encodable {
  public struct Condition: Sendable, Hashable, Encodable {
    /// `role`, `priority`, as a grant names it.
    public var name: String
    /// `P1 or P2`.
    public var asks: String
    /// What there is; empty for nothing.
    public var has: String
    public var holds: Bool
  }

  /// `delegation.grants[6]`.
  public var path: String
  /// `delegation.yaml:81`.
  public var at: String
  public var upTo: ExplainedMoney
  /// Those that the grant asks for, in a fixed order; what it does not ask for holds.
  public var conditions: [Condition]
  public var holds: Bool

  public var failed: [Condition] { conditions.filter { !$0.holds } }

  /// What it takes, as its author wrote it: `receptionist, upgrade or refund, P1 or P2`.
  public var asks: String { conditions.map(\.asks).joined(separator: ", ") }

  /// Whether it is for this role and action: others are not wondered about.
  public var isNear: Bool {
    !failed.contains {
      $0.name == GrantCondition.role.rawValue || $0.name == GrantCondition.action.rawValue
    }
  }
}

extension DelegationRules {
  /// Every grant in the order in which they are asked; the first that holds is the one that `grant(for:)` answers.
  public func explain(_ facts: GrantFacts) -> [ExplainedGrant] {
    grants.map { grant in
      let asked = GrantCondition.all.compactMap { condition in
        grant.asks(condition).map { asks in
          ExplainedGrant.Condition(
            name: condition.rawValue, asks: asks, has: facts.text(condition),
            holds: grant.holds(condition, for: facts))
        }
      }
      return ExplainedGrant(
        path: grant.path.string, at: grant.at.string, upTo: ExplainedMoney(grant.upTo), conditions: asked,
        holds: grant.holds(for: facts))
    }
  }
}

extension GrantRules {
  /// What it asks for, in words; nil where it takes anything.
  fileprivate func asks(_ condition: GrantCondition) -> String? {
    let words: [String]
    switch condition {
    case .role: words = [role.string]
    case .action: words = actions.map(\.string)
    case .site: words = sites.map(\.string)
    case .team: words = teams.map(\.string)
    case .priority: words = priorities.map(\.wire.string)
    case .journey: words = journeys.map(\.string)
    case .segment: words = segments.map(\.string)
    case .state: words = states.map(\.string)
    }
    return words.isEmpty ? nil : words.joined(separator: " or ")
  }
}

extension GrantFacts {
  fileprivate func text(_ condition: GrantCondition) -> String {
    switch condition {
    case .role: role.string
    case .action: action.string
    case .site: site.string
    case .team: team.string
    case .priority: priority.wire.string
    case .journey: journey.string
    case .segment: segment.string
    case .state: status.wire.string
    }
  }
}
