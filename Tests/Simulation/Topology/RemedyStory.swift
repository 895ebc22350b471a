// Owns what can become of a remedy in a topology, by the answers to it: a simulation in which it never did proves nothing of it.
/// Something that an answer tells: it was decided and booked, not only asked for.
package enum RemedyStory: String, Sendable, Hashable, CaseIterable {
  case granted, evidenceMissing = "without evidence", sameRequest = "same again"
  // In other currencies.
  case withoutCents = "without cents", withMils = "with mils", converted = "paid from another currency"
  case noRate = "without a rate", noRateForLimit = "without a rate to a limit", wrongCurrency =
    "wrong currency"
  // Several that could be one.
  case split = "split"
  // Beyond a grant.
  case approved, declinedByApprover = "declined by an approver", ownRequest = "own requests"
  case notApprover = "not by an approver", beyondApprover = "beyond an approver"
  case approvedByStandIn = "approved by a stand-in", askedByStandIn = "granted to a stand-in"
  case expired
  // Paid.
  case settled, settledInPart = "settled in part", overHeld = "more than was held", settledTwice =
    "a second time"
  case lapsed, settledLate = "settled late", drawn = "out of the overdraft", overdrawn
  case beyondOverdraft = "beyond the overdraft"
  // Back again.
  case returnedInPart = "returned in part", returned, returnedTwice = "returned twice"
  case returnedAfterWindow = "returned after the window", overSpent = "more than was paid"
  case alreadyReturned = "returned before"
  // Taken back.
  case cancelled = "cancelled referrals", takenBack = "approvals taken back"
  case cancelledUnanswered = "cancelled unanswered", caseOver = "cancelled with the case", notYours =
    "not theirs"
  // Under policies that change.
  case otherPolicy = "answered by another policy", otherPolicyReferred =
    "approved by another policy than referred"
  case otherBudgets = "asked of other budgets", budgetGone = "budgets gone"
}
