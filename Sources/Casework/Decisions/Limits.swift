// Owns how many escalations an owner gets at a time: what is beyond is told in one digest, not lost.
import Events
import Policy
import StateBytes

enum Limits {
  /// Cases that a digest and a hold list by name.
  static let listed = 20
  static let heldListed = 256

  /// Whether the owner may be told now. What may not is counted for the digest at the window's end.
  static func admit(_ state: inout CaseworkState, _ moment: Moment) -> Bool {
    let rules = moment.cases
    state.changes.insert(.owner)
    if difference(moment.now, state.owner.windowFrom) >= rules.escalationWindow
      && state.owner.digestCount == 0
    {
      state.owner.windowFrom = moment.now
      state.owner.inWindow = 0
    }
    if Int(state.owner.inWindow) < rules.escalationLimit {
      state.owner.inWindow = state.owner.inWindow.increased
      return true
    }
    state.owner.digestCount = sum(state.owner.digestCount, 1)
    let caseID = moment.texts.caseID(state.current.id)
    if state.owner.digestCases.count < listed, !state.owner.digestCases.contains(caseID) {
      state.owner.digestCases.append(caseID)
    }
    state.ownerTimer = max(sum(state.owner.windowFrom, rules.escalationWindow), sum(moment.now, 1))
    return false
  }

  /// The window is over: one digest for all that did not fit.
  static func closeWindow(
    _ owner: ByteSlice, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    outcome.journal.owner = owner
    guard state.owner.digestCount > 0 else { return }
    state.owner.digests = sum(state.owner.digests, 1)
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

/// Operators' holds: escalations of an owner, or of all, become a counted debt until a moment.
enum Holds {
  static func decide(
    _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard case .hold(let hold) = signal.message else { return }
    state.changes = []
    outcome.journal.owner = hold.owner
    let isOfAll = hold.owner.isEmpty
    if !isOfAll && moment.rules.team(hold.owner) == nil {
      outcome.refuse("unknown-team", "the policy has no such team")
      return
    }
    var account = isOfAll ? state.everyone : state.owner
    if account.heldUntil <= moment.now { account.heldCases.removeAll() }
    if hold.until > moment.now {
      // What sleeps until the longer hold's end has to learn of the shorter one's.
      if hold.until < account.heldUntil { state.wake = account.heldCases }
      account.heldUntil = hold.until
      account.heldReason = hold.reason
      account.heldBy = hold.by
      outcome.decide(.held, "held", "escalations wait as a counted debt until the hold ends")
    } else {
      guard account.heldUntil > 0 else {
        outcome.refuse("not-held", "nothing is held here")
        return
      }
      account.heldUntil = 0
      account.heldReason = ByteSlice()
      account.heldBy = ByteSlice()
      state.wake = account.heldCases
      account.heldCases.removeAll()
      outcome.decide(.held, "released", "the hold is over: what waited is looked at now")
    }
    if isOfAll {
      state.everyone = account
      state.changes.insert(.everyone)
    } else {
      state.owner = account
      state.changes.insert(.owner)
    }
  }

  /// Until when escalations of the current case's owner are held; 0 when they are not.
  static func until(_ state: CaseworkState, _ moment: Moment) -> Int64 {
    let until = max(state.owner.heldUntil, state.everyone.heldUntil)
    return until > moment.now ? until : 0
  }

  /// Remembers the current case where it is held for longest, so that a release there wakes it.
  static func list(_ state: inout CaseworkState, _ moment: Moment) {
    let isOwners = state.owner.heldUntil >= state.everyone.heldUntil
    let caseID = moment.texts.caseID(state.current.id)
    func add(_ list: inout [ByteSlice]) {
      if list.count < Limits.heldListed, !list.contains(caseID) { list.append(caseID) }
    }
    if isOwners { add(&state.owner.heldCases) } else { add(&state.everyone.heldCases) }
    state.changes.insert(isOwners ? .owner : .everyone)
  }

  /// Puts the current case off for a hold, and remembers it there for a release.
  static func put(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    let until = max(state.owner.heldUntil, state.everyone.heldUntil)
    list(&state, moment)
    let reason = Reason(code: "held", text: "an operator holds escalations")
    Deferrals.begin(.held, until: until, reason, &state, moment, into: &outcome)
    outcome.decide(.deferred, "held", reason.text)
  }
}
