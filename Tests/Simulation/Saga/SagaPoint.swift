// Owns the places at which a transaction of the saga can be aborted, and how.
import Streams

/// One call of one transaction.
package struct SagaCall: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// In the order of the stream: INTAKE, CASEWORK, DELEGATION.
  package var role: Int
  package var call: Call
  /// Which of the role's calls of this kind, from 1.
  package var number: Int

  package static func < (a: Self, b: Self) -> Bool {
    (a.role, a.call.rawValue, a.number) < (b.role, b.call.rawValue, b.number)
  }

  package var description: String {
    "\(["intake", "casework", "delegation"][min(role, 2)])'s \(call.rawValue) \(number)"
  }

  /// The calls that a transaction is made of.
  package static let kinds: [Call] = [.begin, .produce, .flush, .sendOffsets, .commit]
}

/// What happens there.
package enum SagaMishap: String, Sendable, Hashable, CaseIterable {
  case killedBefore = "killed before it"
  case killedAfter = "killed after it"
  case fails = "it fails"
  case fenced = "the producer is fenced"
  case unknownDone = "it is done, and its answer is lost"
  case unknownNotDone = "it is not done, and its answer is lost"
  case unknownLate = "it is done later than its answer is lost"

  /// What can happen at a call.
  package static func all(at call: Call) -> [SagaMishap] {
    switch call {
    case .commit: allCases
    case .produce, .flush, .sendOffsets: [.killedBefore, .killedAfter, .fails, .fenced]
    default: [.killedBefore, .killedAfter, .fails]
    }
  }

  func action(at call: Call) -> Gate.Action {
    let point: FaultPoint = call == .commit ? .commit : call == .sendOffsets ? .sendOffsets : .produce
    return switch self {
    case .killedBefore, .killedAfter: .kill
    case .fails: call == .begin ? .refuse : .fault(point, .fails)
    case .fenced: .fault(point, .fenced)
    case .unknownDone: .fault(point, .unknown(.applied))
    case .unknownNotDone: .fault(point, .unknown(.dropped))
    case .unknownLate: .fault(point, .unknown(.late(milliseconds: 200)))
    }
  }

  var edge: Moment.Edge { self == .killedAfter ? .after : .before }
}
