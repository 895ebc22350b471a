// Owns the tree of ownership laid out flat: outer rules before their inner ones, each with its whole condition.

/// One rule, or one row of a table, with everything that must hold for it: its own condition and those around it.
struct FlatRule {
  var path: String
  var at: PolicyDocument.Position
  var owner: String
  var worker: String?
  /// Index of the rule around it, -1 at the top.
  var parent: Int32
  var condition: Condition
  /// Its own part of the condition, for explanations.
  var own: Condition
}

extension FlatRule {
  /// In pre-order: the order in which a person reads them. Rules that no event can match are kept, since their
  /// paths are counted by position.
  static func flatten(_ document: PolicyDocument) -> [FlatRule] {
    var flat: [FlatRule] = []
    add(document.rules, path: "ownership", parent: -1, outer: Condition(), to: &flat)
    return flat
  }

  private static func add(
    _ rules: [PolicyDocument.Rule], path: String, parent: Int32, outer: Condition, to flat: inout [FlatRule]
  ) {
    for (number, rule) in rules.enumerated() {
      let path = "\(path).rules[\(number)]"
      let condition = outer.and(rule.when)
      if let lookup = rule.lookup {
        for (number, row) in lookup.rows.enumerated() {
          let clauses = zip(lookup.columns, row.cells).compactMap { attribute, cell in
            cell.map { Condition.Clause(attribute, values: [$0]) }
          }
          let own = Condition(clauses.sorted { $0.attribute.order < $1.attribute.order })
          flat.append(
            FlatRule(
              path: "\(path).lookup[\(number)]", at: .init(file: lookup.file, line: row.line),
              owner: row.owner,
              worker: row.worker, parent: parent, condition: condition.and(own), own: rule.when.and(own)))
        }
        continue
      }
      let index = Int32(clamping: flat.count)
      flat.append(
        FlatRule(
          path: path, at: rule.at, owner: rule.owner, worker: rule.worker, parent: parent,
          condition: condition,
          own: rule.when))
      add(rule.rules, path: path, parent: index, outer: condition, to: &flat)
    }
  }
}

extension Condition {
  /// Both must hold. Two clauses of one single-valued attribute become one with the values they share.
  func and(_ other: Condition) -> Condition {
    if takesEverything { return other }
    if other.takesEverything { return self }
    var merged = clauses
    for clause in other.clauses {
      if clause.attribute.shape == .symbol,
        let index = merged.firstIndex(where: { $0.attribute == clause.attribute })
      {
        let shared = Set(merged[index].values).intersection(clause.values)
        merged[index].values = shared.sorted()
      } else if !merged.contains(clause) {
        merged.append(clause)
      }
    }
    return Condition(merged.sorted { $0.attribute.order < $1.attribute.order }, except: except + other.except)
  }
}
