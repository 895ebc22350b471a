// Owns delegation.yaml as its author wrote it.
import Events

/// As written; values left out are nil until defaults are filled.
struct DelegationDraft: Sendable {
  var place = Place(file: DelegationFile.name)
  var actions: [ActionDraft] = []
  var budgets: [BudgetDraft] = []
  var grants: [GrantDraft] = []
  var approvers: [ApproverDraft] = []
  var limits: [LimitDraft] = []
  var split = SplitDraft()
  var rates: [RateDraft] = []
  var keys: [KeyDraft] = []
}

struct ActionDraft: Sendable {
  var id: Located<String>
  var name: Located<String>?
  var needs: [Located<String>] = []
  var from: [Located<String>] = []
  var closesCase: Located<Bool>?
  var signed: Located<Bool>?
  var valid: Located<WorkingDuration>?
  var refer: Located<WorkingDuration>?
  var ceiling: Located<PolicyDocument.Money>?
}

struct BudgetDraft: Sendable {
  var id: Located<String>
  var root: Located<BudgetRoot>?
  var amount: Located<PolicyDocument.Money>?
  var window: Located<PolicyDocument.Delegation.Budget.Window>?
  var per: Located<PolicyDocument.Delegation.Budget.Holder>?
  var overdraft: Located<PolicyDocument.Money>?
  var zone: Located<String>?
}

/// Whose budgets stand together: one place decides about all of them.
enum BudgetRoot: Hashable, Sendable {
  case site(String)
  case team(String)

  /// As claims are keyed: `site/lyon-1`.
  var key: String {
    switch self {
    case .site(let id): "site/\(id)"
    case .team(let id): "team/\(id)"
    }
  }
}

struct GrantDraft: Sendable {
  var place: Place
  var role: Located<String>?
  var actions: [Located<String>] = []
  var sites: [Located<String>] = []
  var teams: [Located<String>] = []
  var priorities: [Located<String>] = []
  var journeys: [Located<String>] = []
  var segments: [Located<String>] = []
  var states: [Located<String>] = []
  var upTo: Located<PolicyDocument.Money>?
  var from: [Located<String>] = []
  var needs: [Located<String>] = []
}

struct ApproverDraft: Sendable {
  var place: Place
  var role: Located<String>?
  var team: Located<String>?
  var actions: [Located<String>] = []
  var upTo: Located<PolicyDocument.Money>?
  /// Whether the author wrote a limit, however well: without one an approver takes any amount.
  var saysUpTo = false
  var from: [Located<String>] = []

  /// What the word for the case's own team is.
  static let owner = "owner"
}

struct LimitDraft: Sendable {
  var place: Place
  var scope: Located<PolicyDocument.Delegation.Limit.Scope>?
  var actions: [Located<String>] = []
  var upTo: Located<PolicyDocument.Money>?
  var within: Located<WorkingDuration>?
  var saysWithin = false
}

struct SplitDraft: Sendable {
  var within: Located<WorkingDuration>?
  var by: [Located<String>]?

  static let words = ["person", "case", "cause"]
}

struct RateDraft: Sendable {
  var place: Place
  var from: Located<String>?
  var to: Located<String>?
  var billionths: Located<Int64>?
  var since: Located<String>?
}

struct KeyDraft: Sendable {
  var id: Located<String>?
  var person: Located<String>?
  var publicKey: Located<String>?
  var from: Located<String>?
  var until: Located<String>?
}
