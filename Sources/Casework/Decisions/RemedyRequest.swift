// Owns one remedy on its way to being a claim: what is checked of it, which budgets are asked, how it is declined.
import Events
import Policy
import StateBytes

/// One remedy on its way to being a claim.
struct RemedyRequest {
  let remedy: Remedy
  let signal: Signal
  private var acting = Acting()
  private var action: ActionRules?
  /// By whose grant it is asked; nil where none holds, and before budgets were looked for.
  private var authority: Authority?
  private var budgets: [ByteSlice] = []
  private var root = ByteSlice()

  init(_ remedy: Remedy, _ signal: Signal) {
    self.remedy = remedy
    self.signal = signal
  }

  private var money: Money { Money(minor: remedy.amount, currency: remedy.currency) }

  /// Whether there is somebody who asks for something that exists, for a case that is open.
  mutating func check(_ state: CaseworkState, _ moment: Moment) -> Refusal? {
    let policy = moment.policy.delegation
    guard policy.isOn else {
      return Refusal("no-policy", "the policy has no delegation.yaml: nobody may say yes to remedies")
    }
    guard state.hasCurrent else {
      return remedy.caseID.isEmpty
        ? Refusal("no-open-case", "the subject has no open case: report what happened first, then ask again")
        : Refusal("unknown-case", "there is no such case, or it left the state")
    }
    guard state.current.phase != .closed else {
      return Refusal("closed-case", "the case is closed: reopen it, then ask again")
    }
    guard signal.occurredAt <= plus(moment.now, Acts.ahead) else {
      return Refusal("in-the-future", "it says that it was asked for more than five minutes from now")
    }
    guard let acting = Acting.of(remedy.actor, moment.rules) else {
      return Refusal("unknown-person", "the policy does not know who asks")
    }
    guard let action = policy.action(remedy.action) else {
      return Refusal("unknown-action", "the policy has no such action")
    }
    self.acting = acting
    self.action = action
    return nil
  }

  // MARK: Asked before

  /// The same thing, asked by the same person, whose answer stands.
  func same(in current: Case, _ moment: Moment) -> RemedyEntry? {
    current.remedies.last {
      $0.action == remedy.action && $0.asked == remedy.amount && $0.currency == remedy.currency
        && $0.requester == remedy.actor.id && $0.stands(at: moment.now, within: Remedies.sameWithin)
    }
  }

  /// Answers with what was answered to the first one.
  func repeated(
    _ first: RemedyEntry, _ state: CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    let claim = moment.texts.numbered(outcome.journal.caseID, "-r", Int64(first.number))
    let text = moment.texts.make {
      $0.add("asked before as remedy ")
      $0.add(Int64(first.number))
      $0.add(" of the case: ")
      $0.add(CaseShow.word(of: first.state))
    }
    outcome.refuse("same-request", text)
    var answer = delegation(claim, state, moment)
    answer.id = moment.texts.make {
      $0.add(claim)
      $0.add("-")
      $0.add(signal.id)
    }
    answer.answer = .refused
    answer.root = first.root
    answer.expiresAt = first.expiresAt
    answer.reason = outcome.journal.reason
    outcome.tell(answer)
  }

  // MARK: Which budgets

  /// Finds the budgets that pay: those of the first authority that takes the amount, else of the first, else the action's.
  mutating func find(_ state: CaseworkState, _ moment: Moment) -> Refusal? {
    guard let action else { return nil }
    let policy = moment.policy.delegation
    let person = acting.person(remedy.actor.id, moment.rules)
    let facts = GrantFacts(remedy, of: state.current, status: CaseShow.status(of: state.current))
    let all = policy.authorities(of: person, facts, moment.rules, at: moment.now)
    authority = policy.authority(of: all, for: action, money, at: moment.now)
    switch policy.budgets(for: action, by: authority, of: person, site: facts.site) {
    case .missing(let id):
      let text = moment.texts.make {
        $0.add("the policy has no budget ")
        $0 += id.utf8
        $0.add(" for this place")
      }
      return Refusal("no-budget", text, at: authority?.grant.at ?? action.at)
    case .budgets(let found):
      budgets = found.map(\.id)
      root =
        found.first?.root
        ?? moment.texts.make {
          $0.add("team/")
          $0.add(state.current.owner)
        }
    }
    return nil
  }

  // MARK: Limits of a case and a subject

