// Owns how many escalations an owner gets at a time: what is beyond is told in one digest, not lost.
import Events
import Policy
import StateBytes

enum Limits {
  /// Cases that a digest lists by name.
  static let listed = 20

  /// Whether the owner may be told now. What may not is counted for the digest at the window's end.
  static func admit(_ state: inout CaseworkState, _ moment: Moment) -> Bool {
    let rules = moment.cases
    state.changes.insert(.owner)
    if minus(moment.now, state.owner.windowFrom) >= rules.escalationWindow
      && state.owner.digestCount == 0
    {
      state.owner.windowFrom = moment.now
      state.owner.inWindow = 0
    }
    if Int(state.owner.inWindow) < rules.escalationLimit {
      state.owner.inWindow = state.owner.inWindow.increased
      return true
    }
    state.owner.digestCount = plus(state.owner.digestCount, 1)
    let caseID = moment.texts.caseID(state.current.id)
    if state.owner.digestCases.count < listed, !state.owner.digestCases.contains(caseID) {
      state.owner.digestCases.append(caseID)
    }
    state.ownerTimer = next(state.owner, moment)
    return false
  }

  /// When an owner's account has to be looked at next; nil for never.
  static func next(_ account: OwnerAccount, _ moment: Moment) -> Int64? {
    let soon = plus(moment.now, 1)
    if account.wakeTo > account.pageFrom { return soon }
    return account.digestCount > 0 ? max(closing(account, moment), soon) : nil
  }

  private static func closing(_ account: OwnerAccount, _ moment: Moment) -> Int64 {
    plus(account.windowFrom, moment.cases.escalationWindow)
  }

  /// The time of an owner's account has come: cases that a hold let go wake, so many at a time, and its window may be
  /// over. The account of all has no window.
  static func decide(
    _ owner: ByteSlice, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    outcome.journal.owner = owner
    Holds.goOn(ofAll: owner.isEmpty, &state, moment, into: &outcome)
    closeWindow(owner, &state, moment, into: &outcome)
    state.ownerTimer = next(owner.isEmpty ? state.everyone : state.owner, moment)
  }

  /// The window is over: one digest for all that did not fit.
  private static func closeWindow(
    _ owner: ByteSlice, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.owner.digestCount > 0, closing(state.owner, moment) <= moment.now else { return }
    state.owner.digests = plus(state.owner.digests, 1)
    var digest = Escalation()
    digest.kind = .digest
    digest.view.owner = owner
    digest.id = moment.texts.make {
      $0.add(owner)
      $0.add("-d")
      $0.add(state.owner.digests)
      if let first = state.owner.digestCases.first {
        $0.add("-")
        $0.add(first)
      }
    }
    if let team = moment.rules.team(owner) {
      digest.to.role = team.accountable
      digest.to.team = owner
    }
    digest.digestCount = state.owner.digestCount
    digest.digestCases = state.owner.digestCases
    digest.audience = .owner
    digest.at = moment.now
    digest.epoch = moment.epoch
    digest.reason = Reason(
      code: "over-limit", text: "more escalations than cases.limit lets one owner get at a time")
    outcome.outputs.append(.escalation(digest))
    outcome.journal.outputs.append(digest.id)
    outcome.decide(.escalated, "digest", digest.reason.text)
    state.owner.digestCount = 0
    state.owner.digestCases.removeAll()
    state.owner.windowFrom = moment.now
    state.owner.inWindow = 0
    state.changes.insert(.owner)
  }
}
