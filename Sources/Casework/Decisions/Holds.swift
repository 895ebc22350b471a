// Owns operators' holds: escalations of an owner, or of all, become a counted debt until a moment.
import Events
import Policy

/// What a hold puts off is listed, so that it wakes when the hold ends early: by name in the account up to
/// `heldListed`, beyond that in pages of as many beside it. A release wakes what the account lists and so many pages at
/// a time; the owner's timer goes on with the rest.
enum Holds {
  /// Cases that an account lists by name, and a page.
  static let heldListed = 64
  /// Pages whose cases wake at once.
  static let pagesAtOnce: Int32 = 3

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
    forget(ofAll: isOfAll, &state, moment)
    let heldUntil = isOfAll ? state.everyone.heldUntil : state.owner.heldUntil
    if hold.until > moment.now {
      // What sleeps until the longer hold's end has to learn of the shorter one's.
      if hold.until < heldUntil { wake(ofAll: isOfAll, &state, moment) }
      change(ofAll: isOfAll, &state) {
        $0.heldUntil = hold.until
        $0.heldReason = hold.reason
        $0.heldBy = hold.by
      }
      outcome.decide(.held, "held", "escalations wait as a counted debt until the hold ends")
    } else {
      guard heldUntil > 0 else {
        outcome.refuse("not-held", "nothing is held here")
        return
      }
      change(ofAll: isOfAll, &state) { end(&$0) }
      wake(ofAll: isOfAll, &state, moment)
      outcome.decide(.held, "released", "the hold is over: what waited is looked at now")
    }
  }

  private static func change(
    ofAll isOfAll: Bool, _ state: inout CaseworkState, _ body: (inout OwnerAccount) -> Void
  ) {
    if isOfAll { body(&state.everyone) } else { body(&state.owner) }
    state.changes.insert(isOfAll ? .everyone : .owner)
  }

  private static func end(_ account: inout OwnerAccount) {
    account.heldUntil = 0
    account.heldReason = ByteSlice()
    account.heldBy = ByteSlice()
  }

  // MARK: Waking

  /// Wakes all that is listed: some now, the rest by the owner's timer. What is held still lists itself again.
  private static func wake(ofAll isOfAll: Bool, _ state: inout CaseworkState, _ moment: Moment) {
    change(ofAll: isOfAll, &state) { $0.wakeTo = $0.pageTo }
    state.wake = isOfAll ? state.everyone.heldCases : state.owner.heldCases
    change(ofAll: isOfAll, &state) { $0.heldCases.removeAll() }
    wakePages(ofAll: isOfAll, &state)
    state.ownerTimer = Limits.next(isOfAll ? state.everyone : state.owner, moment)
  }

  private static func wakePages(ofAll isOfAll: Bool, _ state: inout CaseworkState) {
    let account = isOfAll ? state.everyone : state.owner
    let to = min(account.wakeTo, account.pageFrom &+ pagesAtOnce)
    guard to > account.pageFrom else { return }
    state.pages.wake = account.pageFrom..<to
    change(ofAll: isOfAll, &state) {
      $0.pageFrom = to
      if $0.pageFrom == $0.pageTo { clear(&$0) }
    }
  }

  private static func clear(_ account: inout OwnerAccount) {
    account.pageFrom = 0
    account.pageTo = 0
    account.wakeTo = 0
  }

  /// The owner's timer: more of what a hold let go wakes.
  static func goOn(
    ofAll isOfAll: Bool, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    wakePages(ofAll: isOfAll, &state)
    guard !state.pages.wake.isEmpty else { return }
    outcome.decide(.held, "released", "a hold is over: more of what waited is looked at now")
  }

  // MARK: Holding

  /// Until when escalations of the current case's owner are held; 0 when they are not.
  static func until(_ state: CaseworkState, _ moment: Moment) -> Int64 {
    let until = max(state.owner.heldUntil, state.everyone.heldUntil)
    return until > moment.now ? until : 0
  }

  /// A hold that its time has ended: its cases wake by themselves, and nobody has to list them any more.
  static func forget(ofAll isOfAll: Bool, _ state: inout CaseworkState, _ moment: Moment) {
    let account = isOfAll ? state.everyone : state.owner
    guard account.heldUntil > 0, account.heldUntil <= moment.now else { return }
    // Pages that are being woken sleep until a longer hold's end.
    let from = max(account.pageFrom, account.wakeTo)
    if from < account.pageTo { state.pages.drop(from..<account.pageTo, ofAll: isOfAll) }
    change(ofAll: isOfAll, &state) {
      end(&$0)
      $0.heldCases.removeAll()
      $0.pageTo = from
      if $0.pageFrom >= $0.pageTo { clear(&$0) }
    }
  }

  /// Remembers the current case where it is held for longest, so that a release there wakes it.
  static func list(_ state: inout CaseworkState, _ moment: Moment) {
    let isOfAll = state.owner.heldUntil < state.everyone.heldUntil
    let caseID = moment.texts.caseID(state.current.id)
    let account = isOfAll ? state.everyone : state.owner
    if account.heldCases.contains(caseID) { return }
    change(ofAll: isOfAll, &state) { $0.heldCases.append(caseID) }
    guard account.heldCases.count + 1 >= heldListed else { return }
    state.pages.full = isOfAll ? state.everyone.heldCases : state.owner.heldCases
    state.pages.number = account.pageTo
    state.pages.isFullOfAll = isOfAll
    change(ofAll: isOfAll, &state) {
      $0.heldCases.removeAll()
      $0.pageTo = $0.pageTo.increased
    }
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
