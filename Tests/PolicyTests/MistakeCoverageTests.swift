// Owns the guarantee that no sentence of a check is without a mistake that provokes it.
import Foundation
import Testing

@Suite struct MistakeCoverageTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Policy")

  /// Where no check speaks; a new folder speaks unless it is named here.
  private static let silent: Set<String> = [
    "Compilation", "Delegation", "Document", "Evaluation", "Explanation", "Record",
  ]

  /// Sources of other words: of notes, which say how things are, and of libyaml, whose problems are translated.
  private static let others: Set<String> = [
    "Gaps.swift", "Overlaps.swift", "DefaultLadder.swift", "LibYAMLProblem.swift",
  ]

  /// Sentences that no file can provoke.
  private static let unprovoked: Set<String> = [
    // libyaml could not allocate its first kilobytes.
    "cannot be read: out of memory",
    // The permissions of a folder do not hold for root, which tests may run as.
    "is a folder that cannot be read: check its permissions",
    // A disk that fails in the middle of a file.
    "could not be read to its end",
    // libyaml always says what it met.
    "cannot be read",
    // Only a policy that was made to be hard takes this long: asked with a small bound, in `MistakeTests`.
    "could not be decided within  steps: whether it can win depends on too many rules at once; say its kind or "
      + "its touchpoint, or write its exceptions as rules before it",
    // Said of two policies: held in `BudgetMoveTests`.
    "had  when it was published, and what it has paid is counted there: give the budget with  a new id, or publish "
      + "this one as it was",
    "amounts in ", "a pot for each ", "one pot",
  ]

  @Test func everySentenceThatACheckCanSayIsProvokedByAMistake() throws {
    let said = try MistakeCase.all.flatMap { try $0.expected }
    let sentences = try Self.sentences()
    #expect(sentences.count > 60, "the sources were read")
    for sentence in sentences where !Self.unprovoked.contains(sentence.joined()) {
      let isSaid = said.contains { Self.line($0, says: sentence) }
      #expect(isSaid, "no folder under Mistakes provokes: \(sentence.joined(separator: "…"))")
    }
  }

  /// Every literal that reads as words: at least two, and a few letters.
  private static func sentences() throws -> [[String]] {
    var sentences: [[String]] = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: sources.path)
    where !silent.contains(folder) {
      let files = FileManager.default.enumerator(
        at: sources.appendingPathComponent(folder), includingPropertiesForKeys: nil)
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift", !others.contains(file.lastPathComponent) else { continue }
        sentences += SwiftLiterals.of(try String(contentsOf: file, encoding: .utf8)).filter { fragments in
          fragments.contains { $0.contains(" ") } && fragments.joined().filter(\.isLetter).count >= 6
        }
      }
    }
    return sentences
  }

  /// Whether the fragments stand in the line, in their order.
  private static func line(_ line: String, says fragments: [String]) -> Bool {
    var rest = line[...]
    for fragment in fragments where !fragment.isEmpty {
      guard let range = rest.firstRange(of: fragment) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
