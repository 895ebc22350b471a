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
