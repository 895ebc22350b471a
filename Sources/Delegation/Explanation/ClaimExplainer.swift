// Owns explaining what DELEGATION decides about a request: its decision, on accounts that are given and not kept.
import Events
import Policy
import StateBytes

/// What is known of earlier requests: how pots stand, and what counts towards the sums of several.
public struct ClaimHistory: Sendable {
  /// A request that counts where several are judged by their sum.
  public struct Asked: Sendable, Hashable {
    public var claim: String
    public var person: String
    public var caseID: String
    public var owner: String
    public var action: String
    /// Minor units of `currency`.
    public var amount: Int64
    public var currency: String
    public var at: Int64

    public init(
      claim: String, person: String, caseID: String, owner: String, action: String, amount: Int64,
      currency: String, at: Int64
    ) {
      (self.claim, self.person, self.caseID, self.owner) = (claim, person, caseID, owner)
      (self.action, self.amount, self.currency, self.at) = (action, amount, currency, at)
    }
  }

  public var ledger: Ledger
  public var asked: [Asked]

  /// Nothing was booked, and nothing asked for.
  public init(ledger: Ledger = Ledger(), asked: [Asked] = []) {
    self.ledger = ledger
    self.asked = asked
  }
}

/// Decides about requests as a task of DELEGATION does, by the same code, and keeps nothing. One thread.
public struct ClaimExplainer {
  private var decider: DelegationDecider
  private var outcome = Outcome()

  public init(_ policy: CompiledPolicy) { decider = DelegationDecider(policy) }

  /// The reasoning behind the answer that a request gets at `now`, milliseconds, on accounts as `history` has them.
  public mutating func explain(_ claim: Claim, at now: Int64, _ history: ClaimHistory) -> ExplainedClaim {
    decider.texts.reset()
    var state = DelegationState()
    decider.wants(claim, &state, now: now, epoch: 0)
    load(history, into: &state)
    let looked = looked(claim, state, now)
    decider.decide(claim, &state, now: now, epoch: 0, into: &outcome)
    var explained = ExplainedClaim(answer: ExplainedAnswer(outcome.records.first ?? Delegation()))
    explained.root = claim.root.string
    guard let (basis, before) = looked.basis else { return explained }
    let moment = decider.moment(now: now, epoch: 0)
    explained.needs = basis.needs.map(\.string)
    explained.missing = basis.missing.map(\.string)
    explained.grantOf = basis.authority?.holder.id.string
    explained.grantAt = basis.authority?.grant.at.string
    explained.pots = basis.pots.map { ExplainedClaim.Pot(looked.state.pots[$0], moment) }
    explained.limits = basis.bounds.map { ExplainedClaim.Limit($0, looked.state, moment) }
    explained.approvers = approvers(looked.state, basis, before: before, moment)
    explained.rates = rates(of: claim, basis, moment)
    return explained
  }

  private func load(_ history: ClaimHistory, into state: inout DelegationState) {
    let texts = decider.texts
    let moment = decider.moment(now: 0, epoch: 0)
    func keep(_ text: String) -> ByteSlice { texts.make { $0 += text.utf8 } }
    for index in state.pots.indices {
      let id = state.pots[index].pot.id(moment).string
      guard let account = history.ledger.accounts[id] else { continue }
      state.pots[index].account = account.kept(in: keep(account.currency))
    }
    for asked in history.asked {
      let values: [(LoadedSum.Dimension, String)] = [
        (.person, asked.person), (.caseOf, asked.caseID), (.cause, asked.owner),
      ]
      for (dimension, value) in values {
        let key = LoadedSum(dimension, keep(value), action: keep(asked.action)).key
        guard let index = state.sums.firstIndex(where: { $0.dimension == dimension && $0.key == key }) else {
          continue
        }
        var entry = SplitAccount.Entry()
        entry.claim = max(1, ByteHash.hash(keep(asked.claim).bytes))
        entry.at = asked.at
        entry.amount = asked.amount
        entry.currency = keep(asked.currency)
        state.sums[index].account.add(entry)
      }
    }
  }

