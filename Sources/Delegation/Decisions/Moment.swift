// Owns what every piece of a decision is given: the policy, the time, and where texts are made.
import Events
import Policy
import StateBytes

/// The moment of one decision.
struct Moment {
  let policy: CompiledPolicy
  /// The task's clock, milliseconds since 1970.
  let now: Int64
  let epoch: Int64
  let texts: Texts
  var bugs: PlantedDelegationBugs = []

  var rules: DelegationRules { policy.delegation }
  var people: CaseworkRules { policy.casework }
}
