// Owns the sums by which several remedies are judged that could be one.
import Events
import Policy
import StateBytes

/// What was asked for before, in the claim's currency.
enum Sums {
  enum Before {
    case amount(Int64)
    /// An earlier one is in a currency from which no rate leads to the claim's.
    case noRate(from: ByteSlice)
    case overflow
  }

  /// Which accounts a claim is seen in.
  static func loaded(for claim: ClaimAccount, _ rules: DelegationRules) -> [LoadedSum] {
    var sums: [LoadedSum] = []
    if rules.split.byPerson { sums.append(LoadedSum(.person, claim.requester.id, action: claim.action)) }
    if rules.split.byCase { sums.append(LoadedSum(.caseOf, claim.caseID, action: claim.action)) }
    if rules.split.byCause { sums.append(LoadedSum(.cause, claim.owner, action: claim.action)) }
    return sums
  }

  /// The largest of the sums, or that of one dimension alone, without the claim itself.
  static func before(
    _ claim: ClaimAccount, in state: DelegationState, at time: Int64,
    only dimension: LoadedSum.Dimension? = nil,
    _ moment: Moment
  ) -> Before {
    var largest: Int64 = 0
    let since = minus(time, moment.rules.split.within)
    for sum in state.sums where dimension == nil || sum.dimension == dimension {
      var before: Int64 = 0
      for entry in others(than: claim, in: sum) where entry.at > since {
        let money = Money(minor: entry.amount, currency: entry.currency)
        switch moment.rules.convert(money, to: claim.currency, at: moment.now) {
        case .amount(let part):
          let (whole, overflow) = before.addingReportingOverflow(part.minor)
          if overflow { return .overflow }
          before = whole
        case .noRate: return .noRate(from: entry.currency)
        case .overflow: return .overflow
        }
      }
      largest = max(largest, before)
    }
    return .amount(largest)
  }

  /// Moments at which a sum gets smaller, in their order.
  static func changes(of claim: ClaimAccount, in state: DelegationState, _ moment: Moment) -> [Int64] {
    let ends = state.sums.flatMap { sum in
      others(than: claim, in: sum).map { plus($0.at, moment.rules.split.within) }
    }
    return ends.filter { $0 > moment.now }.sorted()
  }

  private static func others(than claim: ClaimAccount, in sum: LoadedSum) -> [SplitAccount.Entry] {
    guard claim.isSummed else { return sum.account.entries }
    var account = sum.account
    account.remove(claim: claim.hash, at: claim.askedAt, amount: claim.amount, currency: claim.currency)
    return account.entries
  }

  /// Brings the sums in line with where the claim stands now.
  static func keep(_ state: inout DelegationState, _ moment: Moment) {
    let claim = state.claim
    guard claim.countsInSums != claim.isSummed else { return }
    state.claim.isSummed = claim.countsInSums
    for index in state.sums.indices {
      state.sums[index].isChanged = true
      state.sums[index].account.prune(before: minus(moment.now, moment.rules.split.within))
      guard claim.countsInSums else {
        state.sums[index].account.remove(
          claim: claim.hash, at: claim.askedAt, amount: claim.amount, currency: claim.currency)
        continue
      }
      var entry = SplitAccount.Entry()
      entry.claim = claim.hash
      entry.at = claim.askedAt
      entry.amount = claim.amount
      entry.currency = claim.currency
      state.sums[index].account.add(entry)
    }
  }
}
