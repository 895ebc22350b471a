// Owns a small world in which a proof can be checked by trying everything: random policies, and every event that
// they can tell apart.
import Events

@testable import Policy

/// The same seed draws the same world.
struct ProofWorld: RandomNumberGenerator {
  private var random: SeededGenerator
  /// What this world's rules ask about; events are alike in everything else.
  let topics: Set<Topic>

  enum Topic: CaseIterable {
    case touchpoint, journey, site, respondent, service, severity, labels, words, rating, language, value
  }

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    topics = Set(Topic.allCases.shuffled(using: &random).prefix(Int.random(in: 2...3, using: &random)))
  }

  mutating func next() -> UInt64 { random.next() }

  // MARK: Policies

  private static let base = """
    sites:
      lyon-1: { kind: hotel, country: FR }
      lyon-2: { kind: hotel, country: FR }
      geneva-1: { kind: office, country: CH }
      paris-hq: { kind: office, country: FR }
    """
  private static let journeys = """
    journeys:
      stay: { touchpoints: { room: {}, invoice: {} } }
      work: { touchpoints: { desk: {} } }
    """

  /// A policy whose rules are drawn; every rule has a team of its own kind among three.
  mutating func document() throws -> PolicyDocument {
    let check = Sample(["sites.yaml": Self.base, "journeys.yaml": Self.journeys]).check
    guard var document = check.document else { throw check.errors[0] }
    document.rules = rules(Int.random(in: 2...8, using: &self), depth: 0)
    return document
  }

  private mutating func rules(_ count: Int, depth: Int) -> [PolicyDocument.Rule] {
    (0..<count).map { _ in
      let owner = ["front-desk", "technique", "billing"].randomElement(using: &self) ?? "care"
      var rule = PolicyDocument.Rule(
        at: .init(file: "ownership.yaml", line: 1), when: condition(), owner: owner, worker: nil, rules: [],
        lookup: nil)
      let columns = Attribute.columns.filter { asked.contains($0) }
      if chance(1, of: 6), !columns.isEmpty {
        rule.owner = ""
        rule.when = chance(1, of: 2) ? Condition() : rule.when
        rule.lookup = table(Array(columns.shuffled(using: &self).prefix(2)), owner)
      } else if depth < 2, chance(1, of: 3) {
        rule.rules = rules(Int.random(in: 1...3, using: &self), depth: depth + 1)
      }
      return rule
    }
  }

  private mutating func table(_ columns: [Attribute], _ owner: String) -> PolicyDocument.Lookup {
    let columns = columns.sorted { $0.order < $1.order }
    let rows = (0..<Int.random(in: 1...5, using: &self)).map { number in
      PolicyDocument.Row(
        line: number + 2, owner: owner, worker: nil,
        cells: columns.map { column in
          chance(1, of: 4) ? nil : Self.words[column]?.randomElement(using: &self)
        })
    }
    return PolicyDocument.Lookup(file: "owners.csv", columns: columns, rows: rows)
  }

  mutating func condition(depth: Int = 0) -> Condition {
    if depth == 0, chance(1, of: 12) { return Condition() }
    var clauses: [Condition.Clause] = []
    let attributes = asked.shuffled(using: &self).prefix(Int.random(in: 1...2, using: &self))
    for attribute in attributes { clauses.append(clause(attribute)) }
    clauses.sort { $0.attribute.order < $1.attribute.order }
    var exceptions: [Condition] = []
    if depth < 2, chance(1, of: 4) {
      for _ in 0..<Int.random(in: 1...2, using: &self) { exceptions.append(condition(depth: depth + 1)) }
      if chance(1, of: 2) { clauses.removeAll() }
    }
    return Condition(clauses, except: exceptions)
  }

  private mutating func clause(_ attribute: Attribute) -> Condition.Clause {
    if let ranges = Self.ranges[attribute] {
      let chosen = ranges.shuffled(using: &self).prefix(Int.random(in: 1...2, using: &self))
      return Condition.Clause(
        attribute, ranges: chosen.map { Condition.Range(from: $0.lowerBound, to: $0.upperBound) })
    }
    let words = Self.words[attribute] ?? []
    let count = Int.random(in: 1...max(1, words.count - 1), using: &self)
    return Condition.Clause(attribute, values: words.shuffled(using: &self).prefix(count).sorted())
  }

  private mutating func chance(_ some: Int, of all: Int) -> Bool {
    Int.random(in: 0..<all, using: &self) < some
  }

  private var asked: [Attribute] {
    var attributes: [Attribute] = [.kind]
    for topic in Topic.allCases where topics.contains(topic) { attributes += Self.attributes(topic) }
    return attributes
  }

  private static func attributes(_ topic: Topic) -> [Attribute] {
    switch topic {
    case .touchpoint: [.touchpoint]
    case .journey: [.journey]
    case .site: [.site, .siteKind, .siteCountry]
    case .respondent: [.respondent]
    case .service: [.service]
    case .severity: [.severity]
    case .labels: [.labels]
    case .words: [.words]
    case .rating: [.ratingNPS, .ratingCSAT]
    case .language: [.language]
    case .value: [.value]
    }
  }

  private static let words: [Attribute: [String]] = [
    .kind: ["feedback", "incident"], .touchpoint: ["room", "invoice", "desk"], .journey: ["stay", "work"],
    .site: ["lyon-1", "lyon-2", "geneva-1"], .siteKind: ["hotel", "office"], .siteCountry: ["FR", "CH"],
    .respondent: ["customer", "employee", "partner"], .service: ["lift", "wifi"],
    .severity: ["low", "medium", "high", "critical"], .labels: ["leak", "night", "safety"],
    .words: ["leak*", "leaking", "heating", "no heating", "heat*"], .language: ["fr", "fr-CH", "en"],
  ]

  private static let ranges: [Attribute: [ClosedRange<Int64>]] = [
    .ratingNPS: [0...6000, 7000...8000, 9000...10_000, 3000...3000, 0...10_000],
    .ratingCSAT: [1000...2000, 3000...3000, 4000...5000, 0...Thousandths.largest],
    .value: [0...100_000, 50_000...Thousandths.largest, 200_000...300_000, 100_500...100_900],
  ]
}
