// Owns ownership.yaml as written: the tree of rules, the place of last resort, and who witnesses.

struct OwnershipDraft: Sendable {
  var rules: [RuleDraft] = []
  var unrouted: UnroutedDraft?
  var witness = WitnessDraft()
}

/// A rule decides when its condition holds and none of its inner rules does; or it looks up who decides.
struct RuleDraft: Sendable {
  var place: Place
  var when: ConditionDraft?
  var owner: Located<String>?
  var worker: Located<String>?
  var rules: [RuleDraft] = []
  var lookup: LookupDraft?
}

/// Where everything goes that no rule takes.
struct UnroutedDraft: Sendable {
  var place: Place
  var owner: Located<String>?
  var worker: Located<String>?
}

/// Who felt it: the first rule that holds, else the site's witness, unless `by` is `nobody`.
struct WitnessDraft: Sendable {
  var by: Located<String>?
  var rules: [WitnessRuleDraft] = []
}

struct WitnessRuleDraft: Sendable {
  var place: Place
  var when: ConditionDraft?
  var team: Located<String>?
}

/// A table whose rows are rules, in their order, standing where the look-up stands.
struct LookupDraft: Sendable {
  var file: Located<String>
  var columns: [Attribute] = []
  var rows: [LookupRowDraft] = []
}

struct LookupRowDraft: Sendable {
  var place: Place
  /// One for each column; nil takes any value.
  var cells: [Located<String>?]
  var owner: Located<String>?
  var worker: Located<String>?
}

extension LookupRowDraft {
  /// The row as the condition that it stands for.
  func condition(_ columns: [Attribute]) -> ConditionDraft {
    var condition = ConditionDraft(place: place)
    for (attribute, cell) in zip(columns, cells) {
      guard let cell else { continue }
      condition.clauses.append(ClauseDraft(attribute: attribute, place: cell.place, values: [cell]))
    }
    condition.clauses.sort { $0.attribute.order < $1.attribute.order }
    return condition
  }
}
