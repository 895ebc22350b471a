// Owns what DELEGATION counts beside what every role does: its answers, by their words.
import Events
import Streams

enum DelegationCounters {
  /// In the order of their numbers.
  static let all: [RoleCounter] = Delegation.Answer.allCases.map { RoleCounter("answer", $0.wire.string) }

  static func index(_ answer: Delegation.Answer) -> Int { Int(answer.rawValue) }
}
