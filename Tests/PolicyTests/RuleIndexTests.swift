// Owns the guarantee that deciding looks at few rules, however many there are.
import Events
import Testing

@testable import Policy

@Suite struct RuleIndexTests {
  /// Rules of the shapes that large policies have: a table by site and touchpoint, services at places, labels
  /// and words of their own. `count` of them in all.
  private static func policy(rules count: Int) -> PolicyDocument {
    var document = RandomPolicy.sound
    let rows = count / 2
    let place = PolicyDocument.Position(file: "ownership.yaml", line: 1)
    func rule(_ when: Condition) -> PolicyDocument.Rule {
      .init(at: place, when: when, owner: "billing", worker: nil, rules: [], lookup: nil)
    }
    document.rules = (rows..<count).map { number in
      switch number % 5 {
      case 0: rule(Condition([.init(.service, values: ["service-\(number)"])]))
      case 1:
        rule(
          Condition([
            .init(.entity, values: ["entity-\(number)", "entity-\(number)-b"]),
            .init(.ratingNPS, ranges: [.init(from: 0, to: 6000)]),
          ]))
      case 2: rule(Condition([.init(.labels, values: ["label-\(number)"])]))
      case 3: rule(Condition([.init(.words, values: ["word\(number)"])]))
      default:
        rule(
          Condition(
            [.init(.channel, values: ["channel-\(number)"]), .init(.siteKind, values: ["hotel"])],
            except: [Condition([.init(.severity, values: ["low"])])]))
      }
    }
    document.rules.append(
      .init(
        at: place, when: Condition(), owner: "", worker: nil, rules: [],
        lookup: .init(
          file: "owners.csv", columns: [.touchpoint, .site],
          rows: (0..<rows).map {
            .init(
              line: $0 + 2, owner: "care", worker: nil, cells: ["touchpoint-\($0 % 50)", "site-\($0 / 50)"])
          })))
    return document
  }

  /// The rules that the event at hand has to be tested against.
  private static func candidates(_ evaluator: PolicyEvaluator) -> Int {
    let index = evaluator.policy.ruleIndex
    let facts = evaluator.facts
    var lists = (0..<Int32(index.groups.count)).map { index.probe(index.groups[$0], facts) }
    lists += facts.labels.filter { Int($0) < index.byLabel.count }.map { index.byLabel[$0] }
    lists += facts.languages.filter { Int($0) < index.byLanguage.count }.map { index.byLanguage[$0] }
    lists += facts.foundSets.filter { Int($0) < index.byWords.count }.map { index.byWords[$0] }
    return (lists + [index.others]).reduce(0) { $0 + Int($1.count) }
  }

  /// Most candidates of any of many events, and how many rules won.
  private static func most(rules count: Int) -> (candidates: Int, winners: Int) {
    let evaluator = PolicyEvaluator(CompiledPolicy(policy(rules: count)))
    var random = SeededGenerator(seed: 7)
    var most = 0
    var winners: Set<String> = []
    for _ in 0..<600 {
      func number() -> Int { .random(in: 0..<count, using: &random) }
      var event = PlainEvent()
      event.isIncident = random.once(in: 3)
      event.site = "site-\(number() / 100)"
      event.touchpoint = "touchpoint-\(number() % 50)"
      event.service = "service-\(number())"
      event.entity = "entity-\(number())"
      event.channel = "channel-\(number())"
      event.labels = ["label-\(number())", "label-\(number())"]
      event.text = "word\(number()) and word\(number())"
      event.rating = Rating(kind: .nps, value: 3000, scale: 10_000)
      winners.insert(evaluator.outcome(event).rule)
      most = max(most, candidates(evaluator))
    }
    return (most, winners.count)
  }

  @Test func tenThousandRulesAreNoMoreToTestThanTen() {
    let few = Self.most(rules: 10)
    let many = Self.most(rules: 10_000)
    #expect(few.candidates <= 10)
    #expect(many.candidates <= 8, "of each shape the one that the event names, two labels and two words")
    #expect(few.winners > 3 && many.winners > 100, "and rules do win")
  }

  /// A rule is written once for each combination of its values, up to a limit.
  @Test func aRuleWithVeryManyValuesIsStoredOnceForEachAndNotForEachCombination() {
    var document = RandomPolicy.sound
    let values = (0..<60).map { "value-\($0)" }
    let attributes: [Attribute] = [.site, .touchpoint, .channel, .entity]
    document.rules = [
      .init(
        at: .init(file: "ownership.yaml", line: 1),
        when: Condition(attributes.sorted { $0.order < $1.order }.map { .init($0, values: values) }),
        owner: "billing", worker: nil, rules: [], lookup: nil)
    ]
    let policy = CompiledPolicy(document)
    #expect(policy.ruleIndex.rules.count == 60)
    var event = PlainEvent()
    event.site = "value-3"
    event.touchpoint = "value-59"
    event.channel = "value-0"
    event.entity = "value-7"
    #expect(PolicyEvaluator(policy).outcome(event).owner == "billing")
    event.entity = "value-60"
    #expect(PolicyEvaluator(policy).outcome(event).owner == "care")
  }
}
