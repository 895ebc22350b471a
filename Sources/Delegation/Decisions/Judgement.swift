// Owns the judgement of an amount: what keeps it from being approved, and what would pass.
import Events
import Policy
import StateBytes

/// What was found about a claim.
struct Judgement {
  var failures: [Delegation.Failure] = []
  /// What an approver may lift by saying yes.
  var isBeyondGrant = false
  /// A pot of the claim has not enough room: only an approver with pots of their own lifts that.
  var isBeyondBudget = false
  /// What nobody lifts.
  var isImpossible = false
  /// What the amount comes to in each pot's currency.
  var parts: [(pot: Int, amount: Int64)] = []

  mutating func fail(_ failure: Delegation.Failure) { failures.append(failure) }

  /// Judges a claim by limits; `who` is whom they bind, in words.
  mutating func judge(
    _ bounds: [Bound], _ claim: ClaimAccount, who: ByteSlice, in state: DelegationState, _ moment: Moment
  ) {
    let asked = Money(minor: claim.amount, currency: claim.currency)
    for bound in bounds {
      let comesTo: Int64
      switch bound.judge(claim.amount, claim.currency, moment) {
      case .within(let amount):
        guard case .pot(let index) = bound.kind else { continue }
        parts.append((index, amount))
        if !state.pots[index].account.canCarry(amount) {
          isImpossible = true
          fail(Self.overflow)
        }
        continue
      case .beyond(let amount): comesTo = amount
      case .noRate:
        isImpossible = true
        fail(Self.noRate(from: claim.currency, to: bound.limit.currency, moment))
        continue
      case .overflow:
        isImpossible = true
        fail(Self.overflow)
        continue
      }
      switch bound.kind {
      case .grant:
        isBeyondGrant = true
        fail(
          .init(
            "grant-limit",
            moment.texts.make {
              $0.add(asked)
              $0.add(" is above the ")
              $0.add(bound.limit)
              $0.add(" that ")
              $0.add(who)
              $0.add(" may give")
            }, at: bound.at))
      case .split:
        // Said once: a remedy that is too much by itself is so together with others.
        guard !isBeyondGrant else { continue }
        isBeyondGrant = true
        fail(
          .init("split", split(comesTo, bound, claim, who: who, moment), at: bound.at))
      case .ceiling:
        isImpossible = true
        fail(
          .init(
            "ceiling",
            moment.texts.make {
              if bound.before > 0 { $0.add("with what this case was promised lately, ") }
              $0.add(bound.before > 0 ? Money(minor: comesTo, currency: bound.limit.currency) : asked)
              $0.add(" is above the ")
              $0.add(bound.limit)
              $0.add(" that anybody may approve")
            }, at: bound.at))
      case .pot(let index):
        isBeyondBudget = true
        fail(Self.noRoom(in: state.pots[index], moment))
      }
    }
  }

  private func split(
    _ sum: Int64, _ bound: Bound, _ claim: ClaimAccount, who: ByteSlice, _ moment: Moment
  ) -> ByteSlice {
    moment.texts.make {
      $0.add("with what was asked for in the last ")
      $0.add(duration: moment.rules.split.within)
      $0.add(" it is ")
      $0.add(Money(minor: sum, currency: bound.limit.currency))
      $0.add(", above the ")
      $0.add(bound.limit)
      $0.add(" that ")
      $0.add(who)
      $0.add(" may give")
    }
  }

  static func noRoom(in pot: LoadedPot, _ moment: Moment) -> Delegation.Failure {
    let now = moment.now
    guard pot.isInCurrency else {
      return .init(
        "budget-currency",
        moment.texts.make {
          $0.add("budget ")
          $0.add(pot.pot.budget)
          $0.add(" was kept in ")
          $0.add(pot.currency)
          $0.add(": give the new currency a new budget")
        }, at: pot.rules?.at ?? ByteSlice())
    }
    return .init(
      "budget",
      moment.texts.make {
        $0.add("budget ")
        $0.add(pot.pot.budget)
        $0.add(": ")
        $0.add(Money(minor: pot.room(at: now), currency: pot.currency))
        $0.add(" left of ")
        $0.add(Money(minor: pot.limit, currency: pot.currency))
      }, at: pot.rules?.at ?? ByteSlice())
  }

  static func noRate(from: ByteSlice, to: ByteSlice, _ moment: Moment) -> Delegation.Failure {
    .init(
      "no-rate",
      moment.texts.make {
        $0.add("the policy states no rate from ")
        $0.add(from)
        $0.add(" to ")
        $0.add(to)
      })
  }

  static var overflow: Delegation.Failure {
    .init("amount-overflow", "the amount is larger than any account can count")
  }

  static func evidence(_ missing: [ByteSlice], at: ByteSlice, _ moment: Moment) -> Delegation.Failure {
    .init(
      Delegation.Failure.evidence,
      moment.texts.make {
        $0.add("evidence is missing: ")
        $0.add(missing)
      }, at: at)
  }
}

extension DelegationState {
  /// What pots have room for, as limits. A pot whose account counts in another currency than the policy has no room.
  func bounds(ofPots indices: [Int], _ moment: Moment) -> [Bound] {
    indices.map { index in
      let pot = pots[index]
      var room = pot.room(at: moment.now)
      if moment.bugs.contains(.roomWithoutHolds) {
        room = max(0, minus(pot.limit, pot.spent(at: moment.now)))
      }
      return Bound(
        kind: .pot(index), limit: Money(minor: room, currency: pot.rules?.limit.currency ?? pot.currency),
        at: pot.rules?.at ?? ByteSlice())
    }
  }
}
