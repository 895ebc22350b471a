// Owns what DELEGATION counts beside what every role does: its answers, by their words.
import Events
import Streams

enum DelegationCounters {
  /// In the order of their numbers.
  static let all: [RoleCounter] =
    Delegation.Answer.allCases.map { RoleCounter("answer", $0.wire.string) } + [
      RoleCounter("approval", "signed"), RoleCounter("approval", "unsigned"),
    ]

  /// Approvals of a deployment that has a key: signed, or not because the policy does not name it.
  static let signed = Delegation.Answer.allCases.count
  static let unsigned = signed + 1

  static func index(_ answer: Delegation.Answer) -> Int { Int(answer.rawValue) }
}
