// Owns what a policy means, written as plainly as possible: every rule tried in its order, words compared as
// words, points computed from their definition. What the evaluator is held against.
import Events
import Foundation

@testable import Policy

struct ReferencePolicy {
  let document: PolicyDocument

  struct Winner {
    var owner: String
    var worker: String
    var path: String
  }

  func outcome(_ event: PlainEvent) -> Outcome {
    let winner =
      winner(among: document.rules, "ownership", event)
      ?? Winner(
        owner: document.unrouted.owner, worker: document.unrouted.worker ?? "", path: "ownership.unrouted")
    var matched: [String] = []
    addMatches(document.rules, "ownership", event, &matched)
    let contributions = contributions(event)
    let sum = contributions.reduce(0) { $0 + $1.points }
    let score = Int32(max(0, min(100, sum)))
    return Outcome(
      owner: winner.owner, worker: winner.worker, witness: witness(event, owner: winner.owner),
      priority: priority(score), score: score,
      contributions: contributions.map { "\($0.name) \($0.points)" }, rule: winner.path,
      alsoMatched: Array(matched.filter { $0 != winner.path }.prefix(8)))
  }

  // MARK: Owner and witness

  /// The first rule that holds, unless one of its inner rules does, and so on inwards. A table stands for its
  /// rows: where none holds, the next rule is tried.
  private func winner(among rules: [PolicyDocument.Rule], _ path: String, _ event: PlainEvent) -> Winner? {
    for (number, rule) in rules.enumerated() where holds(rule.when, event) {
      let path = "\(path).rules[\(number)]"
      if let lookup = rule.lookup {
        if let row = lookup.rows.firstIndex(where: { holds($0, lookup, event) }) {
          let found = lookup.rows[row]
          return Winner(owner: found.owner, worker: found.worker ?? "", path: "\(path).lookup[\(row)]")
        }
      } else {
        return winner(among: rule.rules, path, event)
          ?? Winner(owner: rule.owner, worker: rule.worker ?? "", path: path)
      }
    }
    return nil
  }

  /// Every rule and row that holds, where all those around it do.
  private func addMatches(
    _ rules: [PolicyDocument.Rule], _ path: String, _ event: PlainEvent, _ paths: inout [String]
  ) {
    for (number, rule) in rules.enumerated() where holds(rule.when, event) {
      let path = "\(path).rules[\(number)]"
      if let lookup = rule.lookup {
        for (number, row) in lookup.rows.enumerated() where holds(row, lookup, event) {
          paths.append("\(path).lookup[\(number)]")
        }
      } else {
        paths.append(path)
        addMatches(rule.rules, path, event, &paths)
      }
    }
  }

  private func witness(_ event: PlainEvent, owner: String) -> String {
    var team = document.witness.rules.first { holds($0.when, event) }?.team
    if team == nil, document.witness.bySite { team = site(event)?.witness }
    return team == owner ? "" : team ?? ""
  }

  // MARK: Conditions

  private func holds(
    _ row: PolicyDocument.Row, _ lookup: PolicyDocument.Lookup, _ event: PlainEvent
  ) -> Bool {
    zip(lookup.columns, row.cells).allSatisfy { column, cell in cell == nil || cell == word(column, event) }
  }

  func holds(_ condition: Condition, _ event: PlainEvent) -> Bool {
    condition.clauses.allSatisfy { holds($0, event) } && !condition.except.contains { holds($0, event) }
  }

  private func holds(_ clause: Condition.Clause, _ event: PlainEvent) -> Bool {
    switch clause.attribute.shape {
    case .symbol: word(clause.attribute, event).map(clause.values.contains) ?? false
    case .number:
      number(clause.attribute, event).map { number in
        clause.ranges.contains { $0.from <= number && number <= $0.to }
      } ?? false
    case .words: clause.values.contains { ReferenceText.has($0, event) }
    case .symbols where clause.attribute == .labels: clause.values.contains { event.labels.contains($0) }
    case .symbols:
      !event.isIncident
        && clause.values.contains { value in
          let (tag, value) = (event.language.lowercased(), value.lowercased())
          return tag == value || tag.hasPrefix(value + "-")
        }
    }
  }

  // MARK: Attributes

  private func site(_ event: PlainEvent) -> PolicyDocument.Site? {
    document.sites.first { $0.id == event.site }
  }

  private func journey(_ event: PlainEvent) -> String? {
    if !event.journey.isEmpty { return event.journey }
    return document.journeys.first { $0.touchpoints.contains { $0.id == event.touchpoint } }?.id
  }

  /// Nil when the event does not say.
  private func word(_ attribute: Attribute, _ event: PlainEvent) -> String? {
    let word: String? =
      switch attribute {
      case .kind: event.isIncident ? "incident" : "feedback"
      case .source: event.source
      case .subjectKind: event.isIncident && !event.hasSubject ? nil : event.subjectKind
      case .segment: event.isIncident && !event.hasSubject ? nil : event.segment
      case .site: event.site
      case .siteKind: site(event)?.kind
      case .siteCountry: site(event)?.country
      case .entity: event.entity
      case .respondent: event.isIncident ? nil : event.respondent.rawValue
      case .channel: event.isIncident ? nil : event.channel
      case .touchpoint: event.isIncident ? nil : event.touchpoint
      case .journey: event.isIncident ? nil : journey(event)
      case .service: event.isIncident ? event.service : nil
      case .severity: event.isIncident ? event.severity.rawValue : nil
      case .status: event.isIncident ? event.status.rawValue : nil
      default: nil
      }
    return word == "" ? nil : word
  }

  /// In thousandths, bounded as a policy's own numbers are.
  private func number(_ attribute: Attribute, _ event: PlainEvent) -> Int64? {
    func bounded(_ value: Int64?) -> Int64? { value.map { min($0, 1_000_000_000_000) * 1000 } }
    switch attribute {
    case .value: return event.isIncident && !event.hasSubject ? nil : bounded(event.value)
    case .affected: return event.isIncident ? bounded(event.affected) : nil
    case _ where event.isIncident: return nil
    case .touchpointWeight:
      return document.journeys.flatMap(\.touchpoints).first { $0.id == event.touchpoint }?.weight
    case .journeyWeight: return document.journeys.first { $0.id == journey(event) }?.weight
    default:
      guard let rating = event.rating, attribute.ratingKind == rating.kind else { return nil }
      return ReferenceNumbers.usualScale(rating)
    }
  }

  // MARK: Score

  private func contributions(_ event: PlainEvent) -> [(name: String, points: Int)] {
    let base = [(name: "base", points: Int(document.scoring.base))]
    let points = document.scoring.points.map { (name: $0.name, points: made(by: $0, event)) }
    return (base + points).filter { $0.points != 0 }
  }

  private func made(by points: PolicyDocument.Points, _ event: PlainEvent) -> Int {
    guard holds(points.when, event) else { return 0 }
    var made = 0
    if let add = points.add {
      made = Int(add)
    } else if let from = points.from, from.shape == .symbol {
      made = Int(points.words.first { $0.word == word(from, event) }?.points ?? 0)
    } else if let from = points.from, let number = number(from, event) {
      made =
        points.times.map { ReferenceNumbers.product(number, $0) }
        ?? ReferenceNumbers.onLine(points.line, at: number)
    }
    return max(-Int(points.cap), min(Int(points.cap), made))
  }

  private func priority(_ score: Int32) -> Priority {
    let cuts = document.scoring.cuts
    return score >= cuts.p1 ? .p1 : score >= cuts.p2 ? .p2 : score >= cuts.p3 ? .p3 : .p4
  }
}
