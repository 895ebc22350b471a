// Owns the bugs that a simulation can plant, to prove that it finds them.
import Casework
import Delegation
import Streams

/// A bug planted on purpose.
package enum PlantedBug: String, Sendable, Hashable, CaseIterable {
  case commitBeforeFlush = "commit-before-flush"
  case skippedAbort = "skipped-abort"
  case lostTimer = "lost-timer"
  case timersWithoutOffsets = "timers-without-offsets"
  case restoreToLastStableOffset = "restore-to-last-stable-offset"
  case overlayDropped = "overlay-dropped-after-unknown-commit"
  case dedupeOutside = "dedupe-outside-transaction"
  case stateOutside = "state-outside-transaction"
  case policySwitched = "policy-switched-mid-transaction"
  case lostCaseTimer = "lost-case-timer"
  case doubledRung = "doubled-rung"
  case forgottenAnswer = "escalation-of-an-answered-customer"
  case deafClocks = "deaf-clocks"
  case progressAhead = "mark-ahead-of-what-was-read"
  case overspentBudget = "overspent-budget"
  case doubledPayment = "doubled-payment"
  case heldByReferral = "money-held-by-a-referral"
  case heldAfterLapse = "money-held-after-a-lapse"
  case ownApproval = "own-approval"
  case neverLapsed = "approval-that-never-lapses"
  case doubledAnswer = "claim-answered-twice"
  case heldAfterReturn = "money-held-after-a-return"
  case untoldAnswer = "answer-that-its-case-never-hears"
  case unshownAnswer = "answer-that-its-case-never-shows"
  case unsentClaim = "remedy-that-nobody-is-asked-about"

  package var meaning: String {
    switch self {
    case .commitBeforeFlush: "state changes reach the changelog one transaction late"
    case .skippedAbort: "after a commit that failed, work goes on as if it had not"
    case .lostTimer: "timers are kept in memory only"
    case .timersWithoutOffsets: "a transaction of timers alone sends no offset, so nobody can fence it"
    case .restoreToLastStableOffset: "a restore misses a commit that returned and whose marker is late"
    case .overlayDropped: "after an unknown commit that had committed, its state changes are dropped"
    case .dedupeOutside: "the processor remembers what it has seen by itself, outside of the transaction"
    case .stateOutside: "state changes survive an abort"
    case .policySwitched: "a new policy decides in the middle of a transaction"
    case .lostCaseTimer: "timers of cases are kept in memory only"
    case .doubledRung: "a rung that fires is told twice"
    case .forgottenAnswer: "an answer to a customer is journalled and forgotten, so that the ladder goes on"
    case .deafClocks: "clocks that fire because nothing was done do not wait for what nobody has read yet"
    case .progressAhead: "intake says that it has read what it has not"
    case .overspentBudget: "room is what was not spent, whatever is held"
    case .doubledPayment: "what was paid can be paid again"
    case .heldByReferral: "a referral holds the money as if it were approved"
    case .heldAfterLapse: "an approval that lapses keeps what it holds"
    case .ownApproval: "who asked may say yes"
    case .neverLapsed: "the timer of an approval is lost, so that it never lapses"
    case .doubledAnswer: "a claim's terminal answer is published twice"
    case .heldAfterReturn: "what is taken back or comes back is told, and the budget keeps it"
    case .untoldAnswer: "a case hears of a claim's first answer only"
    case .unshownAnswer: "a case writes an answer down and does not show it"
    case .unsentClaim: "a remedy is said to be on its way to its budgets, and is not"
    }
  }

  /// Where it can show.
  package var workload: WorkloadName {
    switch self {
    case .policySwitched: .forward
    case .lostCaseTimer, .doubledRung, .forgottenAnswer, .deafClocks, .progressAhead, .overspentBudget,
      .doubledPayment, .heldByReferral, .heldAfterLapse, .ownApproval, .neverLapsed, .doubledAnswer,
      .heldAfterReturn, .untoldAnswer, .unshownAnswer, .unsentClaim:
      .topology
    default: .count
    }
  }

  /// What casework does wrong.
  var plantedInCasework: PlantedCaseworkBugs {
    switch self {
    case .doubledRung: .doubledRung
    case .forgottenAnswer: .forgottenAnswer
    case .deafClocks: .deafClocks
    default: []
    }
  }

  /// What delegation does wrong.
  var plantedInDelegation: PlantedDelegationBugs {
    switch self {
    case .overspentBudget: .roomWithoutHolds
    case .doubledPayment: .doubleSettle
    case .heldByReferral: .referralHoldsMoney
    case .heldAfterLapse: .lapseWithoutRelease
    case .ownApproval: .approvalByTheRequester
    default: []
    }
  }

  /// What is done wrong around a role's processor, which itself is as it is shipped.
  var tampering: Tampering? {
    switch self {
    case .neverLapsed: .lostLapse
    case .doubledAnswer: .doubledAnswer
    case .heldAfterReturn: .keptHold
    case .untoldAnswer: .untoldAnswer
    case .unshownAnswer: .unshownAnswer
    case .unsentClaim: .unsentClaim
    default: nil
    }
  }

  /// What the runtime does wrong; nothing where the processor does.
  var planted: PlantedBugs {
    switch self {
    case .commitBeforeFlush: .commitBeforeFlush
    case .skippedAbort: .skippedAbort
    case .lostTimer, .lostCaseTimer: .lostTimer
    case .doubledRung, .forgottenAnswer, .deafClocks, .overspentBudget, .doubledPayment, .heldByReferral,
      .heldAfterLapse, .ownApproval, .neverLapsed, .doubledAnswer, .heldAfterReturn, .untoldAnswer,
      .unshownAnswer, .unsentClaim:
      []
    case .progressAhead: .progressAhead
    case .timersWithoutOffsets: .timersWithoutOffsets
    case .restoreToLastStableOffset: .restoreToLastStableOffset
    case .overlayDropped: .overlayDroppedAfterUnknownCommit
    case .dedupeOutside: []
    case .stateOutside: .stateOutsideTransaction
    case .policySwitched: .broadcastSwitchedMidTransaction
    }
  }
}
