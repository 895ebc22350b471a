// Owns the guarantee that every class of mistake is said exactly: its place, its path, and its words.
import Foundation
import Testing

@testable import Policy

@Suite struct MistakeTests {
  @Test func theBaseThatMistakesAreMadeInIsSound() {
    let check = PolicyLoader.load(folder: MistakeCase.root.appendingPathComponent("base").path)
    #expect(check.findings.map(\.description) == [])
    #expect(check.document != nil)
  }

  @Test(arguments: MistakeCase.all)
  func everyMistakeIsSaidExactly(_ mistake: MistakeCase) throws {
    let expected = try mistake.expected
    let (lines, check) = try mistake.check()
    #expect(lines == expected, "\(Self.bothSides(expected, lines))")
    #expect(!expected.isEmpty, "a mistake is said")
    #expect(
      (check.document == nil) == !check.errors.isEmpty, "an error refuses the policy, a warning does not")
  }

  /// What no test file can provoke in reasonable time.
  @Test func aRuleThatIsTooHardToDecideIsSaidExactly() {
    let findings = Findings()
    let files = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { labels: leak, not: { labels: night } }, owner: technique }
            - { when: { labels: night, not: { labels: safety } }, owner: billing }
            - { when: { labels: safety, not: { labels: leak } }, owner: technique }
            - { when: { labels: [leak, night, safety] }, owner: care }
          unrouted: { owner: care }
        """
    ).files
    var draft = PolicyLoader.parse(files.map { SourceFile(name: $0.key, text: $0.value) }, findings)
    PolicyLoader.fillDefaults(&draft)
    let budget = Budget(question: 0, total: 1000)
    let proof = OwnershipProver(draft, findings, budget: budget).prove(allOverlaps: false)
    #expect(proof.undecided > 0)
    let said = findings.sorted.map(\.description)
    let expected =
      "ownership.yaml:6:7: warning: ownership.rules[3]: could not be decided within 0 steps: whether it can win "
      + "depends on too many rules at once; say its kind or its touchpoint, or write its exceptions as rules "
      + "before it"
    #expect(said.contains(expected), "\(said)")
  }

  /// The lines that differ: `-` stands in expected.txt only, `+` was said only.
  private static func bothSides(_ expected: [String], _ found: [String]) -> String {
    let difference = found.difference(from: expected)
    let lines = difference.map { change in
      switch change {
      case .remove(let line, let text, _): "- \(line + 1): \(text)"
      case .insert(let line, let text, _): "+ \(line + 1): \(text)"
      }
    }
    return "\n" + lines.joined(separator: "\n")
  }
}
