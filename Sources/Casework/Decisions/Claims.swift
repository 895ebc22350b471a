// Owns what passes between a case and the budgets that were asked: acts of people about a claim, the case's own taking
// back, and the answers.
import Events
import Policy
import StateBytes

enum Claims {
  // MARK: To the budgets

  /// Somebody's act about a claim goes on to where its budgets are; whether it counts is decided there.
  static func pass(
    _ act: ClaimAct, _ signal: Signal, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard case .caseUpdate(let update) = signal.event.body, state.hasCurrent else { return }
    outcome.describe(state.current, moment)
    guard let acting = Acting.of(update.actor, moment.rules) else {
      return outcome.refuse("unknown-person", "the policy does not know who acts")
    }
    guard signal.occurredAt <= plus(moment.now, Acts.ahead) else {
      return outcome.refuse("in-the-future", "it says that it happened more than five minutes from now")
    }
    guard let index = index(of: act.claim, in: state.current, moment) else {
      return outcome.refuse("unknown-claim", "the case has no such claim, or it was over and has left")
    }
    var claim = Claim(act.kind, state.current.remedies[index], of: state.current, moment)
    claim.actor = acting.actor(update.actor)
    claim.note = act.note
    claim.amount = act.amount
    if !act.currency.isEmpty { claim.currency = act.currency }
    claim.occurredAt = signal.occurredAt
    claim.causeID = signal.causeID
    outcome.outputs.append(.claim(claim))
    state.changes.insert([.current, .subject])
    outcome.decide(.acted, "passed-on", "those who keep its budgets decide, and answer")
  }

  /// A case that is over waits for no answer: what nobody has said yes to is taken back.
  static func takeBack(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    guard state.current.phase == .closed else { return }
    for index in state.current.remedies.indices {
      let entry = state.current.remedies[index]
      guard entry.state.isOpen, !entry.isCancelling else { continue }
      state.current.remedies[index].isCancelling = true
      var claim = Claim(.cancel, entry, of: state.current, moment)
      claim.occurredAt = moment.now
      outcome.outputs.append(.claim(claim))
    }
  }

  /// A subject that is forgotten waits for no answer.
  static func takeBackAll(_ state: CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    for given in state.subject.given where given.isOpen {
      var current = Case(id: CaseID(subjectKey: state.subjectKey, number: given.caseNumber))
      current.owner = given.owner
      var entry = RemedyEntry()
      entry.number = given.number
      entry.action = given.action
      entry.amount = given.amount
      entry.currency = given.currency
      entry.root = given.root
      var claim = Claim(.cancel, entry, of: current, moment)
      claim.occurredAt = moment.now
      outcome.outputs.append(.claim(claim))
    }
  }

  // MARK: From the budgets

  static func hear(
    _ answer: ClaimAnswer, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    outcome.describe(state.current, moment)
    state.changes = []
    guard let index = index(of: answer.claim, in: state.current, moment) else {
      return outcome.refuse("unknown-claim", "the case has no such claim, or it was over and has left")
    }
    outcome.decide(.answered, answer.answer.wire, answer.reasonText)
    guard answer.answer != .refused else { return }
    state.changes.insert([.current, .subject])
    apply(answer, to: &state.current.remedies[index])
    keepGiven(state.current.remedies[index], &state)
    if answer.answer == .approved { approved(answer, &state, moment, into: &outcome) }
    outcome.describe(state.current, moment)
    if !outcome.endsWithAssignment {
      outcome.assign(&state, outcome.journal.reason.code, outcome.journal.reason.text, moment)
    }
  }

  private static func apply(_ answer: ClaimAnswer, to entry: inout RemedyEntry) {
    entry.decider = answer.decider
    entry.expiresAt = answer.expiresAt
    entry.isCancelling = false
    entry.mayBeAskedAgain = answer.mayBeAskedAgain
    switch answer.answer {
    case .approved: entry.state = .approved
    case .referred: entry.state = .referred
    case .declined: entry.state = .declined
    case .cancelled: entry.state = .cancelled
    case .expired: entry.state = .expired
    case .lapsed: entry.state = .lapsed
    case .settled:
      entry.state = .settled
      if answer.amount > 0 { entry.amount = min(entry.amount, answer.amount) }
    case .returned:
      let left = minus(entry.amount, answer.amount)
      if left <= 0 || entry.state == .approved { entry.state = .returned } else { entry.amount = left }
    case .refused: break
    }
  }

