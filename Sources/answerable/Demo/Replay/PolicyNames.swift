// Owns what things are called: the published policies' own names for sites, touchpoints and rules.
import Policy
import Roles
import Streams

/// The policies that were published, by epoch.
struct PolicyNames: Sendable {
  private var documents: [Int64: PolicyDocument] = [:]

  init(_ log: MemoryLog) throws {
    for policy in try PolicyTopic(log, prefix: DemoDeployment.catalogue.prefix).history() {
      documents[policy.epoch] = policy.record.document
    }
  }

  /// The site's name; its id where the policy does not know it.
  func site(_ id: String, _ epoch: Int64) -> String {
    documents[epoch]?.sites.first { $0.id == id }?.name ?? id
  }

  /// The touchpoint's name; its id where the policy does not know it.
  func touchpoint(_ id: String, _ epoch: Int64) -> String {
    documents[epoch]?.journeys.lazy.flatMap(\.touchpoints).first { $0.id == id }?.name ?? id
  }

  /// A rule of ownership: who owns by it, where it stands, and what it asks for.
  struct Rule {
    var owner: String
    var at: String
    var asks: String
  }

  /// The rule at a path; nil when the path leads nowhere.
  func rule(_ path: String, _ epoch: Int64) -> Rule? {
    guard let document = documents[epoch] else { return nil }
    var rules = document.rules
    var lookup: PolicyDocument.Lookup?
    var found: Rule?
    for step in path.split(separator: ".").dropFirst() {
      let parts = step.split(whereSeparator: { $0 == "[" || $0 == "]" })
      guard parts.count == 2, let index = Int(parts[1]), index >= 0 else { return nil }
      if parts[0] == "lookup" {
        guard let lookup, lookup.rows.indices.contains(index) else { return nil }
        let row = lookup.rows[index]
        let cells = zip(lookup.columns, row.cells).compactMap { column, cell in
          cell.map { "\(column.rawValue) \($0)" }
        }
        return Rule(owner: row.owner, at: "\(lookup.file):\(row.line)", asks: cells.joined(separator: ", "))
      }
      guard rules.indices.contains(index) else { return nil }
      let rule = rules[index]
      found = Rule(
        owner: rule.owner, at: "\(rule.at.file):\(rule.at.line)",
        asks: rule.when.clauses.map(Self.text).joined(separator: ", "))
      lookup = rules[index].lookup
      rules = rules[index].rules
    }
    return found
  }

  /// `touchpoint invoice`, `site lyon-1 or lyon-2`, `words …`; long lists are cut.
  private static func text(_ clause: Condition.Clause) -> String {
    let shown = clause.values.prefix(3).joined(separator: " or ")
    return "\(clause.attribute.rawValue) \(shown)\(clause.values.count > 3 ? " or …" : "")"
  }
}
