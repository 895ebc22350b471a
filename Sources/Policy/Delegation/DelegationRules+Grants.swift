// Owns which grant holds for somebody and a case, and which budgets pay there.
import Events

/// What a grant may ask about.
public struct GrantFacts {
  /// As the directory has it.
  public var role = ByteSlice()
  public var action = ByteSlice()
  /// The case's, else the actor's.
  public var site = ByteSlice()
  /// The actor's.
  public var team = ByteSlice()
  public var priority = Priority.p4
  public var journey = ByteSlice()
  public var segment = ByteSlice()
  public var status = CaseStatus.assigned
  public init() {}
}

/// The budgets that a claim draws on.
public enum BudgetChoice {
  /// In the order of the templates; none where there are none.
  case budgets([BudgetRules])
  /// The policy has no budget of this id.
  case missing(String)
}

extension DelegationRules {
  /// The first grant that holds; nil for none. Amount, evidence and budgets are not asked here.
  public func grant(for facts: GrantFacts) -> GrantRules? { grants.first { $0.holds(for: facts) } }

  /// The budgets that templates name at a site and for a team.
  public func budgets(of templates: [ByteSlice], site: ByteSlice, team: ByteSlice) -> BudgetChoice {
    var found: [BudgetRules] = []
    for template in templates {
      let id = BudgetTemplate.filled(template, site: site, team: team)
      guard let budget = id.withUnsafeBytes({ budget(ByteSlice($0)) }) else {
        return .missing(String(decoding: id, as: UTF8.self))
      }
      found.append(budget)
    }
    return .budgets(found)
  }

  /// Approvers in the order in which they are asked, of those who may say yes to an action.
  public func approvers(of action: ByteSlice) -> [ApproverRules] {
    approvers.filter { $0.actions.isEmpty || $0.actions.contains(action) }
  }
}

/// One thing that a grant may ask for.
public enum GrantCondition: String, Sendable, Hashable, CaseIterable {
  case role, action, site, team, priority, journey, segment, state

  /// Made once: deciding looks at it for every grant.
  static let all = allCases
}

extension GrantRules {
  public func holds(for facts: GrantFacts) -> Bool {
    GrantCondition.all.allSatisfy { holds($0, for: facts) }
  }

  /// Whether one condition does; one that the grant does not have always holds.
  public func holds(_ condition: GrantCondition, for facts: GrantFacts) -> Bool {
    func takes(_ list: [ByteSlice], _ word: ByteSlice) -> Bool { list.isEmpty || list.contains(word) }
    switch condition {
    case .role: return role == facts.role
    case .action: return takes(actions, facts.action)
    case .site: return takes(sites, facts.site)
    case .team: return takes(teams, facts.team)
    case .priority: return priorities.isEmpty || priorities.contains(facts.priority)
    case .journey: return takes(journeys, facts.journey)
    case .segment: return takes(segments, facts.segment)
    case .state: return takes(states, facts.status.wire)
    }
  }
}

/// Ids of budgets in which `{site}` and `{team}` stand for a name.
enum BudgetTemplate {
  static let site: StaticString = "{site}"
  static let team: StaticString = "{team}"

  static func filled(_ template: ByteSlice, site: ByteSlice, team: ByteSlice) -> [UInt8] {
    var filled: [UInt8] = []
    filled.reserveCapacity(64)
    var rest = template.bytes[...]
    while !rest.isEmpty {
      if rest.starts(with: ByteSlice(Self.site).bytes) {
        filled += site.bytes
        rest = rest.dropFirst(ByteSlice(Self.site).count)
      } else if rest.starts(with: ByteSlice(Self.team).bytes) {
        filled += team.bytes
        rest = rest.dropFirst(ByteSlice(Self.team).count)
      } else {
        filled.append(rest[rest.startIndex])
        rest = rest.dropFirst()
      }
    }
    return filled
  }
}
