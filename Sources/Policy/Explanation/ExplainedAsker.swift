// Owns as whom somebody may ask for a remedy, and every grant that was looked at for each.
import Events

/// Somebody by whose grants a remedy may be asked for: who asks, or somebody they stand in for.
public struct ExplainedAsker: Sendable, Hashable, Encodable {
  public var id: String
  public var role: String
  public var team: String
  /// Of the case, else of theirs; empty for none.
  public var site: String
  /// Whether who asks stands in for them.
  public var isStoodInFor: Bool
  /// Every grant in the order in which they are asked.
  public var grants: [ExplainedGrant]

  /// The one that decides; nil for none.
  public var grant: ExplainedGrant? { grants.first { $0.holds } }
}

extension DelegationRules {
  /// Everybody by whose grants somebody may ask at a moment; those of them with a grant that holds are, in this order,
  /// the ones that `authorities` answers. Empty for somebody who is absent and stands in for nobody.
  public func explain(
    asking person: Person, _ facts: GrantFacts, _ people: CaseworkRules, at time: Int64
  ) -> [ExplainedAsker] {
    askers(for: person, facts, people, at: time).map { absent, facts in
      ExplainedAsker(
        id: (absent ?? person).id.string, role: facts.role.string, team: facts.team.string,
        site: facts.site.string, isStoodInFor: absent != nil, grants: explain(facts))
    }
  }
}