  /// The request as its decision looks at it; no basis for one that cannot even be judged.
  private func looked(
    _ claim: Claim, _ state: DelegationState, _ now: Int64
  ) -> (state: DelegationState, basis: (Basis, before: Int64)?) {
    let moment = decider.moment(now: now, epoch: 0)
    var state = state
    state.claim = Requests.begin(claim, moment)
    guard Soundness.failure(of: claim, moment) == nil,
      case .sums(let before, let ofCase) = Requests.earlier(state, moment),
      let action = moment.rules.action(claim.action), let person = moment.people.person(claim.actor.id)
    else { return (state, nil) }
    let basis = Basis(claim, person, action, before: before, ofCase: ofCase, &state, moment)
    return (state, (basis, before))
  }

  private func approvers(
    _ state: DelegationState, _ basis: Basis, before: Int64, _ moment: Moment
  ) -> [ExplainedClaim.Approver] {
    let claim = state.claim
    let claimHasRoom = state.bounds(ofPots: basis.pots, moment).allSatisfy {
      $0.takes(claim.amount, claim.currency, moment)
    }
    return Candidate.all(for: claim, moment).map { candidate in
      let able = candidate.others(than: claim, moment)
      let solvent = able.filter {
        candidate.canPay(for: claim, $0, in: state, claimHasRoom: claimHasRoom, moment)
      }
      let reaches = candidate.reaches(claim, before: before, moment)
      let named = candidate.holders.prefix(Candidate.mostPeople)
      return ExplainedClaim.Approver(
        path: candidate.rules.path.string, at: candidate.rules.at.string, role: candidate.rules.role.string,
        team: candidate.team.string, upTo: candidate.rules.upTo.map(ExplainedMoney.init), reaches: reaches,
        hasRoom: !solvent.isEmpty, budgets: budgets(candidate, claim, moment),
        people: named.map { holder in
          .init(holder, isOwn: !able.contains { $0.id == holder.id }, moment)
        },
        others: candidate.holders.count - named.count, canSayYes: reaches && !solvent.isEmpty)
    }
  }

  private func budgets(_ candidate: Candidate, _ claim: ClaimAccount, _ moment: Moment) -> [String] {
    let pots = candidate.holders.flatMap { candidate.pots(for: claim, $0, moment) ?? [] }
    return Set(pots.map { $0.id(moment).string }).sorted()
  }

  private func rates(of claim: Claim, _ basis: Basis, _ moment: Moment) -> [ExplainedRate] {
    var rates: [ExplainedRate] = []
    for bound in basis.bounds {
      let rate = moment.rules.explainRate(from: claim.currency, to: bound.limit.currency, at: moment.now)
      if let rate, !rates.contains(rate) { rates.append(rate) }
    }
    return rates
  }
}

extension ExplainedClaim.Limit {
  init(_ bound: Bound, _ state: DelegationState, _ moment: Moment) {
    limit = ExplainedMoney(bound.limit)
    before = bound.before
    at = bound.at.string
    switch bound.kind {
    case .grant: kind = .grant
    case .split: kind = .split
    case .ceiling: kind = .ceiling
    case .pot(let index):
      kind = .budget
      budget = state.pots[index].pot.id(moment).string
    }
    switch bound.judge(state.claim.amount, state.claim.currency, moment) {
    case .within(let minor):
      comesTo = ExplainedMoney(Money(minor: minor, currency: bound.limit.currency))
      holds = true
    case .beyond(let minor):
      comesTo = ExplainedMoney(Money(minor: minor, currency: bound.limit.currency))
      holds = false
    case .noRate, .overflow: holds = false
    }
  }
}

extension ExplainedClaim.Pot {
  init(_ pot: LoadedPot, _ moment: Moment) {
    let now = moment.now
    id = pot.pot.id(moment).string
    root = pot.rules?.root.string ?? ""
    limit = ExplainedMoney(Money(minor: pot.limit, currency: pot.currency))
    window = pot.rules?.window.words ?? ""
    per = pot.rules?.per?.rawValue
    left = pot.room(at: now)
    held = pot.account.held
    spent = pot.spent(at: now)
    at = pot.rules?.at.string ?? ""
  }
}

extension ExplainedClaim.Approver.Person {
  init(_ holder: Person, isOwn: Bool, _ moment: Moment) {
    id = holder.id.string
    let acting = moment.people.acting(holder, at: moment.now)
    standIn = acting?.id == holder.id ? nil : acting?.id.string ?? ""
    isOnDuty = moment.people.onDuty(holder, at: moment.now)
    dutyAt =
      isOnDuty
      ? nil : moment.people.nextDuty(of: holder, after: moment.now).flatMap { ExplainedTime($0) }
    self.isOwn = isOwn
  }
}
