// Owns putting an example to the evaluator that decides in production: what it does not confirm is not said.
import Events

/// One for one proof.
final class Witnessing {
  private let evaluator: PolicyEvaluator
  private let decoder = EventDecoder()
  private var verdict = Verdict()
  private var policy: CompiledPolicy { evaluator.policy }

  /// What the evaluator answered about one example.
  struct Answer {
    /// `ownership.rules[2]`.
    var rule: String
    var owner: String
    /// The first witness rule that holds.
    var witnessRule: Int32?
    /// Whether the condition of an ownership rule holds, or of a witness rule, by its number. To be asked before
    /// the next example is.
    var matches: (Int32) -> Bool
    var matchesWitness: (Int32) -> Bool
  }

  init(_ document: PolicyDocument) {
    evaluator = PolicyEvaluator(CompiledPolicy(document))
  }

  /// The example without the fields that `holds` does not depend on; nil when it does not hold at all.
  func smallest(_ region: Region, _ universe: Universe, _ holds: (Answer) -> Bool) -> FindingExample? {
    guard var example = ExampleEvent(region, universe, policy.document),
      var answer = ask(example), holds(answer)
    else { return nil }
    for index in example.fields.indices.reversed() {
      var smaller = example
      smaller.fields.remove(at: index)
      guard let other = ask(smaller), holds(other) else { continue }
      example = smaller
      answer = other
    }
    return FindingExample(event: example.text, rule: answer.rule, owner: answer.owner)
  }

  /// Nil when the example is no event of its contract.
  private func ask(_ example: ExampleEvent) -> Answer? {
    guard let sketch = EventSketch(Array(example.text.utf8)) else { return nil }
    return sketch.bytes.withUnsafeBytes { bytes in
      guard let event = try? decoder.decode(sketch.kind, value: bytes) else { return nil }
      evaluator.decide(event, text: Self.text(of: event), into: &verdict)
      let facts = evaluator.facts
      return Answer(
        rule: verdict.rule.string, owner: verdict.owner.string, witnessRule: evaluator.witnessRule(),
        matches: { [policy] in policy.conditions.holds(policy.rules[$0].condition, facts) },
        matchesWitness: { [policy] in policy.conditions.holds(policy.witnessRules[$0].condition, facts) })
    }
  }

  private static func text(of event: Event) -> ByteSlice {
    switch event.body {
    case .feedback(let feedback): feedback.text
    case .incident(let incident): incident.text.isEmpty ? incident.title : incident.text
    case .caseUpdate, .remedy: ByteSlice()
    }
  }
}
