// Owns the proof that somebody can say yes to each action at any amount that may be asked, and that approvers stand in
// an order in which each can be needed.

extension DelegationProof {
  func reportActions() {
    for action in delegation.actions {
      let grants = grants(for: action.id.value)
      let approvers = approvers(for: action.id.value).map(\.approver)
      if let signed = action.signed, signed.value, !delegation.keys.contains(where: { $0.person != nil }) {
        findings.error(signed.place, "nobody could sign it: no key of \"keys\" is a person's")
      }
      if grants.isEmpty, approvers.isEmpty {
        findings.error(
          action.id.place,
          "nobody could ever say yes to it: no grant and no approver is for it; add one, or remove it")
        continue
      }
      guard approvers.allSatisfy(\.saysUpTo), let most = most(grants.map(\.upTo) + approvers.map(\.upTo))
      else {
        continue
      }
      guard let ceiling = action.ceiling else {
        findings.error(
          action.id.place,
          "nobody can say yes to more than \(most.text): add an approver without \"up-to\" to \"beyond\", or say with \"ceiling: \(most.text)\" that nobody ever does"
        )
        continue
      }
      if isMore(ceiling.value, than: most) == true {
        findings.error(
          ceiling.place,
          "nobody can say yes to more than \(most.text): lower the ceiling, or add an approver who may say yes to it"
        )
      }
    }
    for grant in delegation.grants {
      guard let upTo = grant.upTo, let cap = cap(of: grant.actions),
        isMore(upTo.value, than: cap.amount) == true
      else { continue }
      findings.warning(
        upTo.place, "can never be used up: \(cap.text) lets nobody ask for more than \(cap.amount.text)")
    }
  }

  func reportApprovers() {
    for (number, approver) in delegation.approvers.enumerated() {
      let before = (0..<number).filter { covers(delegation.approvers[$0], approver) }
      if let same = before.first(where: { isSame(delegation.approvers[$0], approver) }) {
        findings.error(
          approver.place,
          "can never be needed: \(approverName(same)) is the same role and may say yes to as much")
      } else if let larger = before.first(where: { isMore(delegation.approvers[$0], than: approver) }) {
        findings.error(
          (approver.upTo?.place ?? approver.place),
          "stands after \(approverName(larger)), who may say yes to more: sort them from the smallest limit to the largest"
        )
      } else if let cap = cap(of: approver.actions),
        let enough = before.first(where: { isEnough(delegation.approvers[$0], for: cap.amount) })
      {
        findings.warning(
          approver.place,
          "can never be needed: \(cap.text) lets nobody ask for more than \(cap.amount.text), which \(approverName(enough)) may say yes to"
        )
      }
    }
  }

  // MARK: Limits

  /// The largest; nil where two cannot be compared, or there is none.
  func most(_ amounts: [Located<Amount>?]) -> Amount? {
    var most: Amount?
    for amount in amounts.compactMap({ $0?.value }) {
      guard let known = most else {
        most = amount
        continue
      }
      guard let isMore = isMore(amount, than: known) else { return nil }
      if isMore { most = amount }
    }
    return most
  }

  /// What keeps anybody from asking for more, whichever of the actions it is; nil where nothing does for one of them.
  private func cap(of list: [Located<String>]) -> (amount: Amount, text: String)? {
    var largest: (amount: Amount, text: String)?
    for action in actions(of: list) {
      var caps: [(amount: Amount, text: String)] = []
      if let ceiling = action.ceiling {
        caps.append((ceiling.value, "the ceiling of \(action.id.value) (line \(ceiling.place.line))"))
      }
      for (number, limit) in delegation.limits.enumerated() where takes(limit.actions, action.id.value) {
        if let upTo = limit.upTo { caps.append((upTo.value, "limits[\(number)] (line \(limit.place.line))")) }
      }
      guard var least = caps.first else { return nil }
      for cap in caps.dropFirst() where isMore(least.amount, than: cap.amount) == true { least = cap }
      if largest.map({ isMore(least.amount, than: $0.amount) ?? true }) ?? true { largest = least }
    }
    return largest
  }

  // MARK: Order

  /// Whether whoever asks the one could ask the other instead.
  private func covers(_ a: ApproverDraft, _ b: ApproverDraft) -> Bool {
    let actions = Set(self.actions(of: b.actions).map(\.id.value))
    return actions.isSubset(of: self.actions(of: a.actions).map(\.id.value))
      && (a.team == nil || a.team?.value == b.team?.value)
  }

  private func isMore(_ a: ApproverDraft, than b: ApproverDraft) -> Bool {
    guard let limit = b.upTo?.value else { return false }
    return a.upTo.map { isMore($0.value, than: limit) == true } ?? true
  }

  private func isSame(_ a: ApproverDraft, _ b: ApproverDraft) -> Bool {
    // With pots of its own it pays where the other cannot.
    guard a.role?.value == b.role?.value, b.from.isEmpty || b.from.map(\.value) == a.from.map(\.value) else {
      return false
    }
    guard let limit = a.upTo?.value else { return true }
    return b.upTo.map { isMore($0.value, than: limit) == false } ?? false
  }

  private func isEnough(_ approver: ApproverDraft, for amount: Amount) -> Bool {
    approver.upTo.map { isMore(amount, than: $0.value) == false } ?? true
  }
}
