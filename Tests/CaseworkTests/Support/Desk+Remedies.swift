// Owns how tests ask for remedies and give the answers of budgets.
import Events

extension Desk {
  /// For a case, or for the subject `name` where no case is named.
  @discardableResult
  func remedy(
    _ action: String, _ minor: Int64, _ currency: String = "EUR", on caseID: String = "",
    name: String = "alice", by actor: DeskActor = DeskActor()
  ) -> Told {
    var remedy = Remedy()
    remedy.caseID = keep(caseID)
    remedy.actor = keep(actor)
    remedy.action = keep(action)
    remedy.amount = minor
    remedy.currency = keep(currency)
    return hear(remedy, of: caseID.isEmpty ? DeskNames.key(name) : Self.subjectKey(ofCase: caseID))
  }

  /// Somebody's act about a remedy.
  @discardableResult
  func act(
    _ kind: Claim.Kind, claim: String, _ minor: Int64 = 0, by actor: DeskActor = DeskActor()
  ) -> Told {
    let id = keep(claim)
    let act: Act =
      switch kind {
      case .approve, .request: .approve(claim: id, note: "yes")
      case .decline: .decline(claim: id, reason: "no")
      case .cancel: .cancel(claim: id, reason: "not needed")
      case .settle: .settle(claim: id, amount: minor, currency: minor > 0 ? "EUR" : "")
      case .giveBack: .giveBack(claim: id, amount: minor, currency: minor > 0 ? "EUR" : "")
      }
    return self.act(
      act, on: String(claim.prefix(upTo: claim.lastIndex(of: "-") ?? claim.endIndex)), by: actor)
  }

  @discardableResult
  func answer(_ given: BudgetAnswer) -> Told {
    var answer = ClaimAnswer()
    answer.claim = keep(given.claim)
    answer.caseID = keep(given.caseID)
    answer.answer = given.answer
    answer.action = keep(given.action)
    answer.amount = given.amount
    answer.currency = keep(given.currency)
    answer.requester = keep(given.requester)
    answer.expiresAt = given.expiresAt
    answer.reasonCode = keep(given.code.isEmpty ? given.answer.wire.string : given.code)
    answer.reasonText = "its budgets say so"
    return hear(.answer(answer), of: Self.subjectKey(ofCase: given.caseID))
  }
}
