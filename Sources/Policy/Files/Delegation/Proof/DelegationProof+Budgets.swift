// Owns the proof that what pays exists, has one root, and is large enough for what it is there for.

extension DelegationProof {
  func reportBudgets() {
    let errors = findings.errorCount
    let uses =
      delegation.actions.compactMap(use) + delegation.grants.compactMap(use)
      + delegation.approvers.compactMap(use)
    for use in uses {
      for template in use.templates { reportMissing(template, use) }
      reportRoots(use)
    }
    let drawn = Set(uses.flatMap { use in use.templates.flatMap { use.ids(of: $0).map(\.id) } })
    // Of a name that is wrong, the right one is not in use, which is the same mistake.
    if findings.errorCount == errors {
      for budget in delegation.budgets where !drawn.contains(budget.id.value) {
        findings.warning(
          budget.id.place,
          "nothing draws on it: name it in the \"from\" of an action, a grant or an approver, or remove it")
      }
    }
    for approver in delegation.approvers {
      reportRoots(of: approver)
      reportSize(approver)
    }
    for grant in delegation.grants { reportSize(grant) }
  }

  private func reportMissing(_ template: Located<String>, _ use: BudgetUse) {
    let all = use.ids(of: template)
    let missing = all.filter { budgets[$0.id] == nil }
    guard !missing.isEmpty else { return }
    guard missing.count < all.count else {
      let example = all[0].id
      findings.error(
        template.place,
        "unknown budget \"\(example)\"\(Suggestion.didYouMean(example, among: budgets.keys))"
          + (budgets.isEmpty
            ? "; the policy has none" : "; known: \(Suggestion.list(budgets.keys.sorted(), limit: 12))"))
      return
    }
    let places = missing.map { $0.words.joined(separator: " and ") }
    findings.warning(
      template.place,
      "there is no budget \"\(missing[0].id)\": for \(Suggestion.list(places, limit: 12)) nothing pays, and every remedy is declined"
    )
  }

  // MARK: Roots

  /// One for each claim: who decides about it is where its root is.
  private func reportRoots(_ use: BudgetUse) {
    for moment in use.moments() {
      let found = use.ids(moment).enumerated().compactMap { index, id in budgets[id].map { (index, $0) } }
      guard let first = found.first, let other = found.first(where: { root($0.1) != root(first.1) }) else {
        continue
      }
      findings.error(
        use.templates[other.0].place,
        "draws on budgets of two roots, \(named(first.1)) and \(named(other.1)): what pays for one remedy has one root"
      )
      return
    }
  }

  /// Those of an approver pay instead of those of the claim, where the claim is.
  private func reportRoots(of approver: ApproverDraft) {
    guard let own = use(approver), let template = own.templates.first else { return }
    for action in actions(of: approver.actions) {
      let grants = grants(for: action.id.value).compactMap { use($0) }
      let claims = [use(action)].compactMap { $0 } + grants
      guard !claims.isEmpty else {
        findings.error(
          template.place,
          "can never pay for \(action.id.value), which draws on no budget: give it a \"from\" whose budgets have the same root"
        )
        return
      }
      for claim in claims {
        for moment in claim.moments(with: own.templates) {
          guard let drawn = claim.ids(moment).lazy.compactMap({ budgets[$0] }).first,
            let paid = own.ids(moment).lazy.compactMap({ budgets[$0] }).first, root(drawn) != root(paid)
          else { continue }
          findings.error(
            template.place,
            "can never pay for \(action.id.value): \(named(paid)) has another root than \(named(drawn)), on which it draws"
          )
          return
        }
      }
    }
  }

  private func root(_ budget: BudgetDraft) -> String { budget.root?.value.key ?? "" }
  private func named(_ budget: BudgetDraft) -> String { "\(budget.id.value) (\(root(budget)))" }

  // MARK: Sizes

  private func reportSize(_ grant: GrantDraft) {
    guard let upTo = grant.upTo else { return }
    for use in paying(grant) {
      for id in use.templates.flatMap({ use.ids(of: $0).map(\.id) }) {
        guard let amount = budgets[id]?.amount?.value, isMore(upTo.value, than: amount) == true else {
          continue
        }
        findings.warning(
          upTo.place,
          "is more than \(id) ever holds, which is \(amount.text): what is above that is never approved")
        return
      }
    }
  }

  /// Wherever it is asked, what pays holds less than the approver may say yes to.
  private func reportSize(_ approver: ApproverDraft) {
    guard let upTo = approver.upTo else { return }
    let actions = actions(of: approver.actions)
    let claims = actions.map { action in
      [use(action)].compactMap { $0 } + grants(for: action.id.value).compactMap { use($0) }
    }
    // Where an action draws on nothing, nothing is too small for it.
    guard approver.from.isEmpty ? !claims.contains(where: \.isEmpty) : true else { return }
    let uses = use(approver).map { [$0] } ?? claims.flatMap { $0 }
    let ids = uses.flatMap { use in use.templates.flatMap { use.ids(of: $0).map(\.id) } }
    let amounts = ids.compactMap { budgets[$0]?.amount }
    guard !amounts.isEmpty, amounts.allSatisfy({ isMore(upTo.value, than: $0.value) == true }),
      let most = most(amounts)
    else { return }
    findings.warning(
      upTo.place,
      "is more than any budget holds that pays for it, which is \(most.text): give it budgets of its own with \"from\""
    )
  }
}
