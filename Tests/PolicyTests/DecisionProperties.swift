// Owns the laws of deciding, tried on seeded random policies and events: the evaluator means what the rules say,
// scores are the sums of their parts, and a policy that has travelled decides as before.
import Events
import Testing

@testable import Policy

@Suite struct DecisionProperties {
  private static let seeds = Array(UInt64(1)...60)
  private static let eventsEach = 80

  /// Calls `body` for random events, with what the evaluator says.
  private static func forEachEvent(
    _ seed: UInt64, _ evaluator: PolicyEvaluator, _ body: (PlainEvent, Outcome) throws -> Void
  ) rethrows {
    var random = SeededGenerator(seed: seed &* 1_000_003)
    for _ in 0..<eventsEach {
      let event = RandomEvent.make(&random)
      try body(event, evaluator.outcome(event))
    }
  }

  @Test(arguments: seeds)
  func theEvaluatorDecidesAsTheRulesRead(_ seed: UInt64) {
    let document = RandomPolicy.make(seed: seed)
    let reference = ReferencePolicy(document: document)
    Self.forEachEvent(seed, PolicyEvaluator(CompiledPolicy(document))) { event, outcome in
      var said = outcome
      said.contributions = outcome.contributions.map { Self.withoutReason($0) }
      #expect(said == reference.outcome(event), "\(event)")
    }
  }

  /// `points 3 12 (rating.nps 0)` without the reason.
  private static func withoutReason(_ contribution: String) -> String {
    contribution.split(separator: " (", maxSplits: 1).first.map(String.init) ?? ""
  }

  @Test(arguments: seeds)
  func aScoreIsTheSumOfItsContributionsWithinItsBounds(_ seed: UInt64) {
    let evaluator = PolicyEvaluator(CompiledPolicy(RandomPolicy.make(seed: seed)))
    let texts = Texts()
    var random = SeededGenerator(seed: seed)
    var verdict = Verdict()
    for _ in 0..<Self.eventsEach {
      let event = RandomEvent.make(&random)
      evaluator.decide(event.event(texts), text: texts.slice(event.text), into: &verdict)
      let sum = verdict.contributions.reduce(0) { $0 + Int($1.points) }
      #expect(Int(verdict.score) == max(0, min(100, sum)))
      #expect(verdict.contributions.allSatisfy { $0.points != 0 && !$0.name.isEmpty && !$0.because.isEmpty })
    }
  }

  @Test(arguments: seeds)
  func aPolicyThatTravelledAsARecordDecidesAsBefore(_ seed: UInt64) throws {
    let document = RandomPolicy.make(seed: seed)
    let record = PolicyRecord(document, files: [], publishedAt: 1, by: "somebody", note: "")
    let read = try PolicyRecord.decode(try record.encode())
    #expect(read == record)
    let here = PolicyEvaluator(CompiledPolicy(document))
    Self.forEachEvent(seed, PolicyEvaluator(read.compiled())) { event, outcome in
      #expect(outcome == here.outcome(event))
    }
  }

  /// Random rules are often refused, because one of them can never win; the others say what they mean.
  @Test func aPolicyReadFromItsFilesDecidesAsItWasMeant() {
    var read = 0
    for seed in UInt64(1)...400 {
      let document = RandomPolicy.make(seed: seed)
      let check = PolicyLoader.check(files: PolicyText.files(document))
      let unexpected = check.errors.filter {
        !$0.message.hasPrefix("can never ") && !$0.message.hasPrefix("is 0 ")
      }
      #expect(unexpected.map(\.description) == [], "seed \(seed)")
      guard let loaded = check.document else { continue }
      read += 1
      #expect(loaded.ladders == document.ladders, "seed \(seed)")
      #expect(loaded.cases == document.cases, "seed \(seed)")
      let meant = PolicyEvaluator(CompiledPolicy(document))
      Self.forEachEvent(seed, PolicyEvaluator(CompiledPolicy(loaded))) { event, outcome in
        #expect(outcome == meant.outcome(event), "seed \(seed): \(event)")
      }
    }
    #expect(read > 30, "\(read)")
  }

  /// Without these the laws above would hold of nothing.
  @Test func randomPoliciesExerciseEveryWayToDecide() {
    var seen: Set<String> = []
    for seed in Self.seeds {
      Self.forEachEvent(seed, PolicyEvaluator(CompiledPolicy(RandomPolicy.make(seed: seed)))) { _, outcome in
        if outcome.rule == "ownership.unrouted" { seen.insert("unrouted") }
        if outcome.rule.contains("lookup") { seen.insert("table") }
        if outcome.rule.contains("].rules[") { seen.insert("inner") }
        if outcome.rule.contains("].rules[0].rules[") { seen.insert("innermost") }
        if !outcome.worker.isEmpty { seen.insert("worker") }
        if !outcome.witness.isEmpty { seen.insert("witness") }
        if outcome.alsoMatched.count == 8 { seen.insert("many matches") }
        if outcome.score == 0 || outcome.score == 100 { seen.insert("bound of the score") }
        seen.insert("\(outcome.priority)")
      }
    }
    #expect(
      seen == [
        "unrouted", "table", "inner", "innermost", "worker", "witness", "many matches", "bound of the score",
        "p1", "p2", "p3", "p4",
      ])
  }
}
