// Owns what somebody knows of remedies who sees only what was asked and what was answered.
import Events

struct RemedyBook {
  struct Entry {
    var caseID: String
    var subjectKey: String
    var action: String
    /// Minor units; of one that came back whole what it was.
    var amount: Int64
    /// Minor units that were asked for.
    var asked: Int64
    var currency: String
    var requester: String
    var at: Int64
    /// As a case says it.
    var state = "pending"
    /// Why, of one that was declined.
    var code = ""

    /// Whether the same request is answered by this one's answer.
    func stands(at now: Int64) -> Bool {
      switch state {
      case "pending", "referred": true
      case "approved", "settled": now - at <= 10.minutes
      case "declined":
        !["budget-gone", "other-budgets", "evidence", "unsigned"].contains(code) && now - at <= 10.minutes
      default: false
      }
    }

    var counts: Bool { ["pending", "referred", "approved", "settled"].contains(state) }
    /// By the rate of `LivelyPolicy`.
    var cents: Int64 { currency == "CHF" ? amount * 2 : amount }
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func hear(_ told: Told, _ answer: BudgetAnswer?, at now: Int64) {
    if told.decision == .erased { entries = entries.filter { $0.value.subjectKey != told.subjectKey } }
    for claim in told.claims where claim.kind == .request {
      entries[claim.claim] = Entry(
        caseID: claim.caseID, subjectKey: told.subjectKey, action: claim.action, amount: claim.amount,
        asked: claim.amount, currency: claim.currency, requester: claim.actor, at: now)
    }
    guard let answer, told.kind == .answer, !told.isRefused, answer.answer != .refused,
      var entry = entries[answer.claim]
    else { return }
    let isPart = answer.answer == .returned && entry.state == "settled" && answer.amount < entry.amount
    if answer.answer == .declined { entry.code = answer.code }
    if answer.answer == .settled { entry.amount = answer.amount }
    if isPart { entry.amount -= answer.amount } else { entry.state = answer.answer.wire.string }
    entries[answer.claim] = entry
  }

  /// What a case was promised of some actions, in cents.
  func given(toCase caseID: String, of actions: Set<String>) -> Int64 {
    sum { $0.caseID == caseID && actions.contains($0.action) }
  }

  /// What a subject was promised that it asked for after a moment.
  func given(to subjectKey: String, after time: Int64) -> Int64 {
    sum { $0.subjectKey == subjectKey && $0.at > time }
  }

  private func sum(_ takes: (Entry) -> Bool) -> Int64 {
    entries.values.reduce(0) { $1.counts && takes($1) ? $0 + $1.cents : $0 }
  }
}
