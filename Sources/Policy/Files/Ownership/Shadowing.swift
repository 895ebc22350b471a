// Owns the simple half of "can never win": rules that an earlier sibling plainly takes everything from.

/// Finds siblings that are shadowed by one earlier sibling: by one without a condition, by one with the same
/// condition, or by one whose single clause covers theirs. Linear in the number of values. What several
/// earlier rules cover only together is not looked for; nor are conditions that could not be read whole.
enum Shadowing {
  private struct Sibling {
    var condition: ConditionDraft
    var place: Place
  }

  static func report(_ rules: [RuleDraft], _ findings: Findings) {
    var siblings: [Sibling] = []
    for rule in rules {
      report(rule.rules, findings)
      guard let lookup = rule.lookup else {
        siblings.append(Sibling(condition: rule.when ?? ConditionDraft(place: rule.place), place: rule.place))
        continue
      }
      for row in lookup.rows {
        var condition = row.condition(lookup.columns)
        condition.clauses += rule.when?.clauses ?? []
        condition.exceptions += rule.when?.exceptions ?? []
        condition.isWhole = rule.when?.isWhole ?? true
        siblings.append(Sibling(condition: condition, place: row.place))
      }
    }
    report(siblings, findings)
  }

  static func report(_ rules: [WitnessRuleDraft], _ findings: Findings) {
    report(
      rules.map { Sibling(condition: $0.when ?? ConditionDraft(place: $0.place), place: $0.place) }, findings)
  }

  private static func report(_ siblings: [Sibling], _ findings: Findings) {
    var catchAll: Place?
    var same: [Condition: Place] = [:]
    var singles: [SingleValue: [Single]] = [:]
    for sibling in siblings where sibling.condition.isWhole {
      let condition = Condition(sibling.condition)
      let earlier = catchAll ?? same[condition] ?? covering(condition, singles)
      if let earlier {
        let words =
          catchAll != nil || same[condition] == nil ? "takes everything it matches" : "has the same condition"
        findings.error(sibling.place, "can never win: \(name(earlier)) \(words)")
        continue
      }
      if sibling.condition.takesEverything { catchAll = sibling.place }
      same[condition] = sibling.place
      guard condition.except.isEmpty, condition.clauses.count == 1, let clause = condition.clauses.first
      else {
        continue
      }
      let single = Single(values: Set(clause.values), place: sibling.place)
      for value in clause.values {
        singles[SingleValue(attribute: clause.attribute, value: value), default: []].append(single)
      }
    }
  }

  private struct SingleValue: Hashable {
    var attribute: Attribute
    var value: String
  }

  private struct Single {
    var values: Set<String>
    var place: Place
  }

  /// An earlier rule with one clause that one of `condition`'s clauses lies within.
  private static func covering(_ condition: Condition, _ singles: [SingleValue: [Single]]) -> Place? {
    for clause in condition.clauses where !clause.values.isEmpty {
      let first = SingleValue(attribute: clause.attribute, value: clause.values[0])
      for single in (singles[first] ?? []).prefix(16) where single.values.isSuperset(of: clause.values) {
        return single.place
      }
    }
    return nil
  }

  private static func name(_ place: Place) -> String { "\(place.path) (\(place.file):\(place.line))" }
}
