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
      if let present = moment.rules.present(holder, at: moment.now) {
        var person = Escalation.Person()
        person.id = present.id
        person.role = present.role
        person.team = present.team
        if present.id != holder.id { person.standsInFor = holder.id }
        if !target.people.contains(where: { $0.id == person.id }) { target.people.append(person) }
      } else if let time = moment.rules.nextDuty(of: holder, after: moment.now) {
        next = min(next ?? .max, time)
      }
    }
    if target.people.isEmpty { wakeAt = next }
  }
}