  /// Brings what the subject was given in line with the entry.
  private static func keepGiven(_ entry: RemedyEntry, _ state: inout CaseworkState) {
    let number = state.current.id.number
    guard
      let index = state.subject.given.firstIndex(where: {
        $0.caseNumber == number && $0.number == entry.number
      })
    else {
      // What lapsed left the account, and counts again once it is paid all the same.
      if entry.state.counts, Remedies.makeRoomOfSubject(&state) {
        state.subject.given.append(GivenRemedy(entry, of: state.current))
      }
      return
    }
    guard entry.state.counts else {
      state.subject.given.remove(at: index)
      return
    }
    state.subject.given[index].amount = entry.amount
    state.subject.given[index].isOpen = entry.state.isOpen
  }

  /// Who may take a case on has done so by what they were allowed to give; and some actions are the end of it.
  private static func approved(
    _ answer: ClaimAnswer, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard state.current.phase != .closed else { return }
    if state.current.phase == .open {
      var actor = Actor()
      actor.id = answer.requester
      if let acting = Acting.of(actor, moment.rules) {
        Acts.takeOn(acting, moment.now, &state, moment, into: &outcome)
        if acting.mayAcknowledge(state.current, state.ladder, moment.rules) {
          Clockwork.renewLeases(&state.current, moment)
        }
        Rungs.schedule(&state.current, state.ladder, moment)
      }
    }
    guard moment.policy.delegation.action(answer.action)?.closesCase ?? false else { return }
    Lifecycle.close(&state, .remedy, moment)
    outcome.decide(.closed, "remedy", "a remedy was approved, and by the policy that is the end of it")
  }

  /// The remedy that a claim's id names, if it is one of this case.
  private static func index(of claim: ByteSlice, in current: Case, _ moment: Moment) -> Int? {
    guard let number = ClaimID.number(claim, of: moment.texts.caseID(current.id)) else { return nil }
    return current.remedies.firstIndex { $0.number == number }
  }
}

/// An act about a claim, taken apart.
struct ClaimAct {
  var kind: Claim.Kind
  var claim: ByteSlice
  /// 0 for all of it.
  var amount: Int64 = 0
  var currency = ByteSlice()
  var note = ByteSlice()

  /// Nil for an act about the case itself.
  init?(_ act: Act) {
    switch act {
    case .approve(let claim, let note): self.init(.approve, claim, note)
    case .decline(let claim, let reason): self.init(.decline, claim, reason)
    case .cancel(let claim, let reason): self.init(.cancel, claim, reason)
    case .settle(let claim, let amount, let currency):
      self.init(.settle, claim, ByteSlice())
      self.amount = amount
      self.currency = currency
    case .giveBack(let claim, let amount, let currency):
      self.init(.giveBack, claim, ByteSlice())
      self.amount = amount
      self.currency = currency
    default: return nil
    }
  }

  private init(_ kind: Claim.Kind, _ claim: ByteSlice, _ note: ByteSlice) {
    self.kind = kind
    self.claim = claim
    self.note = note
  }
}

extension Claim {
  /// What every message about a remedy says of it and its case. The publisher gives it its id.
  init(_ kind: Kind, _ entry: RemedyEntry, of current: Case, _ moment: Moment) {
    self.init()
    self.kind = kind
    caseID = moment.texts.caseID(current.id)
    claim = moment.texts.numbered(caseID, "-r", Int64(entry.number))
    root = entry.root
    subjectKey = current.id.subjectKey
    owner = current.owner
    site = current.site
    journey = current.journey
    priority = current.priority
    status = CaseShow.status(of: current)
    action = entry.action
    amount = entry.amount
    currency = entry.currency
    at = moment.now
    epoch = moment.epoch
    cause = moment.cause
    traceparent = moment.traceparent
  }
}