  func limits(_ state: CaseworkState, _ moment: Moment) -> Refusal? {
    let policy = moment.policy.delegation
    for limit in policy.limits where limit.takes(remedy.action) {
      var left = limit.upTo.minor
      func count(_ amount: Int64, _ currency: ByteSlice, _ action: ByteSlice, _ at: Int64) -> Bool {
        guard limit.takes(action), limit.within == 0 || minus(moment.now, at) < limit.within else {
          return true
        }
        let money = Money(minor: amount, currency: currency)
        guard case .amount(let given) = policy.convert(money, to: limit.upTo.currency, at: moment.now) else {
          return false
        }
        left = minus(left, given.minor)
        return true
      }
      let isCounted: Bool
      switch limit.scope {
      case .perCase:
        isCounted = state.current.remedies.allSatisfy {
          !$0.state.counts || count($0.amount, $0.currency, $0.action, $0.at)
        }
      case .subject:
        isCounted = state.subject.given.allSatisfy { count($0.amount, $0.currency, $0.action, $0.at) }
      }
      guard isCounted,
        case .amount(let asked) = policy.convert(money, to: limit.upTo.currency, at: moment.now)
      else {
        return Refusal("no-rate", "the policy states no rate to the currency of this limit", at: limit.at)
      }
      guard asked.minor > left else { continue }
      let isOfCase = limit.scope == .perCase
      let passes = remedy.currency == limit.upTo.currency ? max(0, left) : 0
      let text = moment.texts.make {
        $0.add(isOfCase ? "the case" : "the subject")
        $0.add(" can be given ")
        $0 += Currency.text(max(0, left), limit.upTo.currency.string).utf8
        $0.add(" more of ")
        $0 += Currency.text(limit.upTo.minor, limit.upTo.currency.string).utf8
      }
      return Refusal(isOfCase ? "limit-case" : "limit-subject", text, at: limit.at, passes: passes)
    }
    return nil
  }

  // MARK: Outcomes

  /// Asks the budgets.
  func ask(_ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome) {
    var entry = RemedyEntry()
    entry.number = state.current.nextRemedy
    entry.action = remedy.action
    entry.amount = remedy.amount
    entry.asked = remedy.amount
    entry.currency = remedy.currency
    entry.root = root
    entry.requester = remedy.actor.id
    entry.at = moment.now
    state.current.nextRemedy = state.current.nextRemedy &+ 1
    state.current.remedies.append(entry)
    state.subject.given.append(GivenRemedy(entry, of: state.current))
    state.changes.insert([.current, .subject])
    outcome.decide(.acted, "asked", "its budgets are asked")
    var claim = Claim(.request, entry, of: state.current, moment)
    claim.budgets = budgets
    claim.grant = authority?.grant.path ?? ByteSlice()
    claim.evidence = remedy.evidence
    claim.signedBy = signal.signedBy
    claim.note = remedy.reason
    if let subject = remedy.subject { claim.segment = subject.segment }
    claim.actor = acting.actor(remedy.actor)
    claim.occurredAt = signal.occurredAt
    claim.causeID = signal.causeID
    outcome.outputs.append(.claim(claim))
  }

  /// The answer is NO before any budget was asked.
  func decline(
    _ refusal: Refusal, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    outcome.refuse(refusal.code, refusal.text)
    var claim = signal.id
    if state.hasCurrent {
      outcome.describe(state.current, moment)
      claim = moment.texts.numbered(outcome.journal.caseID, "-r", Int64(state.current.nextRemedy))
      state.current.nextRemedy = state.current.nextRemedy &+ 1
      state.changes.insert(.current)
    }
    var answer = delegation(claim, state, moment)
    answer.id = moment.texts.numbered(claim, "-d", 1)
    answer.answer = .declined
    answer.root = root
    answer.reason = outcome.journal.reason
    var failure = Delegation.Failure()
    failure.code = refusal.code
    failure.at = refusal.at
    failure.text = refusal.text
    answer.failed = [failure]
    if refusal.passes > 0 {
      var passing = Delegation.Passing()
      passing.amount = refusal.passes
      answer.passes = [passing]
    }
    outcome.tell(answer)
  }

  private func delegation(_ claim: ByteSlice, _ state: CaseworkState, _ moment: Moment) -> Delegation {
    var answer = Delegation()
    answer.claim = claim
    if state.hasCurrent {
      answer.caseID = moment.texts.caseID(state.current.id)
      answer.owner = state.current.owner
    }
    answer.subjectKey = state.subjectKey
    answer.action = remedy.action
    answer.amount = remedy.amount
    answer.currency = remedy.currency
    answer.requester.id = remedy.actor.id
    answer.requester.role = authority?.holder.role ?? acting.role
    answer.requester.team = authority?.holder.team ?? acting.team
    answer.requester.standsInFor = authority?.absent?.id ?? ByteSlice()
    answer.at = moment.now
    answer.epoch = moment.epoch
    answer.cause = moment.cause
    answer.causeID = signal.causeID
    answer.traceparent = moment.traceparent
    return answer
  }
}

/// Why a remedy is no claim.
struct Refusal {
  var code: ByteSlice
  var text: ByteSlice
  /// Where the rule stands that failed.
  var at = ByteSlice()
  /// What would pass now, minor units of the remedy's currency.
  var passes: Int64 = 0

  init(_ code: ByteSlice, _ text: ByteSlice, at: ByteSlice = ByteSlice(), passes: Int64 = 0) {
    self.code = code
    self.text = text
    self.at = at
    self.passes = passes
  }
}

extension GrantFacts {
  /// What grants are asked about for a remedy of a case; role and team come with whose grants they are.
  public init(_ remedy: Remedy, of current: Case, status: CaseStatus) {
    self.init()
    action = remedy.action
    site = current.site
    priority = current.priority
    journey = current.journey
    segment = remedy.subject?.segment ?? ByteSlice()
    self.status = status
  }
}
