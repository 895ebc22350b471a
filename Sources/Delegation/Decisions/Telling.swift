// Owns how a decision becomes the record on `delegations`.
import Events
import Policy
import StateBytes

extension Outcome {
  /// Ready for the next decision; keeps memory.
  mutating func begin() { records.removeAll(keepingCapacity: true) }

  /// Tells what became of the claim in `state`, under its next number. `pots` are shown as they stand now.
  mutating func tell(
    _ answer: Delegation.Answer, _ reason: Reason, _ state: inout DelegationState, pots: [Int],
    by act: Claim?,
    _ moment: Moment, _ fill: (inout Delegation) -> Void = { _ in }
  ) {
    state.claim.records = plus(state.claim.records, 1)
    let claim = state.claim
    var record = Delegation()
    record.id = moment.texts.numbered(claim.id, "-d", claim.records)
    record.claim = claim.id
    record.answer = answer
    record.caseID = claim.caseID
    record.subjectKey = claim.subjectKey
    record.owner = claim.owner
    record.root = claim.root
    record.action = claim.action
    record.amount = claim.amount
    record.currency = claim.currency
    record.requester = claim.requester
    record.decider = claim.decider
    record.grant = claim.grant
    record.grantAt = claim.grantAt
    record.sum = claim.sum
    record.budgets = pots.map { state.pots[$0].shown(moment) }
    switch claim.phase {
    case .referred, .approved: record.expiresAt = claim.expiresAt
    case .settled, .returned, .lapsed, .declined, .cancelled, .expired: break
    }
    record.finish(reason, by: act, moment)
    fill(&record)
    records.append(record)
  }

  /// A NO to an act; the claim, if there is one, stands as it stood.
  mutating func refuse(
    _ failure: Delegation.Failure, _ act: Claim, _ state: inout DelegationState, pots: [Int] = [],
    _ moment: Moment, _ fill: (inout Delegation) -> Void = { _ in }
  ) {
    let reason = Reason(code: failure.code, text: failure.text)
    guard state.hasClaim else {
      var record = Delegation()
      // Nothing counts the records of a claim that is not kept: the id is that of what was asked.
      record.id = moment.texts.make {
        $0.add(act.id)
        $0.add("-d")
      }
      record.claim = act.claim
      record.answer = .refused
      record.caseID = act.caseID
      record.subjectKey = act.subjectKey
      record.owner = act.owner
      record.root = act.root
      record.action = act.action
      record.amount = act.amount
      record.currency = act.currency
      record.decider.id = act.actor.id
      record.failed = [failure]
      record.finish(reason, by: act, moment)
      return records.append(record)
    }
    tell(.refused, reason, &state, pots: pots, by: act, moment) { record in
      record.decider = Escalation.Person()
      record.decider.id = act.actor.id
      record.failed = [failure]
      fill(&record)
    }
  }
}

extension Delegation {
  fileprivate mutating func finish(_ reason: Reason, by act: Claim?, _ moment: Moment) {
    self.reason = reason
    at = moment.now
    epoch = moment.epoch
    guard let act else { return }
    self.reason.note = act.note
    cause = act.cause
    causeID = act.causeID
    traceparent = act.traceparent
  }
}
