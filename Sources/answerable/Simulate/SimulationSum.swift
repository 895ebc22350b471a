// Owns what a simulation came to, counted from what was published: everything that came in was decided, the NO included.
import Events

struct SimulationSum: Encodable {
  var `in` = 0
  /// Refused by INTAKE, or journalled by casework.
  var decided = 0
  /// Of these, a NO: by its reason.
  var refused: [String: Int] = [:]
  var cases = 0
  var closed = 0
  var escalations: [String: Int] = [:]

  init(_ rehearsal: Rehearsal) {
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
