// Owns an answer as tests keep it: a copy of the record that outlives the decision.
import Events

struct Said: Hashable {
  struct Passing: Hashable {
    var amount: Int64
    var from: Int64
  }

  struct Approver: Hashable {
    var role: String
    var people: [String]
    var dutyAt: Int64
  }

  struct Budget: Hashable {
    var id: String
    var limit: Int64
    var held: Int64
    var spent: Int64
    var left: Int64
    var overdrawn: Int64
    var windowFrom: Int64
    var roomAt: Int64
    var roomThen: Int64
  }

  struct Movement: Hashable {
    var budget: String
    var from: Delegation.Movement.Account
    var to: Delegation.Movement.Account
    var amount: Int64
    var day: Int32
  }

  var id: String
  var claim: String
  var answer: Delegation.Answer
  var amount: Int64
  var requester: String
  var requesterFor: String
  var decider: String
  var deciderFor: String
  var grant: String
  var code: String
  var text: String
  var failed: [String]
  var failedAt: [String]
  var passes: [Passing]
  var canSayYes: [Approver]
  var budgets: [Budget]
  var movements: [Movement]
  var expiresAt: Int64
  var sum: Int64
  var at: Int64

  init(_ record: Delegation) {
    id = record.id.string
    claim = record.claim.string
    answer = record.answer
    amount = record.amount
    requester = record.requester.id.string
    requesterFor = record.requester.standsInFor.string
    decider = record.decider.id.string
    deciderFor = record.decider.standsInFor.string
    grant = record.grantAt.string
    code = record.reason.code.string
    text = record.reason.text.string
    failed = record.failed.map(\.code.string)
    failedAt = record.failed.map(\.at.string)
    passes = record.passes.map { Passing(amount: $0.amount, from: $0.from) }
    canSayYes = record.canSayYes.map {
      Approver(role: $0.role.string, people: $0.people.map(\.id.string), dutyAt: $0.dutyAt)
    }
    budgets = record.budgets.map {
      Budget(
        id: $0.id.string, limit: $0.limit, held: $0.held, spent: $0.spent, left: $0.left,
        overdrawn: $0.overdrawn, windowFrom: $0.windowFrom, roomAt: $0.roomAt, roomThen: $0.roomThen)
    }
    movements = record.movements.map {
      Movement(budget: $0.budget.string, from: $0.from, to: $0.to, amount: $0.amount, day: $0.day)
    }
    expiresAt = record.expiresAt
    sum = record.sum
    at = record.at
  }

  func budget(_ id: String) -> Budget? { budgets.first { $0.id == id } }
}
