// Owns when a case has to be looked at again: the earliest of all its moments.
import Events
import Policy
import StateBytes

enum Schedule {
  /// Nil when nothing about the case waits for time.
  static func next(_ current: Case, _ rules: CaseRules) -> Int64? {
    var next: Int64?
    func consider(_ moment: Int64) {
      if moment > 0 { next = min(next ?? .max, moment) }
    }
    switch current.phase {
    case .closed: consider(current.expiresAt)
    case .resolved:
      if current.deferredUntil > 0 {
        consider(current.deferredUntil)
        break
      }
      consider(afterGrace(current.verifyBy, rules))
      consider(promiseDue(current, rules))
    case .open:
      consider(current.waitingUntil)
      if current.deferredUntil > 0 {
        consider(current.deferredUntil)
        break
      }
      consider(afterGrace(current.ladder.due, rules, notBefore: current.ladder.nobodyUntil))
      if current.clocks.silence.state == .running {
        consider(afterGrace(current.clocks.silence.due, rules))
      }
      consider(promiseDue(current, rules))
      if current.acknowledgedAt > 0 { consider(afterGrace(current.acknowledgementLease, rules)) }
      consider(afterGrace(current.ownershipLease, rules))
    }
    return next
  }

  private static func promiseDue(_ current: Case, _ rules: CaseRules) -> Int64 {
    var first: Int64 = 0
    for promise in current.promises where promise.state == .open {
      let due = afterGrace(promise.due, rules)
      first = first == 0 ? due : min(first, due)
    }
    return first
  }

  private static func afterGrace(_ due: Int64, _ rules: CaseRules, notBefore: Int64 = 0) -> Int64 {
    due > 0 ? max(plus(due, rules.evidenceGrace), notBefore) : 0
  }
}
