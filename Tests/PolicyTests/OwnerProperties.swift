// Owns the guarantee about owners that everything else rests on: whatever a policy says about its teams, an event
// has exactly one owner, and somebody is accountable for it.
import Events
import Testing

@testable import Policy

@Suite struct OwnerProperties {
  /// A policy whose teams, owners and workers are put together at random, sound or not.
  private static func policy(_ seed: UInt64) -> Sample {
    var random = SeededGenerator(seed: seed)
    let names = ["a", "b", "c", "d", "e"]
    let unwired = names + ["nobody"]
    let teams = names.map { name in
      let isOurs = name < "c" ? !random.once(in: 20) : random.once(in: 2)
      return switch isOurs ? Int.random(in: 3..<20, using: &random) : 0 {
      case 0:
        "  \(name): { subcontractor-of: \(random.pick(random.once(in: 6) ? unwired : ["a", "b", "c"])) }"
      case 3: "  \(name): { accountable: lead, subcontractor-of: a }"
      case 4: "  \(name): { name: Nobody leads }"
      default: "  \(name): { accountable: lead-of-\(name) }"
      }
    }
    func decider() -> String {
      let worker = random.once(in: 8) ? ", worker: \(random.pick(["c", "d", "e"]))" : ""
      return "owner: \(random.pick(random.once(in: 20) ? unwired : ["a", "b"]))\(worker)"
    }
    let ownership = """
      ownership:
        rules:
          - { when: { touchpoint: room }, \(decider()) }
          - when: { kind: incident }
            owner: \(random.pick(["a", "b"]))
            rules:
              - { when: { service: lift }, worker: \(random.pick(["c", "d", "e"])) }
              - { when: { site: lyon-1 }, \(decider()) }
          - lookup: owners.csv
        unrouted: { \(decider()) }
      """
    return Sample(
      ownership: ownership,
      [
        "teams.yaml": "teams:\n" + teams.joined(separator: "\n"),
        "sites.yaml": "sites: { lyon-1: {}, lyon-2: {}, geneva-1: {} }",
        "owners.csv":
          "site,owner\nlyon-1,\(random.pick(["a", "b", "c"]))\ngeneva-1,\(random.pick(["a", "b"]))\n",
      ])
  }

  @Test func noPolicyThatIsAcceptedLeavesAnEventWithoutAnAccountableOwner() {
    var accepted = 0
    let seeds = UInt64(1)...3000
    for seed in seeds {
      guard let document = Self.policy(seed).check.document else { continue }
      accepted += 1
      let teams = Dictionary(uniqueKeysWithValues: document.teams.map { ($0.id, $0) })
      let evaluator = PolicyEvaluator(CompiledPolicy(document))
      var random = SeededGenerator(seed: seed)
      for _ in 0..<20 {
        let outcome = evaluator.outcome(RandomEvent.make(&random))
        let owner = teams[outcome.owner]
        #expect(owner?.accountable != nil && owner?.subcontractorOf == nil, "seed \(seed)")
        guard !outcome.worker.isEmpty else { continue }
        var chain = [outcome.worker]
        while let next = teams[chain[chain.count - 1]]?.subcontractorOf, chain.count < 9 {
          chain.append(next)
        }
        #expect(chain.count > 1 && chain.contains(outcome.owner), "works for the owner, seed \(seed)")
      }
    }
    #expect((100..<2900).contains(accepted), "some are accepted and some are not: \(accepted)")
  }
}
