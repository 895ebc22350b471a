// Owns what a target of fuzzing is, and the list of them.

/// A law that did not hold for an input.
public struct Violation: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// A door that takes bytes from outside, inputs for it, and what must hold whatever they are. One thread.
public protocol FuzzTarget: AnyObject, SendableMetatype {
  /// One word.
  static var name: String { get }
  /// What is tried, in one line.
  static var summary: String { get }
  /// Of a thousand inputs over all targets, how many are this one's.
  static var share: Int { get }
  /// Inputs tried in one process before the next is started.
  static var batch: Int { get }
  init() throws
  /// Made from the random numbers alone.
  func input(_ random: inout FuzzRandom) -> FuzzInput
  /// Tries an input and returns its outcome in a few words that many inputs share: `decoded`, `invalid-json`.
  func examine(_ input: FuzzInput) throws(Violation) -> String
}

extension FuzzTarget {
  /// The input of a seed.
  public func input(seed: UInt64) -> FuzzInput {
    var random = FuzzRandom(seed: seed)
    return input(&random)
  }
}

public enum FuzzTargets {
  public static let all: [any FuzzTarget.Type] = [
    DecodeTarget.self, CloudEventsTarget.self, IntakeTarget.self, SignalsTarget.self, RedactionTarget.self,
    CaseworkTarget.self, DelegationTarget.self, LedgerTarget.self,
    PolicyTarget.self, ArgumentsTarget.self,
  ]

  public static func named(_ name: String) -> (any FuzzTarget.Type)? { all.first { $0.name == name } }
}
