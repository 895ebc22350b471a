// Owns the answer to a request: approved, referred to whoever can say yes, or declined with what is missing.
import Events
import Policy
import StateBytes

enum Requests {
  /// A claim as it begins, before anything is known of it.
  static func begin(_ claim: Claim, _ moment: Moment) -> ClaimAccount {
    var account = ClaimAccount()
    account.id = claim.claim
    account.caseID = claim.caseID
    account.subjectKey = claim.subjectKey
    account.owner = claim.owner
    account.root = claim.root
    account.site = claim.site
    account.action = claim.action
    account.amount = claim.amount
    account.currency = claim.currency
    account.budgets = Array(claim.budgets.prefix(Soundness.mostBudgets))
    account.evidence = Array(claim.evidence.prefix(Soundness.mostEvidence))
    account.askedAt = moment.now
    account.changedAt = moment.now
    account.causeID = claim.causeID
    account.requester.id = claim.actor.id
    if let person = moment.people.person(claim.actor.id) { account.requester = Escalation.Person(person) }
    return account
  }

  static func decide(
    _ claim: Claim, _ state: inout DelegationState, _ moment: Moment, into outcome: inout Outcome
  ) {
    guard !state.hasClaim else {
      return outcome.refuse(
        .init("known-claim", "this claim was asked for before: ask under a new number"), claim, &state, moment
      )
    }
    state.claim = begin(claim, moment)
    state.hasClaim = true
    if let failure = Soundness.failure(of: claim, moment) {
      return decline([failure], claim, &state, pots: [], moment, into: &outcome)
    }
    guard let action = moment.rules.action(claim.action), let person = moment.people.person(claim.actor.id)
    else { return }
    let (before, ofCase): (Int64, Int64)
    switch earlier(state, moment) {
    case .sums(let all, let caseOnly): (before, ofCase) = (all, caseOnly)
    case .failure(let failure): return decline([failure], claim, &state, pots: [], moment, into: &outcome)
    }
    if before > 0 { state.claim.sum = plus(before, claim.amount) }
    let basis = Basis(claim, person, action, before: before, ofCase: ofCase, &state, moment)
    let (authority, pots) = (basis.authority, basis.pots)
    var judgement = Judgement()
    judge(&judgement, basis, action, state, moment) {
      basis.asking.failure(of: claim, person, action, moment)
    }
    if judgement.failures.isEmpty {
      state.claim.grant = authority?.grant.path ?? ByteSlice()
      state.claim.grantAt = authority?.grant.at ?? ByteSlice()
      return Approving.approve(
        claim, action, judgement.parts, shows: pots, "granted", granted(authority, moment), &state, moment,
        into: &outcome)
    }
    let passes = authority == nil ? [] : Passes.all(within: basis.bounds, judgement, state, moment)
    let canSayYes = Referring.approvers(
      for: state, before: before, claimHasRoom: !judgement.isBeyondBudget, moment)
    let mayRefer = !judgement.isImpossible && (judgement.isBeyondGrant || judgement.isBeyondBudget)
    if mayRefer, !canSayYes.able.isEmpty {
      return Referring.refer(
        claim, action, judgement, canSayYes.able, passes, pots: pots, &state, moment, into: &outcome)
    }
    if mayRefer, judgement.isBeyondGrant, canSayYes.others.isEmpty {
      judgement.fail(Referring.nobody(claim, moment))
    }
    decline(judgement.failures, claim, &state, pots: pots, moment, into: &outcome) {
      $0.passes = passes
      // Who says yes once there is room again.
      if mayRefer, judgement.isBeyondGrant, passes.contains(where: { $0.from > 0 }) {
        $0.canSayYes = canSayYes.others
      }
    }
  }

  /// The pots that pay for a claim: of who asked, and where they stood in, of whose grant it is.
  static func pots(for claim: ClaimAccount, _ moment: Moment) -> [Pot] {
    let asked = claim.requester
    let id = asked.standsInFor.isEmpty ? asked.id : asked.standsInFor
    if let holder = moment.people.person(id) { return pots(for: claim, of: holder, moment) }
    var holder = Person()
    holder.id = id
    holder.role = asked.role
    holder.team = asked.team
    return pots(for: claim, of: holder, moment)
  }

