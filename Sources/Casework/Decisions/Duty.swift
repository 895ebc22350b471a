// Owns who is told: the target of a rung by today's directory, at the moment it fires.
import Events
import Policy

/// Whom a rung means now.
struct Duty {
  var target = Escalation.Target()
  /// When somebody of them is on duty next; nil when somebody is now, or nobody ever will be.
  var wakeAt: Int64?
  /// The owner's team is not in the policy any more.
  var isOwnerGone = false

  /// Stand-ins of stand-ins are followed so far.
  static let chain = 4

  static func of(_ rung: LadderShape.Rung, _ current: Case, _ moment: Moment) -> Duty {
    var duty = Duty()
    let rules = moment.rules
    var team = rules.team(current.owner)
    if team == nil {
      duty.isOwnerGone = true
      team = rules.team(moment.policy.unroutedOwner)
    }
    // A team that has become somebody's subcontractor: its principal answers.
    if let found = team, found.isSubcontractor {
      team = rules.principal(of: found).flatMap(rules.team) ?? team
    }
    let owner = team ?? TeamRules()
    var holders: [Person] = []
    switch duty.isOwnerGone ? .accountableOfOwner : rung.target {
    case .roleOfOwner:
      duty.target.role = rung.role
      duty.target.team = owner.id
      holders = rules.holders(of: rung.role, team: owner.id, site: current.site)
      if holders.isEmpty && rules.hasDirectory { fallthrough }
    case .accountableOfOwner:
      duty.target.role = owner.accountable
      duty.target.team = owner.id
      holders = rules.holders(of: owner.accountable, team: ByteSlice(), site: ByteSlice())
    case .role:
      duty.target.role = rung.role
      holders = rules.holders(of: rung.role, team: ByteSlice(), site: current.site)
    }
    duty.target.site = current.site
    duty.find(holders, moment)
    return duty
  }

  private mutating func find(_ holders: [Person], _ moment: Moment) {
    var next: Int64?
    for holder in holders {
      if let present = Self.present(holder, moment) {
        var person = Escalation.Person()
        person.id = present.id
        person.role = present.role
        person.team = present.team
        if present.id != holder.id { person.standsInFor = holder.id }
        if !target.people.contains(where: { $0.id == person.id }) { target.people.append(person) }
      } else if let time = Self.nextDuty(holder, moment) {
        next = min(next ?? .max, time)
      }
    }
    if target.people.isEmpty { wakeAt = next }
  }

  /// The person, or who stands in, if on duty now.
  static func present(_ person: Person, _ moment: Moment) -> Person? {
    var person = person
    for _ in 0..<chain {
      if !person.isAbsent(at: moment.now) {
        return isOpen(person, moment) ? person : nil
      }
      guard !person.delegate.isEmpty, let delegate = moment.rules.person(person.delegate) else { return nil }
      person = delegate
    }
    return nil
  }

  private static func isOpen(_ person: Person, _ moment: Moment) -> Bool {
    if moment.rules.calendar(person.calendar).isOpen(at: moment.now) { return true }
    guard let team = moment.rules.team(person.team), team.onCall >= 0 else { return false }
    return moment.rules.calendar(team.onCall).isOpen(at: moment.now)
  }

  private static func nextDuty(_ person: Person, _ moment: Moment) -> Int64? {
    let from = person.isAbsent(at: moment.now) ? person.absentUntil : moment.now
    var next = moment.rules.calendar(person.calendar).nextOpen(from: from)
    if let team = moment.rules.team(person.team), team.onCall >= 0,
      let onCall = moment.rules.calendar(team.onCall).nextOpen(from: from)
    {
      next = min(next ?? .max, onCall)
    }
    return next.map { max($0, sum(moment.now, 1)) }
  }
}
