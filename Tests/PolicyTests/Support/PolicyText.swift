// Owns writing a policy back as files: what proves that reading them loses and adds nothing.
@testable import Policy

/// Files in flow style that mean what a document says. Places are not kept.
struct PolicyText {
  private let document: PolicyDocument
  private var tables: [SourceFile] = []

  static func files(_ document: PolicyDocument) -> [SourceFile] {
    var text = PolicyText(document: document)
    let ownership = text.ownership()
    return [
      SourceFile(name: "teams.yaml", text: text.teams()), SourceFile(name: "sites.yaml", text: text.sites()),
      SourceFile(name: "journeys.yaml", text: text.journeys()),
      SourceFile(name: "ownership.yaml", text: ownership),
      SourceFile(name: "scoring.yaml", text: text.scoring()),
      SourceFile(name: "ladders.yaml", text: CaseworkText.ladders(document.ladders)),
      SourceFile(name: "cases.yaml", text: CaseworkText.cases(document.cases ?? PolicyDocument.Cases())),
    ] + text.tables
  }

  private init(document: PolicyDocument) { self.document = document }

  /// `{ a: 1, b: 2 }`; fields without a value are left out.
  private func fields(_ fields: KeyValuePairs<String, String?>) -> String {
    "{ " + fields.compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ") + " }"
  }

  private func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
  private func quoted(_ text: String) -> String { "\"\(text)\"" }

  private func teams() -> String {
    let teams = document.teams.map { team in
      "  \(team.id): "
        + fields([
          "name": quoted(team.name), "accountable": team.accountable,
          "subcontractor-of": team.subcontractorOf, "calendar": team.calendar, "ladder": team.ladder,
        ])
    }
    return "teams:\n" + teams.joined(separator: "\n")
  }

  private func sites() -> String {
    let sites = document.sites.map { site in
      "  \(site.id): "
        + fields([
          "name": quoted(site.name), "kind": site.kind, "country": site.country, "zone": site.zone,
          "witness": site.witness,
        ])
    }
    return "sites:\n" + sites.joined(separator: "\n")
  }

  private func journeys() -> String {
    let journeys = document.journeys.map { journey in
      let touchpoints = journey.touchpoints.map { touchpoint in
        "\(touchpoint.id): "
          + fields(["name": quoted(touchpoint.name), "weight": Thousandths.text(touchpoint.weight)])
      }
      return "  \(journey.id): "
        + fields([
          "name": quoted(journey.name), "weight": Thousandths.text(journey.weight),
          "touchpoints": "{ \(touchpoints.joined(separator: ", ")) }",
        ])
    }
    return "journeys:\n" + journeys.joined(separator: "\n")
  }

  // MARK: Ownership

  private mutating func ownership() -> String {
    let rules = document.rules.map { rule($0, outer: nil) }
    let unrouted = fields(["owner": document.unrouted.owner, "worker": document.unrouted.worker])
    let ownership = fields(["rules": rules.isEmpty ? nil : list(rules), "unrouted": unrouted])
    let witness = document.witness.rules.map { fields(["when": condition($0.when), "team": $0.team]) }
    let by = document.witness.bySite ? "site" : "nobody"
    return """
      ownership: \(ownership)
      witness: \(fields(["by": by, "rules": witness.isEmpty ? nil : list(witness)]))
      """
  }

  /// An inner rule says only what it does not inherit.
  private mutating func rule(_ rule: PolicyDocument.Rule, outer: PolicyDocument.Rule?) -> String {
    if let lookup = rule.lookup {
      return fields(["when": condition(rule.when), "lookup": table(lookup)])
    }
    let inherits = rule.owner == outer?.owner && rule.worker == outer?.worker
    let inner = rule.rules.map { self.rule($0, outer: rule) }
    return fields([
      "when": condition(rule.when), "owner": inherits ? nil : rule.owner,
      "worker": inherits ? nil : rule.worker, "rules": inner.isEmpty ? nil : list(inner),
    ])
  }

  private mutating func table(_ lookup: PolicyDocument.Lookup) -> String {
    let name = "owners-\(tables.count).csv"
    let header = lookup.columns.map(\.rawValue) + ["owner", "worker"]
    let rows = lookup.rows.map { row in row.cells.map { $0 ?? "" } + [row.owner, row.worker ?? ""] }
    let text = ([header] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
    tables.append(SourceFile(name: name, text: text))
    return name
  }

  private func condition(_ condition: Condition) -> String? {
    if condition.takesEverything { return nil }
    var parts = condition.clauses.map { clause in
      "\(clause.attribute.rawValue): "
        + list(clause.values.map(quoted) + clause.ranges.map { quoted(range($0)) })
    }
    let exceptions = condition.except.compactMap(self.condition)
    if !exceptions.isEmpty { parts.append("not: \(list(exceptions))") }
    return "{ \(parts.joined(separator: ", ")) }"
  }

  private func range(_ range: Condition.Range) -> String {
    let end = range.to == Thousandths.largest ? "" : Thousandths.text(range.to)
    return "\(Thousandths.text(range.from))..\(end)"
  }

  // MARK: Scoring

  private func scoring() -> String {
    let points = document.scoring.points.map { points in
      let line = points.line.map { "\(Thousandths.text($0.x)): \($0.points)" }
      let words = points.words.map { "\($0.word): \($0.points)" }
      let map = (line + words).joined(separator: ", ")
      return fields([
        "name": quoted(points.name), "when": condition(points.when), "add": points.add.map { "\($0)" },
        "from": points.from?.rawValue, "map": map.isEmpty ? nil : "{ \(map) }",
        "times": points.times.map { Thousandths.text($0) }, "cap": "\(points.cap)",
      ])
    }
    let cuts = document.scoring.cuts
    return """
      scoring:
        base: \(document.scoring.base)
        cuts: { P1: \(cuts.p1), P2: \(cuts.p2), P3: \(cuts.p3) }
      \(points.isEmpty ? "" : "  points: \(list(points))")
      """
  }
}
