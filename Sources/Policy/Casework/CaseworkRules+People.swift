// Owns what casework asks about people: who somebody is, and who holds a role.
import Events

extension CaseworkRules {
  /// True when people.yaml says who exists; otherwise everybody who names a team of the policy is known.
  public var hasDirectory: Bool { people.count > 0 }

  /// Nil for somebody the directory does not have.
  public func person(_ id: ByteSlice) -> Person? { people.person(id) }

  /// Who holds a role, in the order of the directory. An empty team or site takes any; where a site is given and
  /// nobody of that role is at it, holders of all sites.
  public func holders(of role: ByteSlice, team: ByteSlice, site: ByteSlice) -> [Person] {
    people.holders(of: role, team: team, site: site)
  }
}
