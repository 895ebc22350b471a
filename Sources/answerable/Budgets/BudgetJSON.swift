// Owns the statement of a budget as a script reads it: one JSON object.
import Events
import Roles

struct BudgetJSON: Encodable {
  struct Hold: Encodable {
    var claim: String
    var amount: Int64
    var action: String?
    var requester: String?
    var decider: String?
    var expiresAt: String?
  }
  struct Movement: Encodable {
    var at: String
    var amount: Int64
    var from: String
    var to: String
    var day: Int32
    var answer: String
    var claim: String
  }

  var budget: String
  var root: String
  var currency: String
  var limit: Int64
  var left: Int64
  var held: Int64
  /// Of what is held: by claims whose approvals have left the topic.
  var broughtForward: Int64?
  var spent: Int64
  /// True where the window begins before the records do.
  var isPartial: Bool?
  var overdrawn: Int64
  var window: String?
  var windowFrom: String?
  var roomAt: String?
  var roomThen: Int64?
  var at: String
  var holds: [Hold]
  var movements: [Movement]

  init(_ statement: BudgetStatement) {
    let balance = statement.balance
    (budget, root, currency) = (balance.id, statement.root, balance.currency)
    (limit, left, held) = (balance.limit, balance.left, balance.held)
    (spent, overdrawn) = (balance.spent, balance.overdrawn)
    broughtForward = statement.broughtForward > 0 ? statement.broughtForward : nil
    isPartial = balance.isPartial ? true : nil
    window = statement.window.isEmpty ? nil : statement.window
    windowFrom = balance.windowFrom > 0 ? Clock.full(balance.windowFrom) : nil
    roomAt = balance.roomAt > 0 ? Clock.full(balance.roomAt) : nil
    roomThen = balance.roomAt > 0 ? balance.roomThen : nil
    at = Clock.full(statement.at)
    holds = statement.holds.map { hold in
      Hold(
        claim: hold.claim, amount: hold.amount, action: hold.approval?.action,
        requester: hold.approval?.requester,
        decider: hold.approval.flatMap { $0.decider.isEmpty ? nil : $0.decider },
        expiresAt: hold.approval.flatMap { $0.expiresAt > 0 ? Clock.full($0.expiresAt) : nil })
    }
    movements = statement.movements.map {
      Movement(
        at: Clock.full($0.at), amount: $0.amount, from: $0.from.wire.string, to: $0.to.wire.string,
        day: $0.day,
        answer: $0.answer.wire.string, claim: $0.claim)
    }
  }
}
