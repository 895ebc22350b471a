// Owns what a simulation came to, counted from what was published: everything that came in was decided, the NO included.
import Events
import Policy

struct SimulationSum: Encodable {
  var `in` = 0
  /// Refused by INTAKE, or journalled by casework.
  var decided = 0
  /// Of these, a NO: by its reason.
  var refused: [String: Int] = [:]
  var cases = 0
  var closed = 0
  var escalations: [String: Int] = [:]
  /// Of budgets that something was booked on, as they stood at the last event.
  var budgets: [Budget] = []

  /// Amounts are minor units.
  struct Budget: Encodable {
    var budget: String
    var currency: String
    var limit: Int64
    var left: Int64
    var held: Int64
    var spent: Int64
    var overdrawn: Int64
  }

  /// - Parameter time: The last event's, milliseconds since 1970.
  init(_ rehearsal: Rehearsal, _ policy: CompiledPolicy, at time: Int64) throws {
    budgets = try rehearsal.statements(policy, at: time).map { statement in
      let balance = statement.balance
      return Budget(
        budget: balance.id, currency: balance.currency, limit: balance.limit, left: balance.left,
        held: balance.held, spent: balance.spent, overdrawn: balance.overdrawn)
    }
    let told = rehearsal.told
    `in` = rehearsal.given.count
    for place in rehearsal.given {
      if told.isDecided(place) { decided += 1 }
      if let code = rehearsal.refusal(of: place) { refused[code, default: 0] += 1 }
    }
    cases = told.journal.count { $0.decision == .opened }
    var states: [String: CaseStatus] = [:]
    for assignment in told.assignments { states[assignment.card.id] = assignment.card.status }
    closed = states.values.count { $0 == .closed }
    for escalation in told.escalations { escalations[escalation.kind.suiteWord, default: 0] += 1 }
  }
}
