// Owns the proof that amounts which meet can be compared: one currency, or a stated rate.

extension DelegationProof {
  func reportCurrencies() {
    var said: Set<String> = []
    /// Where an amount in `from` meets one in `to`.
    func needs(_ from: String, _ to: String, at place: Place) {
      guard !hasRate(from: from, to: to), said.insert("\(place) \(from) \(to)").inserted else { return }
      findings.error(
        place,
        "amounts in \(from) meet amounts in \(to) here, and no rate says what they come to: add { from: \(from), to: \(to), rate: …, since: … } to \"rates\""
      )
    }
    for grant in delegation.grants {
      guard let upTo = grant.upTo else { continue }
      for currency in currencies(paying(grant)) {
        needs(upTo.value.currency, currency, at: upTo.place)
        needs(currency, upTo.value.currency, at: upTo.place)
      }
    }
    for action in delegation.actions {
      let asked = currenciesAsked(for: action)
      func isCompared(_ amount: Located<Amount>?) {
        guard let amount else { return }
        for currency in asked { needs(currency, amount.value.currency, at: amount.place) }
      }
      isCompared(action.ceiling)
      for (_, approver) in approvers(for: action.id.value) {
        isCompared(approver.upTo)
        guard let own = use(approver), let place = own.templates.first?.place else { continue }
        for paid in currencies([own]) { for currency in asked { needs(currency, paid, at: place) } }
      }
      for limit in delegation.limits where takes(limit.actions, action.id.value) { isCompared(limit.upTo) }
    }
    reportRates()
  }

  private func reportRates() {
    var used: Set<String> = []
    let amounts =
      delegation.actions.map(\.ceiling) + delegation.budgets.map(\.amount) + delegation.grants.map(\.upTo)
      + delegation.approvers.map(\.upTo) + delegation.limits.map(\.upTo)
    for amount in amounts { if let amount { used.insert(amount.value.currency) } }
    for rate in delegation.rates {
      guard let to = rate.to, !used.contains(to.value) else { continue }
      findings.warning(to.place, "no amount of the policy is in \(to.value): nothing is ever converted to it")
    }
  }

  /// Those in which people are likely to ask: what pays, and what their grants are in.
  private func currenciesAsked(for action: ActionDraft) -> [String] {
    let grants = grants(for: action.id.value)
    let uses = [use(action)].compactMap { $0 } + grants.compactMap { use($0) }
    return Set(currencies(uses) + grants.compactMap { $0.upTo?.value.currency }).sorted()
  }

  private func currencies(_ uses: [BudgetUse]) -> [String] {
    let ids = uses.flatMap { use in use.templates.flatMap { use.ids(of: $0).map(\.id) } }
    return Set(ids.compactMap { budgets[$0]?.amount?.value.currency }).sorted()
  }
}