  /// Every pot that a request may turn out to be paid from.
  static func pots(asking act: Claim, for claim: ClaimAccount, _ moment: Moment) -> [Pot] {
    var pots = pots(for: claim, moment)
    guard let action = moment.rules.action(act.action), let person = moment.people.person(act.actor.id) else {
      return pots
    }
    for authority in Asking(act, person, action, moment).paying where authority.absent != nil {
      pots += Self.pots(for: claim, of: authority.holder, moment)
    }
    return pots
  }

  private static func pots(for claim: ClaimAccount, of holder: Person, _ moment: Moment) -> [Pot] {
    var pots: [Pot] = []
    for id in claim.budgets {
      guard let budget = moment.rules.budget(id), budget.root == claim.root else { continue }
      let pot = Pot(
        budget, person: holder.id, role: holder.role, team: holder.team,
        site: claim.site.isEmpty ? holder.site : claim.site, cause: claim.owner)
      if !pots.contains(pot) { pots.append(pot) }
    }
    return pots
  }

  // MARK: What was asked for before

  enum Earlier {
    case sums(all: Int64, ofCase: Int64)
    case failure(Delegation.Failure)
  }

  static func earlier(_ state: DelegationState, _ moment: Moment) -> Earlier {
    switch (
      Sums.before(state.claim, in: state, at: moment.now, moment),
      Sums.before(state.claim, in: state, at: moment.now, only: .caseOf, moment)
    ) {
    case (.amount(let all), .amount(let ofCase)):
      all > 0 && plus(all, state.claim.amount) > Claim.largestAmount
        ? .failure(Judgement.overflow) : .sums(all: all, ofCase: ofCase)
    case (.noRate(let from), _), (_, .noRate(let from)):
      .failure(Judgement.noRate(from: from, to: state.claim.currency, moment))
    case (.overflow, _), (_, .overflow): .failure(Judgement.overflow)
    }
  }

  // MARK: Judging

  private static func judge(
    _ judgement: inout Judgement, _ basis: Basis, _ action: ActionRules, _ state: DelegationState,
    _ moment: Moment, otherwise: () -> Delegation.Failure
  ) {
    let claim = state.claim
    if !basis.missing.isEmpty {
      judgement.isImpossible = true
      judgement.fail(Judgement.evidence(basis.missing, at: action.at, moment))
    }
    if basis.authority == nil {
      judgement.isBeyondGrant = true
      judgement.fail(otherwise())
    }
    judgement.judge(
      basis.bounds, claim, who: basis.authority?.holder.role ?? claim.requester.role, in: state, moment)
  }

  static func ceiling(_ action: ActionRules, ofCase: Int64) -> [Bound] {
    action.ceiling.map { [Bound(kind: .ceiling, limit: $0, before: ofCase, at: action.at)] } ?? []
  }

  private static func granted(_ authority: Authority?, _ moment: Moment) -> ByteSlice {
    guard let authority else { return ByteSlice() }
    return moment.texts.make {
      $0.add("within the ")
      $0.add(authority.grant.upTo)
      $0.add(" that ")
      $0.add(authority.grant.role)
      $0.add(" may give")
    }
  }

  // MARK: No

  private static func decline(
    _ failures: [Delegation.Failure], _ claim: Claim, _ state: inout DelegationState, pots: [Int],
    _ moment: Moment, into outcome: inout Outcome, _ fill: (inout Delegation) -> Void = { _ in }
  ) {
    state.claim.phase = .declined
    let first = failures.first ?? .init("declined", "declined")
    outcome.tell(
      .declined, Reason(code: first.code, text: first.text), &state, pots: pots, by: claim, moment
    ) {
      $0.failed = failures
      fill(&$0)
    }
  }
}

extension DelegationState {
  /// Where pots are, in their order; those that were not loaded are left out.
  func indices(of pots: [Pot]) -> [Int] { pots.compactMap(index(of:)) }
}
