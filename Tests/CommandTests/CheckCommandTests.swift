// Owns the guarantees of `check`: its exit codes, how a finding reads, and that `explain` confirms every example.
import Console
import Foundation
import Testing

@testable import answerable

struct CheckCommandTests {
  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/policy").path

  private func run(_ words: [String]) -> (code: ExitCode, lines: [String]) {
    let terminal = Terminal(out: .memory(width: 200), err: .memory(width: 200))
    let code = Application(root: Program.root, environment: [:]).run(words, terminal)
    return (code, terminal.out.text.split(separator: "\n").map(String.init))
  }

  /// Hands a folder to `body` that holds the shipped policy with other rules, and removes it again.
  private func withPolicy(_ rules: String, _ body: (String) throws -> Void) throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "answerable-check-\(UUID().uuidString)").path
    try files.copyItem(atPath: Self.shipped, toPath: folder)
    defer { try? files.removeItem(atPath: folder) }
    try files.removeItem(atPath: "\(folder)/owners.csv")
    let text = "ownership:\n  rules:\n\(rules)\n  unrouted: { owner: customer-care }\n"
    try text.write(toFile: "\(folder)/ownership.yaml", atomically: true, encoding: .utf8)
    try body(folder)
  }

  private static let shadowed = """
        - { when: { touchpoint: invoice }, owner: billing }
        - { when: { touchpoint: [invoice], site: [lyon-1, lyon-2] }, owner: billing-lyon }
        - { when: { rating.nps: 0..6, site.kind: hotel }, owner: front-desk }
        - { when: { rating.nps: 5.., site.kind: hotel }, owner: housekeeping }
        - { when: { rating.nps: 4..8, site: geneva-1 }, owner: it-network }
    """

  @Test func theShippedPolicyIsSoundAndStrictlySo() throws {
    let ended = run(["check", "--strict", "--at", "2026-11-25", Self.shipped])
    #expect(ended.code == .success)
    #expect(ended.lines.last?.hasPrefix("✓ no errors, no warnings · ") == true)
    #expect(ended.lines.last?.hasSuffix(" teams: every event has one owner") == true)
  }

  @Test func aRuleThatCanNeverWinIsAnErrorWithAnExampleBelowIt() throws {
    try withPolicy(Self.shadowed) { folder in
      let ended = run(["check", folder])
      #expect(ended.code.rawValue == 2)
      #expect(
        ended.lines == [
          "\(folder)/ownership.yaml:4:7: ownership.rules[1]: can never win: rules[0] (line 3) takes everything it matches",
          #"    for example {"kind":"feedback","touchpoint":"invoice","site":"lyon-1"}"#,
          "\(folder)/ownership.yaml:7:7: ownership.rules[4]: can never win: rules[2] (line 5) and rules[3] (line 6) together take everything it matches",
          #"    for example {"kind":"feedback","site":"geneva-1","rating":{"kind":"nps","value":4}} goes to ownership.rules[2]"#,
          #"    for example {"kind":"feedback","site":"geneva-1","rating":{"kind":"nps","value":7}} goes to ownership.rules[3]"#,
          "✗ 2 errors, no warnings · 5 rules, 16 teams: every event has one owner, except where said above",
        ])
    }
  }

  private struct Checked: Decodable {
    struct Finding: Decodable {
      struct Example: Decodable {
        var event: String
        var rule: String
        var owner: String
      }
      var level: String
      var examples: [Example]
    }
    var findings: [Finding]
    var notes: [Finding]
  }

  private struct Explained: Decodable {
    struct Explanation: Decodable {
      struct Rule: Decodable { var path: String }
      var chain: [Rule]
    }
    var owner: String
    var explanation: Explanation
  }

  @Test func explainConfirmsEveryExample() throws {
    try withPolicy(Self.shadowed) { folder in
      for (path, level) in [(folder, "error"), (Self.shipped, "note")] {
        let ended = run(["check", "--json", "--verbose", path])
        let checked = try JSONDecoder().decode(Checked.self, from: Data(ended.lines[0].utf8))
        let all = checked.findings + checked.notes
        #expect(!all.isEmpty && all.allSatisfy { $0.level == level && !$0.examples.isEmpty })
        for example in all.flatMap(\.examples) {
          let explained = run(["explain", "--json", "--policy", path, example.event])
          let read = try JSONDecoder().decode(Explained.self, from: Data(explained.lines[0].utf8))
          #expect(read.owner == example.owner, "\(example.event)")
          #expect(read.explanation.chain.last?.path == example.rule, "\(example.event)")
        }
      }
    }
  }

  @Test func warningsRefuseOnlyWhenStrict() throws {
    let rules = """
          - when: { kind: incident }
            owner: building-technique
            rules:
              - { when: { severity: [low, medium] }, owner: front-desk }
              - { when: { severity: [high, critical] }, owner: security }
      """
    try withPolicy(rules) { folder in
      #expect(run(["check", folder]).code.rawValue == 0)
      #expect(run(["check", "--strict", folder]).code.rawValue == 1)
      #expect(
        run(["check", folder]).lines.contains { $0.contains("warning: ownership.rules[0]: never decides") })
    }
  }

  @Test func aPolicyThatCannotBeReadIsNotCalledProven() throws {
    try withPolicy("    - { when: { touchpont: invoice }, owner: billing }") { folder in
      let ended = run(["check", folder])
      #expect(ended.code.rawValue == 2)
      #expect(ended.lines.last?.contains("nothing is proven") == true)
    }
  }
}
