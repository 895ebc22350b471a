// Owns the mistakes that a simulation plants in casework, to prove that it finds them.

/// Never set in production.
package struct PlantedCaseworkBugs: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A rung that fires is told twice.
  package static let doubledRung = PlantedCaseworkBugs(rawValue: 1)
  /// An answer is journalled and forgotten.
  package static let forgottenAnswer = PlantedCaseworkBugs(rawValue: 2)
  /// Clocks that fire because nothing was done do not wait for what nobody has read yet.
  package static let deafClocks = PlantedCaseworkBugs(rawValue: 4)
}
