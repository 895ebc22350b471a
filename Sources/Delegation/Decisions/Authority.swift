// Owns by whose grant somebody asks: their own, or that of somebody they stand in for.
import Events
import Policy

/// A grant that holds, and whose it is.
struct Authority {
  let person: Person
  /// Who is absent; nil for one's own grant.
  let absent: Person?
  let grant: GrantRules

  /// Every grant by which somebody may ask, their own first. Somebody who is absent has none: who stands in has it.
  static func all(of claim: Claim, _ person: Person, _ moment: Moment) -> [Authority] {
    var all: [Authority] = []
    if !person.isAbsent(at: moment.now), let grant = grant(for: claim, as: person, moment) {
      all.append(Authority(person: person, absent: nil, grant: grant))
    }
    for absent in moment.people.absentees(of: person, at: moment.now) {
      if let grant = grant(for: claim, as: absent, moment) {
        all.append(Authority(person: person, absent: absent, grant: grant))
      }
    }
    return all
  }

  private static func grant(for claim: Claim, as person: Person, _ moment: Moment) -> GrantRules? {
    var facts = GrantFacts()
    facts.role = person.role
    facts.action = claim.action
    facts.site = claim.site.isEmpty ? person.site : claim.site
    facts.team = person.team
    facts.priority = claim.priority
    facts.journey = claim.journey
    facts.segment = claim.segment
    facts.status = claim.status
    return moment.rules.grant(for: facts)
  }

  /// What one remedy may cost, and what several together may.
  func bounds(before: Int64) -> [Bound] {
    var bounds = [Bound(kind: .grant, limit: grant.upTo, at: grant.at)]
    if before > 0 { bounds.append(Bound(kind: .split, limit: grant.upTo, before: before, at: grant.at)) }
    return bounds
  }
}
