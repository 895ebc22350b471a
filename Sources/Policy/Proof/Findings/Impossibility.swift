// Owns why a condition matches no event at all: the fewest of its parts that exclude each other.

struct Impossibility {
  /// The parts, own and from the rules around: clauses that must hold, and exceptions that must not.
  private var clauses: [Condition.Clause]
  private var exceptions: [Condition]

  init(_ rule: Int32, _ standings: Standings) {
    let tree = standings.tree
    let owns = tree.chain(from: rule).reversed().map { tree.rules[Int($0)].own }
    clauses = owns.flatMap(\.clauses)
    exceptions = owns.flatMap(\.except)
    func isImpossible(_ condition: Condition) -> Bool {
      standings.proofs.allSatisfy { $0.isPossible(condition) == false }
    }
    for index in exceptions.indices.reversed() {
      var fewer = exceptions
      fewer.remove(at: index)
      if isImpossible(Condition(clauses, except: fewer)) { exceptions = fewer }
    }
    for index in clauses.indices.reversed() {
      var fewer = clauses
      fewer.remove(at: index)
      if isImpossible(Condition(fewer, except: exceptions)) { clauses = fewer }
    }
  }

  var message: String {
    let asked = Suggestion.list(clauses.map(\.text), limit: 6)
    if exceptions.isEmpty {
      return "can never match: no event has \(asked)\(clauses.count > 1 ? " at once" : "")"
    }
    return
      "can never match: \"not\" excludes \(clauses.isEmpty ? "every event" : "every event that has \(asked)")"
  }
}
