// Owns who may act: people as the directory has them, never as an event calls them.
import Events
import Policy

/// Somebody who acts, with the role and the team that the policy gives them.
struct Acting {
  var role = ByteSlice()
  var team = ByteSlice()
  var site = ByteSlice()

  /// Nil for somebody that the policy does not know.
  static func of(_ actor: Actor, _ rules: CaseworkRules) -> Acting? {
    var acting = Acting()
    if rules.hasDirectory {
      guard let person = rules.person(actor.id) else { return nil }
      acting.role = person.role
      acting.team = person.team
      acting.site = person.site
      return acting
    }
    guard !actor.team.isEmpty, rules.team(actor.team) != nil else { return nil }
    acting.role = actor.role
    acting.team = actor.team
    acting.site = actor.site
    return acting
  }

  /// Somebody of this name with what the policy gives them; without a directory nobody is ever absent.
  func person(_ id: ByteSlice, _ rules: CaseworkRules) -> Person {
    if let person = rules.person(id) { return person }
    var person = Person()
    person.id = id
    person.role = role
    person.team = team
    person.site = site
    return person
  }

  /// Whoever acts, by the name that they gave and with what the policy gives them.
  func actor(_ actor: Actor) -> Actor {
    var actor = actor
    actor.role = role
    actor.team = team
    actor.site = site
    return actor
  }

  /// Whether they can take it on: people of the owner and of who does the work, and holders of roles on the ladder.
  func mayAcknowledge(_ current: Case, _ ladder: LadderShape, _ rules: CaseworkRules) -> Bool {
    if mayDispose(current, rules) || (!current.worker.isEmpty && team == current.worker) { return true }
    return ladder.rungs.contains { !$0.role.isEmpty && $0.role == role }
  }

  /// Whether they can give it away or put it off: people of the owner, and whoever answers for it. For a team that is
  /// gone, its heir's people can.
  func mayDispose(_ current: Case, _ rules: CaseworkRules) -> Bool {
    if team == current.owner { return true }
    guard let owner = rules.team(current.owner) else { return true }
    return !owner.accountable.isEmpty && role == owner.accountable
  }
}
