// Owns random policies: sound documents with every kind of rule, condition and contribution.
import Events
import Privacy

@testable import Policy

struct RandomPolicy {
  private var random: SeededGenerator
  private var lines = 0

  static func make(seed: UInt64) -> PolicyDocument {
    var policy = RandomPolicy(random: SeededGenerator(seed: seed))
    var document = policy.document()
    // From numbers of its own, so that rules do not change with what casework comes to know.
    var casework = RandomCasework(seed: seed)
    casework.fill(&document)
    return document
  }

  private mutating func position(_ file: String = "ownership.yaml") -> PolicyDocument.Position {
    lines += 1
    return .init(file: file, line: lines)
  }

  private mutating func document() -> PolicyDocument {
    var document = Self.sound
    document.rules = rules(depth: 0, owner: nil, worker: nil)
    document.unrouted = .init(at: position(), owner: "care", worker: nil)
    document.witness = .init(
      bySite: !random.once(in: 3),
      rules: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        .init(at: position(), when: condition(), team: random.pick(Vocabulary.owners))
      })
    document.scoring.base = random.pick([0, 20, 35])
    document.scoring.points = (0..<Int.random(in: 0...9, using: &random)).map { points($0) }
    return document
  }

  /// Teams, sites and journeys, and nothing that decides yet.
  static let sound = PolicyDocument(
    teams: Vocabulary.owners.map {
      .init(
        id: $0, name: $0, accountable: "\($0)-lead", subcontractorOf: nil, calendar: "always", onCall: nil)
    }
      + Vocabulary.workers.map {
        .init(
          id: $0, name: $0, accountable: nil, subcontractorOf: "technique", calendar: "always", onCall: nil)
      },
    sites: [
      .init(
        id: "lyon-1", name: "Lyon", kind: "hotel", country: "FR", zone: "Europe/Paris", witness: "front-desk"),
      .init(id: "lyon-2", name: "Lyon", kind: "office", country: nil, zone: "Europe/Paris", witness: nil),
      .init(
        id: "geneva-1", name: "Geneva", kind: "hotel", country: "CH", zone: "Europe/Zurich", witness: "care"),
    ],
    journeys: [
      .init(
        id: "stay", name: "Stay", weight: 2000,
        touchpoints: [
          .init(id: "room", name: "Room", weight: 3000), .init(id: "invoice", name: "Invoice", weight: 1500),
          .init(id: "breakfast", name: "Breakfast", weight: 1000),
        ]),
      .init(
        id: "work", name: "Work", weight: 0, touchpoints: [.init(id: "desk", name: "Desk", weight: 0)]),
    ],
    rules: [], unrouted: .init(at: .init(file: "ownership.yaml", line: 1), owner: "care", worker: nil),
    witness: .init(bySite: true, rules: []),
    scoring: .init(base: 20, points: [], cuts: .init(p1: 75, p2: 50, p3: 30)), redaction: RedactionRules())

  // MARK: Rules

  private mutating func rules(depth: Int, owner: String?, worker: String?) -> [PolicyDocument.Rule] {
    (0..<Int.random(in: 0...(depth == 0 ? 9 : 3), using: &random)).map { _ in
      random.once(in: 5) ? lookup() : rule(depth: depth, owner: owner, worker: worker)
    }
  }

  private mutating func rule(depth: Int, owner: String?, worker: String?) -> PolicyDocument.Rule {
    var rule = PolicyDocument.Rule(
      at: position(), when: condition(), owner: owner ?? "", worker: worker, rules: [], lookup: nil)
    if rule.owner.isEmpty || random.once(in: 2) {
      rule.owner = random.pick(Vocabulary.owners)
      rule.worker = rule.owner == "technique" && random.once(in: 2) ? random.pick(Vocabulary.workers) : nil
    }
    if depth < 3, random.once(in: 2) {
      rule.rules = rules(depth: depth + 1, owner: rule.owner, worker: rule.worker)
    }
    return rule
  }

  private mutating func lookup() -> PolicyDocument.Rule {
    let columns = random.some(Attribute.columns, most: 3)
    let rows = (1...Int.random(in: 1...6, using: &random)).map { number in
      PolicyDocument.Row(
        line: number + 1, owner: random.pick(Vocabulary.owners), worker: nil,
        cells: columns.map { random.once(in: 3) ? nil : random.pick(Vocabulary.values($0)) })
    }
    return .init(
      at: position(), when: random.once(in: 2) ? condition() : Condition(), owner: "", worker: nil, rules: [],
      lookup: .init(file: "owners.csv", columns: columns, rows: rows))
  }

  // MARK: Conditions

  private mutating func condition(depth: Int = 0) -> Condition {
    if depth == 0, random.once(in: 12) { return Condition() }
    // Often asked together, so that deep rules match too.
    let likely: [Attribute] = [.kind, .site, .touchpoint, .labels, .words, .language, .ratingNPS]
    let attributes = Set(
      random.once(in: 2) ? random.some(likely, most: 2) : random.some(Attribute.conditions, most: 3))
    let clauses = attributes.sorted { $0.order < $1.order }.map { clause($0) }
    let exceptions = depth < 2 && random.once(in: 5) ? [condition(depth: depth + 1)] : []
    return Condition(clauses, except: exceptions)
  }

  private mutating func clause(_ attribute: Attribute) -> Condition.Clause {
    guard attribute.shape == .number else {
      return .init(attribute, values: random.some(Vocabulary.values(attribute), most: 3).sorted())
    }
    let ranges = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      let from = Int64.random(in: 0...8, using: &random) * 1000
      return Condition.Range(
        from: from, to: random.once(in: 3) ? Thousandths.largest : from + random.pick([0, 2000, 4500]))
    }
    return .init(attribute, ranges: ranges)
  }

  // MARK: Scoring

  private mutating func points(_ number: Int) -> PolicyDocument.Points {
    let place = position("scoring.yaml")
    func make(
      when: Condition, add: Int32? = nil, from: Attribute? = nil, line: [PolicyDocument.LinePoint] = [],
      words: [PolicyDocument.WordPoint] = [], times: Int64? = nil, cap: Int32
    ) -> PolicyDocument.Points {
      .init(
        at: place, name: "points \(number)", when: when, add: add, from: from, line: line, words: words,
        times: times, cap: cap)
    }
    let cap: Int32 = random.pick([100, 100, 15, 1])
    let when = random.once(in: 2) ? condition() : Condition()
    let numbers = Attribute.allCases.filter { $0.shape == .number }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return make(when: condition(depth: 1), add: .random(in: -60...60, using: &random), cap: cap)
    case 1:
      let source = random.pick(numbers)
      return make(when: when, from: source, line: line(within: source.bounds), cap: cap)
    case 2:
      let times = Int64.random(in: -100_000...100_000, using: &random)
      return make(when: when, from: random.pick(numbers), times: times, cap: cap)
    default:
      let source = random.pick(Attribute.sources.filter { $0.shape == .symbol })
      let words = random.some(Vocabulary.values(source), most: 3).sorted().map {
        PolicyDocument.WordPoint(word: $0, points: .random(in: -60...60, using: &random))
      }
      return make(when: when, from: source, words: words, cap: cap)
    }
  }

  private mutating func line(within bounds: ClosedRange<Int64>?) -> [PolicyDocument.LinePoint] {
    let count = Int.random(in: 2...4, using: &random)
    var xs: Set<Int64> = []
    let range = (bounds ?? 0...12_000).clamped(to: 0...12_000)
    while xs.count < count { xs.insert(.random(in: range, using: &random)) }
    return xs.sorted().map { .init(x: $0, points: .random(in: -100...100, using: &random)) }
  }
}
