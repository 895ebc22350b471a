// Owns the mistakes that a simulation plants in delegation, to prove that it finds them.

/// Never set in production.
package struct PlantedDelegationBugs: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A referral holds the amount as if it were approved.
  package static let referralHoldsMoney = PlantedDelegationBugs(rawValue: 1 << 0)
  /// What was settled can be settled again.
  package static let doubleSettle = PlantedDelegationBugs(rawValue: 1 << 1)
  /// Room is what was not spent, whatever is held.
  package static let roomWithoutHolds = PlantedDelegationBugs(rawValue: 1 << 2)
  /// Who asked may say yes.
  package static let approvalByTheRequester = PlantedDelegationBugs(rawValue: 1 << 3)
  /// An approval that ends without being settled keeps its hold.
  package static let lapseWithoutRelease = PlantedDelegationBugs(rawValue: 1 << 4)
  /// An approval rests on a grant that pays from other budgets than those that hold it.
  package static let grantOfOtherPots = PlantedDelegationBugs(rawValue: 1 << 5)
}
